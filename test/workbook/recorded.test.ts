import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plansOf } from '../../src/ledger/plan.ts';
import { accountAsOf } from '../../src/ledger/views/asOf.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';
import { deskAt, open, type Workbook } from './desk.ts';

describe('a workbook over a ledger that has figures', () => {
  let living: LivingHouse;
  beforeAll(async () => {
    living = await openLivingHouse(await openPostgres(), '2026-03-02', '10:00');
    // The sample gives way to the same plan as the bureau's own.
    expect(await brought((book) => book.set('方案', '方案代码', '内容', 'city-2026'))).toMatchObject({
      code: 0,
    });
    expect(await living.say('dingtalk', 'dt-anquan', '4.3.2 演练+1 督查+1 隐患+12')).toContain('已记录');
    await living.at('2026-07-06', '10:00');
  });
  afterAll(() => living.close());

  async function brought(change: (book: Workbook) => void): Promise<{ code: number; out: string }> {
    const desk = deskAt(living.store, {}, living.clock);
    const book = await open(await desk.export());
    change(book);
    return desk.import(await book.save());
  }

  test('may not give recorded figures another unit, unless it is another word for the same', async () => {
    const refused = await brought((book) => book.set('指标', '4.3.2/2', '单位', '万人次'));
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('已有登记的数');
    expect(await brought((book) => book.set('指标', '4.3.2/2', '单位别名', '次、场'))).toMatchObject({
      code: 0,
    });
    expect(await brought((book) => book.set('指标', '4.3.2/2', '单位', '场'))).toMatchObject({ code: 0 });
    expect(await brought((book) => book.set('指标', '4.3.2/2', '单位', '次'))).toMatchObject({ code: 0 });
  });

  test('may not exchange the names under two rows of figures', async () => {
    const named = (book: Workbook, code: string) => {
      const { row, column } = book.at('指标', code, '指标');
      return book.sheet('指标').rows[row]?.[column] ?? '';
    };
    const exchanged = await brought((book) => {
      const [one, other] = [named(book, '4.3.2/3'), named(book, '4.3.2/2')];
      book.set('指标', '4.3.2/3', '指标', other);
      book.set('指标', '4.3.2/2', '指标', one);
    });
    expect(exchanged.code).toBe(1);
    expect(exchanged.out).toContain('已有登记的数');
    expect(await brought((book) => book.set('指标', '4.3.2/2', '指标', '应急演练'))).toMatchObject({
      code: 0,
    });
  });

  test('may not give recorded figures another period, nor another year', async () => {
    const desk = deskAt(living.store, {}, living.clock);
    const book = await open(await desk.export());
    book.set('指标', '4.3.2/2', '周期', '每月');
    const { code, out } = await desk.import(await book.save());
    expect(out).toMatch(/指标 第\d+行 I列\(周期\):已有登记的数,不能改/);
    expect(code).toBe(1);
    book.set('方案', '年度', '内容', 2027);
    book.set('任务', '1.1.1', '责任领导', '王副局长');
    const all = await desk.import(await book.save());
    expect(all.out).toMatch(/^共3处需要修改/);
    expect(all.out).toContain('本台账是2026年度的,已有登记的数,不能改成另一年度');
    expect(all.out).toContain('(周期):已有登记的数,不能改');
    book.set('方案', '年度', '内容', 2026);
    book.set('任务', '1.1.1', '责任领导', '待明确');
    book.set('指标', '4.3.2/2', '周期', '全年');
    book.set('指标', '4.3.2/2', '目标', 5);
    expect((await desk.import(await book.save())).out).toContain('修改 指标 4.3.2/2 目标:4 → 5');
  });

  test('takes out of use from that day on: in an account of a day before, task and indicator stand as they stood', async () => {
    expect(
      await brought((book) => {
        book.set('任务', '4.3.2', '停用', '是');
        for (const { row } of [1, 2, 3, 4].map((each) => book.at('指标', `4.3.2/${each}`, '停用')))
          book.set('指标', String(book.sheet('指标').rows[row]?.[0]), '停用', '是');
        book.set('指标', '4.3.1/2', '停用', '是');
      }),
    ).toMatchObject({ code: 0 });
    const [plan] = await plansOf(living.store.db);
    if (!plan) throw new Error('there is no plan');
    const codesOn = async (day: string) => {
      const { tasks } = (await accountAsOf(living.store.db, plan, day)).survey;
      return new Map(
        tasks.map(({ code, indicators, postings }) => [code, [indicators.length, postings.length]]),
      );
    };
    const [then, now] = [await codesOn('2026-06-30'), await codesOn('2026-07-06')];
    expect(then.size).toBe(42);
    expect(then.get('4.3.2')).toEqual([4, 3]);
    expect(now.size).toBe(41);
    expect(now.has('4.3.2')).toBe(false);
    expect([then.get('4.3.1')?.[0], now.get('4.3.1')?.[0]]).toEqual([3, 2]);
  });
});
