import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarOf } from '../../../src/ledger/calendar.ts';
import { addDays, type Day } from '../../../src/ledger/days.ts';
import { draftDay, draftedOn, recordsUntil } from '../../../src/ledger/rules/occasions.ts';
import { periodOf, spanOf } from '../../../src/ledger/rules/period.ts';

const calendar = calendarOf([]);

const daysFrom = (first: Day, count: number): Day[] =>
  Array.from({ length: count }, (_, index) => addDays(first, index));

test('whenever a plan ends, each quarter that it reaches is drafted once, and the last after all that may be recorded', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 360 }), fc.integer({ min: 100, max: 400 }), (offset, length) => {
      const starts = addDays('2026-01-01', offset);
      const plan = { starts, ends: addDays(starts, length), since: starts };
      const year = { plan, calendar };
      const days = daysFrom(starts, length + 120);
      const drafted = days.flatMap((day) => draftedOn(year, day) ?? []);
      const reached = [...new Set(daysFrom(starts, length + 1).map((day) => periodOf('quarter', day)))];
      expect(drafted).toEqual(reached);
      const last = draftDay(year, reached.at(-1) ?? '');
      expect(last !== null && last > recordsUntil(year)).toBe(true);
      expect(spanOf(reached.at(-1) ?? '').ends >= plan.ends).toBe(true);
    }),
    { numRuns: 300 },
  );
});
