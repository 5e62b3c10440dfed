import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../src/ledger/calendar.ts';
import { dayOf, instantOf } from '../../src/ledger/days.ts';
import type { Plan } from '../../src/ledger/plan.ts';
import {
  AFTERWARDS,
  everyWorkday,
  isOpen,
  lastFallen,
  mornings,
  slotsAt,
  slotsOn,
} from '../../src/pushes/push/moment.ts';
import type { Moment } from '../../src/pushes/push.ts';

const timeZone = 'Asia/Shanghai';
const calendar = calendarOf([]);
const settings = { digest_at: '08:42', quiet: ['08:30', '17:30'] } as Plan['settings'];
const at = (day: string, time: string, second = 0) =>
  new Date(instantOf(day, time, timeZone).getTime() + second * 1000);

/** A look at a plan of the year 2026. */
function look(day: string, time: string, second = 0): Moment {
  const plan = { starts: '2026-01-01', ends: '2026-12-31', timeZone, settings } as Plan;
  const now = at(day, time, second);
  return { plan, calendar, now, today: dayOf(now, timeZone) };
}

/** When slots begin and end, by the clock of the plan. */
const told = (slots: { dueAt: Date; expiresAt: Date }[]) =>
  slots.map(({ dueAt, expiresAt }) =>
    [dueAt, expiresAt].map((each) => new Date(each.getTime() + 8 * 3_600_000).toISOString().slice(5, 16)),
  );
const days = (slots: { dueAt: Date; expiresAt: Date }[]) => told(slots).map(([from]) => from?.slice(0, 5));

test.each([
  ['2026-04-01', '08:29', 59, false],
  ['2026-04-01', '08:30', 0, true],
  ['2026-04-01', '17:29', 59, true],
  ['2026-04-01', '17:30', 0, false],
  ['2026-04-04', '10:00', 0, false],
  ['2026-05-09', '10:00', 0, true],
])('on %s at %s:%i pushes may leave: %s', (day, time, second, open) => {
  expect(isOpen(look(day, time, second))).toBe(open);
});

describe('the slots of a push', () => {
  test('of a plan nobody has looked at are those of the day, from their minute on and until pushes stop', () => {
    expect(mornings(look('2026-04-01', '08:41', 59), null)).toEqual([]);
    expect(told(mornings(look('2026-04-01', '08:42'), null))).toEqual([['04-01T08:42', '04-01T17:30']]);
    expect(days(mornings(look('2026-04-01', '23:59'), null))).toEqual(['04-01']);
  });

  test('are those since the last that was looked at, the oldest first, and never that one again', () => {
    const last = at('2026-03-30', '08:42');
    expect(days(mornings(look('2026-04-01', '09:00'), last))).toEqual(['03-31', '04-01']);
    expect(mornings(look('2026-03-30', '09:00'), last)).toEqual([]);
    expect(days(mornings(look('2026-03-30', '09:00'), new Date(last.getTime() - 1)))).toEqual(['03-30']);
  });

  test('fall on working days of the plan’s year alone', () => {
    expect(days(mornings(look('2026-04-07', '09:00'), at('2026-04-03', '00:00')))).toEqual([
      '04-03',
      '04-07',
    ]);
    expect(days(mornings(look('2026-01-05', '09:00'), at('2025-12-25', '09:00')))).toEqual([
      '01-04',
      '01-05',
    ]);
    expect(days(mornings(look('2027-01-05', '09:00'), at('2026-12-30', '09:00')))).toEqual(['12-31']);
  });

  test('are accounted for through a month in which nobody looked, and no further back', () => {
    const every = slotsOn({ falls: () => true });
    const found = days(every(look('2026-06-30', '09:00'), at('2026-03-01', '09:00')));
    expect([found.length, found[0], found.at(-1)]).toEqual([32, '05-30', '06-30']);
  });

  test('have a minute of their own and may go until another day’s end of pushes', () => {
    const slots = slotsOn({ at: '16:12', falls: everyWorkday, until: () => '2026-04-07' });
    expect(told(slots(look('2026-04-03', '16:12'), null))).toEqual([['04-03T16:12', '04-07T17:30']]);
  });

  test('that come besides the morning’s are half an hour after them', () => {
    const slots = slotsOn({ at: AFTERWARDS, falls: everyWorkday });
    expect(told(slots(look('2026-04-01', '09:12'), null))).toEqual([['04-01T09:12', '04-01T17:30']]);
  });

  test('at several minutes come in their order, one for a minute that is named twice', () => {
    const slots = slotsAt(() => ['15:12', '08:42', '15:12'], { falls: everyWorkday });
    expect(told(slots(look('2026-04-02', '16:00'), at('2026-04-01', '09:00'))).map(([from]) => from)).toEqual(
      ['04-01T15:12', '04-02T08:42', '04-02T15:12'],
    );
  });
});

test('a look that comes late is that of the last day on which something fell', () => {
  const fell = (day: string) => (day <= '2026-03-30' ? `the look of ${day}` : null);
  expect(lastFallen('2026-04-02', fell)).toBe('the look of 2026-03-30');
  expect(lastFallen('2026-03-30', fell)).toBe('the look of 2026-03-30');
});
