import { describe, expect, test } from 'vitest';
import type { Scene } from '../../src/chat/intent.ts';
import { understand } from '../../src/chat/parse.ts';
import { vocabularyOf } from '../../src/chat/vocabulary.ts';
import { filled, ownOf } from '../../src/commands/command/own.ts';
import { commands } from '../../src/commands/index.ts';
import { samplePlan } from '../../src/ledger/plan/load.ts';
import { planOverTheTurn } from '../setup/ownPlan.ts';

const examples = Object.values(commands).flatMap(({ act, examples }) =>
  examples.map((text) => ({ act, text })),
);
const today = '2026-09-14';
const speakers = ['安全管理科科长', '机关党委专职副书记', '发展规划科科长', '整改办主任', '党组书记'];

describe.each([
  ["the sample's plan", samplePlan()],
  ["another bureau's plan", planOverTheTurn()],
])('an example of a command in %s', (_, plan) => {
  const vocabulary = vocabularyOf(plan, ['督办']);
  const toldTo = (by: string, text: string) =>
    filled(text, ownOf({ vocabulary, person: { name: by }, today }));

  test.each(examples)('is understood as what it is an example of: $act «$text»', ({ act, text }) => {
    const understood = speakers.map((by) => {
      const scene: Scene = { by, today, chat: 'single', noticeOpen: true };
      const told = toldTo(by, text) ?? '';
      return understand(told, scene, vocabulary).map((each) => ('ask' in each ? each.ask : each.act));
    });
    expect(understood.some((acts) => acts.includes(act))).toBe(true);
  });

  test('names a task, a figure and people of that plan, of which the asker may report on the task', () => {
    for (const by of speakers.slice(0, 3)) {
      const own = ownOf({ vocabulary, person: { name: by }, today });
      const task = plan.tasks.find(({ code }) => code === own.task);
      const { section } = plan.people.find(({ name }) => name === by) ?? {};
      expect([task?.section, ...(task?.co_sections ?? [])], by).toContain(section);
      expect(['open', 'system'], by).toContain(task?.secrecy);
      expect(plan.people.map(({ name }) => name)).toContain(own.person);
      expect(own.later).toBe('10月31日');
    }
  });
});

test('an example that the plan has nothing for is left out', () => {
  const own = ownOf({
    vocabulary: { botNames: [], sections: [], people: [], tasks: [] },
    person: { name: '' },
    today,
  });
  expect(filled('{share}', own)).toBeNull();
  expect(filled('{task} {count}+1', own)).toBe('任务编号 指标+1');
});
