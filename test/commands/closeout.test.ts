import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { verify } from '../../src/ledger/entries/audit.ts';
import { planFile } from '../../src/ledger/plan/file.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

const sample = new URL('../../src/ledger/sample/plan-2025.json', import.meta.url);
const everyone = planFile
  .parse(JSON.parse(readFileSync(sample, 'utf8')))
  .people.flatMap((person) => person.accounts.wecom ?? []);

/** The lines of an answer, without the blanks that markdown ends them with. */
const linesOf = (answer: string | null): string[] => (answer ?? '').split('\n').map((line) => line.trim());

describe.each(stores)('a close-out through the real webhooks ($kind)', ({ open }) => {
  let living: LivingHouse;
  const enter = async () => {
    living = await openLivingHouse(await open(), '2026-11-17', '16:30');
    await living.say('wecom', 'sec_anquan', '帮助');
    return living;
  };
  afterEach(() => living.close());

  const chief = (text: string) => living.say('wecom', 'sec_anquan', text);
  const reviewer = (text: string) => living.say('leaders', 'ldr_anquan', text);
  const office = (text: string) => living.say('office', 'off_zhuren', text);
  const state = async () => /推进中|已申请销号|已销号/.exec((await chief('查 4.3.2')) ?? '')?.[0];

  /** Whoever else tries hears why not, and the task's history stays as it is. */
  async function refusesAllBut(...turn: string[]): Promise<void> {
    const before = await chief('记录 4.3.2');
    for (const [index, user] of everyone.entries()) {
      if (turn.includes(user)) continue;
      const text = index % 2 === 0 ? '同意销号 4.3.2' : '退回 4.3.2 材料不全';
      const answer = await living.say('wecom', user, text);
      expect(answer, `${user}: ${text}`).toMatch(/请与整改办联系|请\S+办理|同一人不能办两个环节/);
    }
    expect(await chief('记录 4.3.2')).toBe(before);
  }

  /** All that 4.3.2 asks for but one piece of evidence and one inspection. */
  async function almostDone(): Promise<void> {
    await chief('4.3.2 预案累计8 佐证:应急预案汇编(科内卷1)');
    await chief('4.3.2 演练累计4');
    await chief('4.3.2 督查累计5 佐证:督查通报(科内卷3)');
  }

  test('counts a clerk’s figures once the chief has confirmed them', async () => {
    const { say } = await enter();
    await say('anquan', 'dt-clk-anquan', '4.3.2 预案累计8 演练累计4');
    const before = linesOf(await chief('申请销号 4.3.2'));
    expect(before).toContain('预案 0/8个:差8个(另有1笔待科长确认),缺佐证(名称、日期、存放处)');
    expect(before).toContain('内勤代填的数尚未计入,请先发「确认 4.3.2」。');
    const answer = linesOf(await say('anquan', 'dt-anquan', '确认'));
    expect(answer).toEqual([
      '已记录,下列内勤代填的数经确认计入台账:',
      '【4.3.2】预案:0个→8个,计入全年;演练:0次→4次,计入2026年',
    ]);
    expect(linesOf(await chief('申请销号 4.3.2'))).toContain('预案 8/8个:达到,缺佐证(名称、日期、存放处)');
    expect(await say('anquan', 'dt-anquan', '确认')).toBe('没有待确认的数。');
  });

  test('says exactly what is missing and stands only where the chief insists with a reason', async () => {
    await enter();
    await almostDone();
    expect(linesOf(await chief('申请销号 4.3.2'))).toEqual([
      '【4.3.2】销号核对:3项中1项齐备,尚不具备提交条件',
      '预案 8/8个:达到,佐证齐',
      '演练 4/4次:达到,缺佐证(名称、日期、存放处)',
      '督查 5/6次:差1次,佐证齐',
      '隐患 0项(只统计)',
      '流程:科长申请(本次)→分管领导审核→整改办核验→组长批准',
      '仍要提交请回复「坚持申请 4.3.2 理由」,以上缺项随申请一并报送。',
    ]);
    expect(await state()).toBe('推进中');
    expect(await chief('坚持申请 4.3.2')).toContain('请写明理由');
    expect(await state()).toBe('推进中');
    expect(await chief('坚持申请 4.3.2 最后一次督查月底前开展')).toContain('下一步:分管领导审核。');
    expect(await chief('查 4.3.2')).toContain(
      '销号:11月17日申请(坚持申请,缺项:演练缺佐证;督查差1次),现待分管领导审核',
    );
    expect(await chief('申请销号 4.3.2')).toBe('【4.3.2】已于11月17日申请销号,现待分管领导审核。');
  });

  test('goes back with a reason and forward again, step by step, and nobody out of turn moves it', async () => {
    const { say, store } = await enter();
    await almostDone();
    await chief('坚持申请 4.3.2 最后一次督查月底前开展');
    await refusesAllBut('ldr_anquan');
    expect(await reviewer('退回 4.3.2')).toContain('请写明退回理由');
    expect(await reviewer('退回 4.3.2 督查还差一次')).toContain('分管领导审核未通过,退回继续整改');
    expect(await state()).toBe('推进中');
    expect(await reviewer('同意销号 4.3.2')).toBe('【4.3.2】没有待办的销号申请。');

    await chief('4.3.2 督查+1');
    await chief('佐证 4.3.2 演练简报 11月12日 存科内卷5');
    expect(await chief('4.3.2已整改到位,申请销号')).toContain('各项均达到,佐证齐');
    expect(await reviewer('审核通过 4.3.2')).toContain('分管领导审核通过。下一步:整改办核验。');
    expect(await reviewer('同意销号 4.3.2')).toBe('【4.3.2】同一人不能办两个环节,现待整改办核验。');
    await refusesAllBut('off_zhuren', 'off_gongzuo');
    expect(await office('核验通过 4.3.2')).toContain('整改办核验通过。下一步:组长批准。');
    await refusesAllBut('ldr_shuji');
    expect(await say('wecom', 'ldr_shuji', '批准销号 4.3.2')).toContain('组长批准,11月17日销号。');
    expect(await state()).toBe('已销号');
    expect(await office('同意销号 4.3.2')).toBe('【4.3.2】没有待办的销号申请,已于11月17日销号。');
    expect(await chief('申请销号 4.3.2')).toBe('【4.3.2】已于11月17日销号。');
    expect(await verify(store.db)).toMatchObject({ sound: true });
  }, 120_000);
});
