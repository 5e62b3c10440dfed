import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  addDays,
  dayOf,
  daysBetween,
  endOf,
  instantOf,
  isDay,
  mondayOf,
  monthAfter,
  spoken,
  startOf,
  timeOf,
  weekday,
} from '../../src/ledger/days.ts';

const SHANGHAI = 'Asia/Shanghai';
const NEW_YORK = 'America/New_York';

test.each([
  ['2026-04-30', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-04-31', false],
  ['2026-13-01', false],
  ['2026-4-30', false],
  ['2026-04-30T00:00', false],
  ['2026-04', false],
  ['+012026-04-30', false],
  [' 2026-04-30', false],
  ['二〇二六年', false],
])('%s is a day: %s', (text, is) => {
  expect(isDay(text)).toBe(is);
});

describe('a clock on the wall', () => {
  it('shows another day and time in each zone', () => {
    const instant = new Date('2026-03-31T16:05:59Z');
    expect([dayOf(instant, SHANGHAI), timeOf(instant, SHANGHAI)]).toEqual(['2026-04-01', '00:05']);
    expect([dayOf(instant, NEW_YORK), timeOf(instant, NEW_YORK)]).toEqual(['2026-03-31', '12:05']);
    expect([dayOf(instant, SHANGHAI), timeOf(instant, SHANGHAI)]).toEqual(['2026-04-01', '00:05']);
  });

  it('goes on from minute to minute, and back when it is set back', () => {
    const times = ['01:59:59.999', '02:00:00', '02:00:59.999', '02:01:00', '02:00:30'].map((time) =>
      timeOf(new Date(`2026-04-01T${time}Z`), SHANGHAI),
    );
    expect(times).toEqual(['09:59', '10:00', '10:00', '10:01', '10:00']);
  });

  it('begins a day at its midnight and ends it at the next', () => {
    const plan = { timeZone: SHANGHAI };
    expect(startOf(plan, '2026-03-01').toISOString()).toBe('2026-02-28T16:00:00.000Z');
    expect(endOf(plan, '2026-02-28').toISOString()).toBe('2026-02-28T16:00:00.000Z');
  });

  it.each([SHANGHAI, 'America/Phoenix', 'Pacific/Kiritimati', 'Asia/Kolkata', 'UTC'])(
    'in %s shows the day and the minute whose instant was asked for',
    (zone) => {
      const days = fc.integer({ min: 0, max: 3000 }).map((count) => addDays('2024-01-01', count));
      fc.assert(
        fc.property(days, fc.integer({ min: 0, max: 24 * 60 - 1 }), (day, minute) => {
          const time = [minute / 60, minute % 60]
            .map((part) => String(Math.floor(part)).padStart(2, '0'))
            .join(':');
          const instant = instantOf(day, time, zone);
          expect([dayOf(instant, zone), timeOf(instant, zone)]).toEqual([day, time]);
          expect(instant.getTime() % 60_000).toBe(0);
        }),
      );
    },
  );
});

describe('days', () => {
  const day = fc.integer({ min: -20_000, max: 60_000 }).map((count) => addDays('1970-01-01', count));

  it('are counted as the world counts them', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -800, max: 800 }), (from, count) => {
        const to = addDays(from, count);
        expect(to).toBe(new Date(Date.parse(from) + count * 86_400_000).toISOString().slice(0, 10));
        expect(daysBetween(from, to)).toBe(count);
        expect(weekday(from)).toBe(new Date(from).getUTCDay() || 7);
        expect(weekday(mondayOf(from))).toBe(1);
        expect(daysBetween(mondayOf(from), from)).toBe(weekday(from) - 1);
      }),
    );
  });

  it.each([
    ['2026-01', '2026-02'],
    ['2026-02', '2026-03'],
    ['2026-11', '2026-12'],
    ['2026-12', '2027-01'],
  ])('after the month %s comes %s', (month, next) => {
    expect(monthAfter(month)).toBe(next);
  });

  it('are spoken without noughts before a figure', () => {
    expect([spoken('2026-04-09'), spoken('2026-12-10')]).toEqual(['4月9日', '12月10日']);
  });
});

it.each([
  ['2026-02-28', '2026-03-01'],
  ['2028-02-28', '2028-02-29'],
  ['2028-02-29', '2028-03-01'],
  ['2100-02-28', '2100-03-01'],
  ['2000-02-28', '2000-02-29'],
  ['2026-04-30', '2026-05-01'],
  ['2026-05-30', '2026-05-31'],
  ['2026-12-31', '2027-01-01'],
])('after %s comes %s', (day, next) => {
  expect(addDays(day, 1)).toBe(next);
  expect(addDays(next, -1)).toBe(day);
});
