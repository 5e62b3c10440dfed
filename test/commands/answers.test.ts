import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

/** What people get back for what they say: one house, a Monday in April. */
let living: LivingHouse;
beforeAll(async () => {
  const [store] = stores;
  if (!store) throw new Error('no store');
  living = await openLivingHouse(await store.open(), '2026-04-13', '10:00');
});
afterAll(() => living.close());

describe('a message of several pieces', () => {
  test('is told what of it does not count', async () => {
    const answer = await living.say('wecom', 'sec_dangwei', '研讨+1,学习+2天,3月26日召开案例交流会');
    expect(answer).toContain('集中学习:0天→2天');
    expect(answer).toContain('未计入:「3月26日召开案例交流会」。要登记的请写明指标和数,另发一条。');
    expect(await living.say('wecom', 'sec_anquan', '4.3.2 演练+1,进展顺利')).not.toContain('未计入');
  });

  test('is recorded as far as it is clear, and the open figure is asked about by its own words', async () => {
    const asked = await living.say('wecom', 'sec_anquan', '4.3.2 隐患+12,督查2次');
    expect(asked).toContain('隐患:0项→12项');
    expect(asked).toContain('数量不明:“督查2次”是 1 新增2次,还是 2 累计2次?请回复序号。');
    expect(await living.say('wecom', 'sec_anquan', '1')).toContain('督查:0次→2次');
  });

  test('with two open figures names both, and waits for the first', async () => {
    const asked = (await living.say('wecom', 'sec_anquan', '4.3.2 演练3次,督查5次')) ?? '';
    expect(asked.split(/\s*\n/).slice(0, 2)).toEqual([
      '数量不明:“演练3次”是 1 新增3次,还是 2 累计3次?请回复序号。',
      '尚未记录。“督查5次”数量不明:新增请写「+5」,累计请写「累计5」。',
    ]);
    expect(await living.say('wecom', 'sec_anquan', '2')).toContain('演练:1次→3次');
  });

  test('about one figure for two months is asked to be written month by month', async () => {
    expect(await living.say('wecom', 'sec_anquan', '4.3.1 3月、4月排查1次')).toContain('逐月分开写');
  });
});

describe('a question with one choice', () => {
  test('is answered by yes or no', async () => {
    const quote = '【黄·滞后】【4.3.2】应急预案:已记2个';
    const asked = await living.say('leaders', 'sec_jiwei', '偏差+1', { quote });
    expect(asked).toContain('尚未记录。“偏差+1”是指【4.3.2】预案演练与校园安全整治吗?请回复「是」或「否」。');
    expect(await living.say('leaders', 'sec_jiwei', '否')).toContain('“偏差+1”请写任务编号');
  });
});
