import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarOf } from '../../src/ledger/calendar.ts';
import { addDays, weekday } from '../../src/ledger/days.ts';

const official = calendarOf([]);
const daysOf = (year: number) =>
  Array.from({ length: 366 }, (_, index) => addDays(`${year}-01-01`, index)).filter((day) =>
    day.startsWith(`${year}-`),
  );
const day = fc.integer({ min: 0, max: 4 * 365 }).map((offset) => addDays('2025-01-01', offset));

describe('the official calendar', () => {
  it.each([
    [2025, 248],
    [2026, 248],
  ])('%i has %i working days', (year, count) => {
    expect(daysOf(year).filter(official.isWorkday)).toHaveLength(count);
  });

  it('works on the Saturdays and Sundays that make up for holidays, and on no others', () => {
    const worked = [...daysOf(2025), ...daysOf(2026)].filter(
      (each) => weekday(each) > 5 && official.isWorkday(each),
    );
    expect(worked).toEqual([
      ...['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
      ...['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
    ]);
  });

  it('is off on just these weekdays of 2026', () => {
    const off = daysOf(2026).filter((each) => weekday(each) <= 5 && !official.isWorkday(each));
    expect(off).toEqual([
      ...['2026-01-01', '2026-01-02'],
      ...['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20', '2026-02-23'],
      ...['2026-04-06', '2026-05-01', '2026-05-04', '2026-05-05', '2026-06-19', '2026-09-25'],
      ...['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
    ]);
  });

  it('is off on just these weekdays of 2025', () => {
    const off = daysOf(2025).filter((each) => weekday(each) <= 5 && !official.isWorkday(each));
    expect(off).toEqual([
      ...['2025-01-01', '2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31', '2025-02-03', '2025-02-04'],
      ...['2025-04-04', '2025-05-01', '2025-05-02', '2025-05-05', '2025-06-02'],
      ...['2025-10-01', '2025-10-02', '2025-10-03', '2025-10-06', '2025-10-07', '2025-10-08'],
    ]);
  });
});

describe('the plan’s own rows', () => {
  it('win over the official calendar', () => {
    const own = calendarOf([
      { day: '2026-10-08', kind: 'off' },
      { day: '2026-10-10', kind: 'off' },
      { day: '2026-08-01', kind: 'work' },
    ]);
    expect(['2026-10-08', '2026-10-10', '2026-08-01'].map(own.isWorkday)).toEqual([false, false, true]);
    expect(own.isWorkday('2026-10-09')).toBe(true);
  });
});

describe('a year without a notice', () => {
  it('is provisional, and off on weekends and the public holidays themselves', () => {
    expect([2025, 2026, 2027, 2028].map(official.provisional)).toEqual([false, false, true, true]);
    const off = daysOf(2027).filter((each) => weekday(each) <= 5 && !official.isWorkday(each));
    expect(off).toEqual([
      '2027-01-01',
      '2027-02-05',
      '2027-02-08',
      '2027-04-05',
      '2027-06-09',
      '2027-09-15',
      '2027-10-01',
    ]);
    expect(
      daysOf(2027)
        .filter((each) => weekday(each) > 5)
        .some(official.isWorkday),
    ).toBe(false);
  });

  it('knows only the holidays with a fixed date further ahead', () => {
    const off = daysOf(2029).filter((each) => weekday(each) <= 5 && !official.isWorkday(each));
    expect(off).toEqual(['2029-01-01', '2029-05-01', '2029-05-02', '2029-10-01', '2029-10-02', '2029-10-03']);
  });

  it('stays provisional with a day of the bureau’s own, and no longer with the notice’s days', () => {
    expect(calendarOf([{ day: '2027-09-01', kind: 'off' }]).provisional(2027)).toBe(true);
    const noticed = calendarOf([{ day: '2027-10-01', kind: 'off' }]);
    expect([2027, 2028].map(noticed.provisional)).toEqual([false, true]);
  });
});

describe('counting working days', () => {
  it('makes a task due on March 31 eight working days overdue on April 13', () => {
    expect(official.workdaysBetween('2026-03-31', '2026-04-13')).toBe(8);
  });

  it.each([
    ['2026-02-13', 1, '2026-02-14'],
    ['2026-02-14', 1, '2026-02-24'],
    ['2026-02-24', -1, '2026-02-14'],
    ['2026-02-18', 0, '2026-02-24'],
    ['2026-02-28', 0, '2026-02-28'],
    ['2026-09-30', 3, '2026-10-10'],
    ['2026-12-31', 1, '2027-01-04'],
  ])('from %s, %i working days are %s', (from, count, to) => {
    expect(official.workdayFrom(from, count)).toBe(to);
  });

  it('comes back by as many working days as it went', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -60, max: 60 }), (from, count) => {
        const start = official.workdayFrom(from, 0);
        const end = official.workdayFrom(start, count);
        expect(official.isWorkday(end)).toBe(true);
        expect(official.workdayFrom(end, -count)).toBe(start);
        expect(official.workdaysBetween(start, end)).toBe(count);
      }),
    );
  });

  it('adds up over any day in between', () => {
    fc.assert(
      fc.property(day, day, day, (one, two, three) => {
        const between = official.workdaysBetween;
        expect(between(one, two) + between(two, three)).toBe(between(one, three));
      }),
    );
  });
});

describe('the days that pushes go by', () => {
  it.each([
    ['2026-04-09', '2026-04-07'],
    ['2026-04-13', '2026-04-13'],
    ['2026-10-11', '2026-10-08'],
    ['2026-02-18', null],
  ])('the week of %s begins its work on %s', (within, first) => {
    expect(official.firstWorkdayOfWeek(within)).toBe(first);
  });

  it('a week of holidays begins its work on the Sunday that the bureau works', () => {
    const own = calendarOf([{ day: '2026-02-22', kind: 'work' }]);
    expect(own.firstWorkdayOfWeek('2026-02-18')).toBe('2026-02-22');
  });

  it.each([
    ['2026-01', '2026-01-30'],
    ['2026-04', '2026-04-24'],
    ['2026-09', '2026-09-24'],
    ['2026-12', '2026-12-25'],
    ['2027-12', '2027-12-31'],
  ])('the last Friday of %s that is worked, or the working day before it, is %s', (month, friday) => {
    expect(official.lastFriday(month)).toBe(friday);
  });
});
