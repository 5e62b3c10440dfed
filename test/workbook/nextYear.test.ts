import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plans } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';
import { deskAt, open, type Workbook } from './desk.ts';

let living: LivingHouse;
let book: Workbook;
const FIRST = new Date('2027-01-01T00:00:00Z');
const LAST = new Date('2027-12-31T00:00:00Z');

beforeAll(async () => {
  const [postgres] = stores;
  if (!postgres) throw new Error('no store');
  living = await openLivingHouse(await postgres.open(), '2027-01-18', '08:00');
  book = await open(await deskAt(living.store, {}, living.clock).export());
  for (const [name, value] of [
    ...([
      ['方案代码', 'zg-2027'],
      ['年度', 2027],
    ] as const),
    ...([
      ['起始日期', FIRST],
      ['截止日期', LAST],
      ['台账首日', FIRST],
      ['试运行至', '不试运行'],
    ] as const),
  ])
    book.set('方案', name, '', value);
  for (const sheet of ['任务', '常态工作']) {
    const { rows } = book.sheet(sheet);
    const at = (rows[0] ?? []).indexOf('完成时限');
    for (const row of rows.slice(1)) row[at] = LAST;
  }
}, 60_000);
afterAll(() => living.close());

test('what is open of a year comes over into the next plan with its deadline and its lateness, said to be so', async () => {
  const desk = deskAt(living.store, {}, living.clock);
  book.set('任务', '1.1.1', '完成时限', '2026-12-31');
  book.set('任务', '1.1.2', '完成时限', '2026-06-30');
  const refused = await desk.import(await book.save());
  expect(refused.code).toBe(1);
  expect(refused.out).toMatch(
    /任务 第3行.*不在方案起止日期之内.*由上年结转、沿用原时限的,请在「结转」列填 是/,
  );
  for (const code of ['1.1.1', '1.1.2', '4.3.2']) book.set('任务', code, '结转', '是');
  expect((await desk.import(await book.save())).out).toMatch(/任务 第29行.*「结转」请留空/);
  book.set('任务', '4.3.2', '结转', null);
  expect((await desk.import(await book.save())).out).toContain('已写入台账');
  expect(await desk.import(await desk.export())).toEqual({
    code: 0,
    out: '共0行有变化\n台账未作任何改动。\n',
  });
  const rows = await living.store.db.select({ code: plans.code }).from(plans).where(sql`not retired`);
  expect(rows).toEqual([{ code: 'zg-2027' }]);

  const office = (words: string) => living.say('wecom', 'off_zhuren', words);
  expect(await office('查 1.1.2')).toMatch(/红·逾期139个工作日[\s\S]*完成时限:2026年6月30日/);
  expect(await office('清单 逾期')).toMatch(/共2项[\s\S]*【1\.1\.1】.*时限2026年12月31日/);
  const chief = (words: string) => living.say('wecom', 'sec_dangwei', words);
  expect(await chief('1.1.1 1月研讨1次')).toContain('计入1月');
  // What recurs is asked of this year's periods; a deadline of last year's leaves it none that could be met.
  expect(await chief('申请销号 1.1.1')).toContain('12期中1期');
  expect(await chief('延期 1.1.2 至 3月31日 制度衔接')).toContain('2026年6月30日→2027年3月31日(逾期后申请)');
});
