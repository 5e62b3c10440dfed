import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

describe.each(stores.slice(0, 1))('the period of a figure ($kind)', ({ open }) => {
  let living: LivingHouse;
  beforeAll(async () => {
    living = await openLivingHouse(await open(), '2026-05-13', '10:00');
  });
  afterAll(() => living.close());
  const chief = (text: string) => living.say('wecom', 'sec_anquan', text);

  test('is one of the indicator’s own: a month in the words of a yearly one is when it happened', async () => {
    const march = await chief('4.3.2 演练 三月份1次');
    expect(march).toContain('演练:0次→1次(全年至少4次),计入2026年');
    expect(march).toContain('发生日期3月31日');
    expect(await chief('4.3.2 演练+1')).toContain('演练:1次→2次(全年至少4次),计入2026年');
    expect(await chief('4.3.2 今年以来演练2次')).toContain('演练:2次→2次');
    expect(await chief('4.3.2 本月演练1次')).toContain('发生日期5月13日');
    expect(await chief('4.3.2 一季度演练1次')).toContain('演练:3次→4次(全年至少4次),计入2026年');
    expect(await chief('查 4.3.2')).toContain('演练4次');
  });

  test('is the one that the words name where the indicator counts by it', async () => {
    expect(await chief('4.3.1 3月排查1次')).toContain('排查:0次→1次(每月1次),计入3月');
  });

  test('is that of the days named on end, however long ago; a week with a month’s end in it is asked about', async () => {
    const april = await chief('4.3.1 4月29日至30日排查1次');
    expect(april).toContain('排查:0次→1次(每月1次),计入4月');
    expect(april).toContain('发生日期4月30日');
    expect(await chief('撤回')).toContain('已撤回【4.3.1】');
    expect(await chief('4.3.1 排查+1,4月29日完成')).toContain('计入4月');
    expect(await chief('撤回')).toContain('已撤回【4.3.1】');
    expect(await chief('4.3.1 上上周排查1次')).toContain('请写明日期');
    expect(await chief('4.3.1 劳动节前几天排查1次')).toContain('尚未记录');
    expect(await chief('4.3.2 上周督查1次')).toContain('发生日期5月10日');
  });

  test('is the running one for what is said of a longer span, which then adds up to it', async () => {
    const total = await chief('4.3.1 今年以来排查2次');
    expect(total).toContain('排查:0次→1次(每月1次),计入5月');
    expect(await chief('4.3.1 今年以来排查2次')).toContain('排查:1次→1次');
  });

  test('is told with the one before it for five working days, also where the first day is off', async () => {
    await living.at('2026-08-07', '10:00');
    expect(await chief('4.3.1 排查+1')).toContain('如属7月,请先「撤回」');
    await living.at('2026-08-10', '10:00');
    expect(await chief('4.3.1 排查+1')).not.toContain('如属7月');
  });
});
