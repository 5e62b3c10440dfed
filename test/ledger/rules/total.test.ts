import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figureOf } from '../../../src/ledger/rules/figure.ts';
import { spanOf } from '../../../src/ledger/rules/period.ts';
import { resolveTotal, type Total } from '../../../src/ledger/rules/total.ts';
import { add, indicator, monthsOf2026, set, task } from './plan.ts';

const total = (value: number, period: string, over: string, more: Partial<Total> = {}): Total => ({
  ...{ part: null, facet: null, personId: null },
  ...{ value, period, over, ...more },
});

const studies = [1, 2, 1].map((value, index) => add('1.1.1/1', `2026-0${index + 1}`, value));

describe('a running total', () => {
  const resolve = (said: Total) =>
    resolveTotal(task('1.1.1', { postings: studies }), indicator('1.1.1/1'), said);

  it('over the year leaves the running month what its earlier months don’t hold', () => {
    expect(resolve(total(9, '2026-04', '2026'))).toEqual({ is: 'set', part: null, value: 5 });
    expect(resolve(total(4, '2026-04', '2026'))).toEqual({ is: 'set', part: null, value: 0 });
  });

  it('replaces what the running month already has', () => {
    expect(resolve(total(9, '2026-03', '2026'))).toEqual({ is: 'set', part: null, value: 6 });
  });

  it('over the quarter counts only the quarter', () => {
    expect(resolve(total(3, '2026-05', '2026-Q2'))).toEqual({ is: 'set', part: null, value: 3 });
  });

  it('smaller than what is already recorded is asked about', () => {
    expect(resolve(total(3, '2026-04', '2026'))).toEqual({ is: 'short', earlier: 4 });
  });

  it('over the same period is simply set', () => {
    expect(resolve(total(2, '2026-04', '2026-04'))).toEqual({ is: 'set', part: null, value: 2 });
  });

  it('over less than the period says nothing about it', () => {
    expect(resolveTotal(task('4.3.2'), indicator('4.3.2/2'), total(3, '2026', '2026-04'))).toEqual({
      is: 'narrow',
    });
    expect(resolve(total(3, '2026-04', '2026-Q1'))).toEqual({ is: 'narrow' });
  });

  it('of a standing number is that number', () => {
    const levels = [set('4.3.1/2', 'once', 20)];
    expect(
      resolveTotal(task('4.3.1', { postings: levels }), indicator('4.3.1/2'), total(25, 'once', '2026')),
    ).toEqual({
      is: 'set',
      part: null,
      value: 25,
    });
  });

  it('of single events is none: the event stands as it was said', () => {
    const meeting = resolveTotal(task('5.2.1'), indicator('5.2.1/2'), total(80, '2026', '2026-04'));
    expect(meeting).toEqual({ is: 'set', part: null, value: 80 });
  });

  it('of a ratio is taken apart into numerator and denominator', () => {
    const monthly = { ...indicator('5.1.1/2'), clock: 'month' as const };
    const book = { indicators: [monthly], postings: [set('5.1.1/2', '2026-03', { part: 5, value: 8 })] };
    const resolve = (part: number, value: number | null) =>
      resolveTotal(book, monthly, total(0, '2026-04', '2026', { part, value }));
    expect(resolve(9, 20)).toEqual({ is: 'set', part: 4, value: 12 });
    expect(resolve(9, null)).toEqual({ is: 'set', part: 4, value: null });
    expect(resolve(5, 8)).toEqual({ is: 'set', part: 0, value: 0 });
    expect(resolve(4, 20)).toEqual({ is: 'short', earlier: 5 });
    expect(resolve(9, 7)).toEqual({ is: 'short', earlier: 8 });
  });

  it('of one part or one person leaves the others out', () => {
    const postings = [
      add('1.1.1/1', '2026-03', { facet: '专题', value: 3 }),
      add('1.1.1/1', '2026-03', { personId: 5, value: 4 }),
    ];
    const book = task('1.1.1', { postings });
    const resolve = (more: Partial<Total>) =>
      resolveTotal(book, indicator('1.1.1/1'), total(9, '2026-04', '2026', more));
    expect(resolve({ facet: '专题' })).toEqual({ is: 'set', part: null, value: 6 });
    expect(resolve({ personId: 5 })).toEqual({ is: 'set', part: null, value: 5 });
    expect(resolve({})).toEqual({ is: 'set', part: null, value: 2 });
  });

  it('is what the year then adds up to', () => {
    const said = fc.array(fc.record({ month: fc.nat(11), value: fc.nat(9) }));
    fc.assert(
      fc.property(said, fc.nat(11), fc.nat(99), (list, month, value) => {
        const period = monthsOf2026[month] ?? '';
        const postings = list
          .filter((each) => each.month <= month)
          .map((each) => add('1.1.1/1', monthsOf2026[each.month] ?? '', each.value));
        const book = task('1.1.1', { postings });
        const found = resolveTotal(book, indicator('1.1.1/1'), total(value, period, '2026'));
        const earlier = list.filter((each) => each.month < month).reduce((sum, each) => sum + each.value, 0);
        if (earlier > value) {
          expect(found).toEqual({ is: 'short', earlier });
        } else {
          const rest = found.is === 'set' ? (found.value ?? 0) : Number.NaN;
          const after = { ...book, postings: [...postings, set('1.1.1/1', period, rest)] };
          expect(figureOf(after, indicator('1.1.1/1'), spanOf('2026'))).toEqual({ kind: 'number', value });
        }
      }),
    );
  });
});
