import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsOf, standingOf } from '../../../src/ledger/rules/standing.ts';

const order = { on: '2026-04-10', term: null };

describe('a task stands', () => {
  it.each([
    ['closed', order, null, 'closed', false],
    ['active', order, 'red', 'listed', true],
    ['active', null, 'red', 'behind', true],
    ['submitted', null, 'yellow', 'behind', false],
    ['active', null, 'blue', 'progress', false],
    ['pending', null, 'green', 'progress', false],
    ['active', null, null, 'progress', false],
  ] as const)('once: %s, listed by %o, lit %s → %s', (state, listed, light, standing, overdue) => {
    expect(standingOf({ state, listed }, light)).toEqual({ standing, overdue });
  });

  it('in exactly one of the four numbers that make the whole', () => {
    const each = fc.record({
      state: fc.constantFrom('pending', 'active', 'submitted', 'closed'),
      listed: fc.constantFrom(null, order),
      light: fc.constantFrom('green', 'blue', 'yellow', 'red', null),
    });
    fc.assert(
      fc.property(fc.array(each), (tasks) => {
        const counts = countsOf(tasks.map((task) => standingOf(task, task.light)));
        expect(counts.closed + counts.listed + counts.behind + counts.progress).toBe(tasks.length);
        expect(counts.all).toBe(tasks.length);
        expect(counts.overdue).toBeLessThanOrEqual(counts.behind);
      }),
    );
  });

  it('as 42 are told: two closed, one listed, three behind, one of them overdue', () => {
    const many = <T>(count: number, value: T): T[] => Array(count).fill(value);
    const tasks = [
      ...many(2, standingOf({ state: 'closed', listed: null }, null)),
      ...many(1, standingOf({ state: 'active', listed: order }, 'red')),
      ...many(1, standingOf({ state: 'active', listed: null }, 'red')),
      ...many(2, standingOf({ state: 'active', listed: null }, 'yellow')),
      ...many(36, standingOf({ state: 'active', listed: null }, 'green')),
    ];
    expect(countsOf(tasks)).toMatchObject({
      all: 42,
      closed: 2,
      listed: 1,
      behind: 3,
      progress: 36,
      overdue: 1,
    });
  });
});
