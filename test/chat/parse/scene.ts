import type { Scene } from '../../../src/chat/intent.ts';
import { vocabularyOf } from '../../../src/chat/vocabulary.ts';
import { samplePlan } from '../../../src/ledger/plan/load.ts';

export const vocabulary = vocabularyOf(samplePlan(), ['督办']);

/** A Monday. */
export const today = '2026-04-13';

export const sceneOf = (by: string, more: Partial<Scene> = {}): Scene => ({
  by,
  today,
  chat: 'single',
  noticeOpen: false,
  ...more,
});

/** A section stands for its chief. */
export function chiefOf(by: string): string {
  const section = vocabulary.sections.find(({ name }) => name === by)?.code;
  const chief = vocabulary.people.find(
    (person) => person.section === section && person.roles.includes('chief'),
  );
  return chief?.name ?? by;
}
