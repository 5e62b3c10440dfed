import { describe, expect, test } from 'vitest';
import type { Scene } from '../../src/chat/intent.ts';
import { understand } from '../../src/chat/parse.ts';
import { vocabularyOf } from '../../src/chat/vocabulary.ts';
import { commands } from '../../src/commands/index.ts';
import { samplePlan } from '../../src/ledger/plan.ts';

const vocabulary = vocabularyOf(samplePlan(), ['督办']);
const examples = commands.flatMap(({ act, examples }) => examples.map((text) => ({ act, text })));

describe('an example of a command', () => {
  test.each(examples)('is understood as what it is an example of: $act «$text»', ({ act, text }) => {
    const speakers = ['安全管理科科长', '机关党委专职副书记', '发展规划科科长', '整改办主任', '党组书记'];
    const understood = speakers.map((by) => {
      const scene: Scene = { by, today: '2026-04-13', chat: 'single', noticeOpen: true };
      return understand(text, scene, vocabulary).map((each) => ('ask' in each ? each.ask : each.act));
    });
    expect(understood.some((acts) => acts.includes(act))).toBe(true);
  });
});
