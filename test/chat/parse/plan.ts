import { describe, expect, test } from 'vitest';
import type { Scene, Understood } from '../../../src/chat/intent.ts';
import { understand } from '../../../src/chat/parse.ts';
import { sceneOf, vocabulary } from './scene.ts';

/** What was understood, in one line: `4.3.2/2 +1` adds, `=` sets, `17/20` is part of whole, `?amount` asks. */
export const shortly = (understood: readonly Understood[]): string => understood.map(one).join('; ');

function one(each: Understood): string {
  if ('ask' in each) return `?${each.ask}`;
  if (each.act === 'silent') return 'silent';
  const { act, task, indicator, op, value, part, percent, person, date, result, period } = each;
  const amount = part === undefined ? `${value ?? ''}` : `${part}/${value ?? ''}`;
  const sign = act === 'correct' ? '→' : op === 'add' ? '+' : '=';
  if (act === 'progress' || act === 'correct') {
    return [
      indicator ?? task,
      `${sign}${amount}${period !== undefined && amount === '' ? period : ''}`,
      person,
    ]
      .filter(Boolean)
      .join(' ');
  }
  const percentage = percent === undefined ? undefined : `${percent}%`;
  return [act, indicator ?? task, percentage, date, result].filter(Boolean).join(' ');
}

export const hear = (by: string, text: string, more: Partial<Scene> = {}): string =>
  shortly(understand(text, sceneOf(by, more), vocabulary));

/** A table of what somebody says and what is understood by it. */
export function replies(by: string, table: Record<string, string>, more: Partial<Scene> = {}): void {
  describe(by, () => {
    test.each(Object.entries(table))('%j is understood as %s', (text, meaning) => {
      expect(hear(by, text, more)).toBe(meaning);
    });
  });
}
