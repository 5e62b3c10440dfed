import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calendarOf } from '../src/ledger/calendar.ts';
import { addDays } from '../src/ledger/days.ts';
import { assessmentOn, lookbackOfYear, yearEndOn } from '../src/ledger/rules/occasions.ts';
import type { LivingHouse } from './setup/house.ts';
import { openOwnHouse } from './setup/ownPlan.ts';

describe('a plan that runs over the turn of the year, with ten categories', () => {
  let living: LivingHouse;
  beforeAll(async () => {
    living = await openOwnHouse('2026-07-01', '10:00');
  });
  afterAll(() => living.close());
  const chief = (words: string, more = {}) => living.say('dingtalk', 'dt-anquan', words, more);

  test('is told in the order of its numbers: the second category before the tenth', async () => {
    const told = (await living.say('wecom', 'ldr_shuji', '总览')) ?? '';
    expect(told.indexOf('2 第2类')).toBeGreaterThan(0);
    expect(told.indexOf('10 第10类')).toBeGreaterThan(told.indexOf('2 第2类'));
  });

  test('has no period before it to which something said in its first days could belong', async () => {
    const told = await chief('10.2.2 7月1日排查1次');
    expect(await chief('10.2.2 排查+1')).toContain('计入7月');
    expect(told).not.toContain('6月');
    expect(await chief('10.2.2 排查+1')).not.toContain('6月');
  });

  test('tells a deadline of next year with its year', async () => {
    expect(await chief('查 10.2.11')).toContain('完成时限:2027年6月30日');
    expect(await chief('我的')).toContain('时限2027年6月30日');
  });

  test('takes codes of two digits from a quoted message and from the words beside a file', async () => {
    const quote = '【黄·滞后】【10.2.11】预案演练与校园安全整治(安全管理科):7月';
    expect(await chief('督查+1', { quote })).toContain('已记录【10.2.11】');
    const files = [
      { kind: 'picture' as const, name: '10.2.11督查通报.png', bytes: Buffer.from('a picture') },
    ];
    expect(await chief('佐证 10.2.11 督查 督查通报 7月1日 存科内卷3', { files })).toMatch(
      /【10\.2\.11】附.*1/,
    );
  });

  test("has one account of a year's figure, on both sides of the turn", async () => {
    await living.at('2026-12-28', '10:00');
    expect(await chief('10.2.11 演练累计3次')).toContain('0次→3次');
    await living.at('2027-02-22', '10:00');
    expect(await chief('10.2.11 演练累计4次')).toContain('3次→4次');
    expect(await chief('更正 10.2.11 演练累计5次')).toContain('4次→5次');
    expect(await chief('查 10.2.11')).toMatch(/演练5次/);
    expect(await chief('查 10.2.11')).toContain('完成时限:6月30日');
  });

  test('says how a missing month is made up for with a day in that month', async () => {
    living.pushes();
    await living.at('2027-03-01', '08:42');
    const posts = living.pushes().filter(({ text }) => text.includes('写法:@督办 10.2.2'));
    expect(posts.map(({ text }) => /10\.2\.2 (\d+月\d+日)排查/.exec(text)?.[1])).toEqual(['8月31日']);
  });
});

test('the last months of a plan have their duties by its own end, whichever month that is', () => {
  const calendar = calendarOf([]);
  const falls = (ends: string) => {
    const year = { plan: { starts: addDays(ends, -364), ends, since: addDays(ends, -364) }, calendar };
    const days = Array.from({ length: 140 }, (_, index) => addDays(ends, index - 120));
    return days.flatMap((day) => {
      const stage = assessmentOn(year, day);
      return [
        ...(stage === null ? [] : [`${stage} ${day}`]),
        ...(yearEndOn(year, day) === 'batch' ? [`batch ${day}`] : []),
        ...(lookbackOfYear(year) === day ? [`lookback ${day}`] : []),
      ];
    });
  };
  expect(falls('2027-06-30')).toEqual([
    'engage 2027-04-01',
    'first 2027-05-25',
    'lookback 2027-06-01',
    'batch 2027-06-08',
    'second 2027-06-15',
  ]);
  expect(falls('2026-12-31').map((each) => each.slice(-5))).toEqual([
    '10-08',
    '11-25',
    '12-01',
    '12-08',
    '12-15',
  ]);
  expect(falls('2027-01-31').map((each) => each.split(' ')[1])).toEqual([
    '2026-11-02',
    '2026-12-25',
    '2027-01-04',
    '2027-01-08',
    '2027-01-15',
  ]);
});
