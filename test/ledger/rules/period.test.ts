import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/ledger/days.ts';
import {
  periodOf,
  periodsAsked,
  periodsEnded,
  running,
  spanOf,
  spokenPeriod,
} from '../../../src/ledger/rules/period.ts';
import type { Clock } from '../../../src/ledger/terms.ts';
import { monthsOf2026, on } from './plan.ts';

const clocks: Clock[] = ['week', 'month', 'quarter', 'half', 'year', 'once', 'closure'];
const day = fc.integer({ min: 0, max: 3000 }).map((offset) => addDays('2024-01-01', offset));

describe('a period', () => {
  it.each([
    ['week', '2026-04-22', '2026-W17', '2026-04-20', '2026-04-26', '第17周'],
    ['week', '2027-01-03', '2026-W53', '2026-12-28', '2027-01-03', '第53周'],
    ['week', '2025-12-29', '2026-W01', '2025-12-29', '2026-01-04', '第1周'],
    ['month', '2028-02-29', '2028-02', '2028-02-01', '2028-02-29', '2月'],
    ['month', '2026-12-31', '2026-12', '2026-12-01', '2026-12-31', '12月'],
    ['quarter', '2026-04-01', '2026-Q2', '2026-04-01', '2026-06-30', '二季度'],
    ['quarter', '2026-12-31', '2026-Q4', '2026-10-01', '2026-12-31', '四季度'],
    ['half', '2026-06-30', '2026-H1', '2026-01-01', '2026-06-30', '上半年'],
    ['half', '2026-07-01', '2026-H2', '2026-07-01', '2026-12-31', '下半年'],
    ['year', '2026-04-22', '2026', '2026-01-01', '2026-12-31', '2026年'],
    ['once', '2026-04-22', 'once', '0000-01-01', '9999-12-31', '全年'],
    ['closure', '2026-04-22', 'once', '0000-01-01', '9999-12-31', '全年'],
  ] as const)('of the %s clock around %s is %s', (clock, within, period, starts, ends, spoken) => {
    expect(periodOf(clock, within)).toBe(period);
    expect(spanOf(period)).toEqual({ starts, ends });
    expect(spokenPeriod(period)).toBe(spoken);
  });

  it('holds the day it was found by, and the day after its last is in another', () => {
    fc.assert(
      fc.property(fc.constantFrom(...clocks), day, (clock, within) => {
        const period = periodOf(clock, within);
        const { starts, ends } = spanOf(period);
        expect(starts <= within && within <= ends).toBe(true);
        if (period === 'once') return;
        expect([periodOf(clock, starts), periodOf(clock, ends)]).toEqual([period, period]);
        expect(spanOf(periodOf(clock, addDays(ends, 1))).starts).toBe(addDays(ends, 1));
      }),
    );
  });

  it('is never made of anything else', () => {
    expect(() => spanOf('四月')).toThrow('四月');
  });
});

describe('the periods a task is asked for', () => {
  it('are those that end between the plan’s start and the task’s deadline', () => {
    expect(periodsAsked('month', on('2026-05-10'), '2026-12-31')).toEqual(monthsOf2026);
    expect(periodsAsked('month', on('2026-05-10'), '2026-03-31')).toEqual(['2026-01', '2026-02', '2026-03']);
    expect(periodsAsked('month', on('2026-05-10'), '2026-02-15')).toEqual(['2026-01']);
    expect(periodsAsked('quarter', on('2026-05-10'), '2026-10-20')).toEqual([
      '2026-Q1',
      '2026-Q2',
      '2026-Q3',
    ]);
    expect(periodsAsked('half', on('2026-05-10', { starts: '2026-03-02' }), null)).toEqual([
      '2026-H1',
      '2026-H2',
    ]);
    expect(periodsAsked('week', on('2026-05-10'), null)).toHaveLength(52);
  });

  it('never go on after the plan’s end', () => {
    expect(periodsAsked('quarter', on('2026-05-10', { ends: '2026-06-30' }), '2026-12-31')).toEqual([
      '2026-Q1',
      '2026-Q2',
    ]);
  });

  it('are the one that the deadline cuts where that is the first', () => {
    expect(periodsAsked('month', on('2026-01-10'), '2026-01-20')).toEqual(['2026-01']);
    expect(periodsEnded('month', on('2026-01-20'), '2026-01-20')).toEqual([]);
    expect(periodsEnded('month', on('2026-01-21'), '2026-01-20')).toEqual(['2026-01']);
  });

  it('have ended from the day after their last', () => {
    expect(periodsEnded('month', on('2026-03-31'), null)).toEqual(['2026-01', '2026-02']);
    expect(periodsEnded('month', on('2026-04-01'), null)).toEqual(['2026-01', '2026-02', '2026-03']);
    expect(periodsEnded('once', on('2026-12-31'), null)).toEqual([]);
    expect(periodsEnded('once', on('2027-01-01'), null)).toEqual(['once']);
  });

  it('leave one running until the task’s last day', () => {
    expect(running('quarter', on('2026-04-09'), '2026-12-31')).toBe('2026-Q2');
    expect(running('month', on('2026-03-31'), '2026-03-31')).toBe('2026-03');
    expect(running('month', on('2026-04-01'), '2026-03-31')).toBeNull();
    expect(running('month', on('2025-12-20'), null)).toBe('2026-01');
  });
});
