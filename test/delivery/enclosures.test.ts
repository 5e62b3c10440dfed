import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Enclosed } from '../../src/chat/reply.ts';
import { keep } from '../../src/ledger/papers.ts';
import { plansOf } from '../../src/ledger/plan.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { doors } from '../setup/stores.ts';
import { pass, rowsOf, type To, write } from './letters.ts';

const everyWay: [string, To][] = [
  ["WeCom's group robot", { group: 'leaders' }],
  ["WeCom's app", { wecom: 'sec_dangwei' }],
  ["DingTalk's group", { group: 'system' }],
  ['DingTalk one to one', { dingtalk: 'dt-anquan' }],
];

describe.each(doors)('a picture or a file on its way (by $door, $kind)', ({ door, open }) => {
  let living: LivingHouse;
  const bytes = randomBytes(40_000);

  async function kept(kind: Enclosed['kind'], name: string): Promise<Enclosed> {
    const { store, clock } = living;
    const [plan] = await plansOf(store.db);
    const type = kind === 'picture' ? 'image/png' : 'application/octet-stream';
    const paper = await keep(store.db, {
      ...{ planId: plan?.id ?? 0, kind: 'test', name, type, level: 'system', bytes },
      madeAt: clock.now(),
    });
    return { kind, paper, name, level: 'system' };
  }

  const shown = () => [...living.wecom.lines(), ...living.dingtalk.lines()].filter((line) => line.enclosed);

  beforeEach(async () => {
    living = await openLivingHouse(await open(), '2026-04-02', '10:00', { door });
  });
  afterEach(() => living.close());

  test.each(everyWay)('comes whole and by its name through %s', async (_, to) => {
    const picture = await kept('picture', '季通报.png');
    const file = await kept('file', '关于2026年一季度整改进展的通报(代拟稿).docx');
    await write(living, to, '图', { reply: { lines: [], enclosed: [picture] } });
    await write(living, to, '文', { reply: { lines: [], enclosed: [file] } });
    await pass(living, 1);
    await pass(living, 1);
    expect((await rowsOf(living)).map(({ state, why }) => [state, why])).toEqual([
      ['sent', null],
      ['sent', null],
    ]);
    const [first, second] = shown();
    expect(first?.enclosed?.bytes.equals(bytes)).toBe(true);
    expect(second?.enclosed?.bytes.equals(bytes)).toBe(true);
    expect(second?.enclosed?.name).toBe(file.name);
  });

  test('goes again after an upload that failed, and is shown once', async () => {
    const file = await kept('file', '台账.xlsx');
    await living.dingtalk.fail('status 500', { path: '/media/upload', times: 1 });
    await write(living, { dingtalk: 'dt-anquan' }, '文', { reply: { lines: [], enclosed: [file] } });
    await pass(living, 1);
    expect(shown()).toEqual([]);
    await pass(living, 2);
    expect(shown()).toHaveLength(1);
  });

  test.each(everyWay.slice(0, 2))(
    'that may have arrived through %s goes once more, by a name that says so',
    async (_, to) => {
      // What the morning has for the same chats goes first.
      await pass(living, 1);
      await living.wecom.fail('reset after accepting', { times: 1 });
      const file = await kept('file', '台账.xlsx');
      await write(living, to, file.name, { reply: { lines: [], enclosed: [file] } });
      await pass(living, 1);
      await pass(living, 13);
      await pass(living, 13);
      expect(shown().map(({ enclosed }) => enclosed?.name)).toEqual(['台账.xlsx', '〔补发〕台账.xlsx']);
    },
  );

  test('never joins words, nor another one, in one post', async () => {
    // What the morning has for the same person goes first.
    await pass(living, 1);
    const file = await kept('file', '台账.xlsx');
    await write(living, { wecom: 'sec_dangwei' }, '甲');
    await write(living, { wecom: 'sec_dangwei' }, '文', { reply: { lines: [], enclosed: [file] } });
    await write(living, { wecom: 'sec_dangwei' }, '乙');
    await pass(living, 1);
    await pass(living, 1);
    const texts = living.wecom.sent
      .filter(({ shown: seen }) => seen)
      .map(({ text }) => text.split('\n')[0]?.trim());
    expect(texts.slice(-3)).toEqual(['甲', '[文件]台账.xlsx', '乙']);
  });
});
