import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confirmed, figureOf, measure } from '../../../src/ledger/rules/figure.ts';
import type { Posting } from '../../../src/ledger/rules/indicator.ts';
import { spanOf } from '../../../src/ledger/rules/period.ts';
import { add, indicator, monthsOf2026, person, set, task } from './plan.ts';

const figure = (code: string, postings: Posting[], period = 'once', personId: number | null = null) =>
  figureOf(task(code.split('/')[0] ?? '', { postings }), indicator(code), spanOf(period), personId);
const number = (value: number) => ({ kind: 'number', value });

describe('a count', () => {
  it('is 0 before anything is said', () => {
    expect(figure('4.3.2/2', [])).toEqual(number(0));
  });

  it('adds what is added and takes what is set in the order it was said', () => {
    const said = [add('4.3.2/3', '2026', 1), set('4.3.2/3', '2026', 4), add('4.3.2/3', '2026', 2)];
    expect(figure('4.3.2/3', said)).toEqual(number(6));
  });

  it('is set for one period without touching another', () => {
    const said = [add('1.1.1/1', '2026-03', 1), add('1.1.1/1', '2026-04', 2), set('1.1.1/1', '2026-04', 1)];
    expect(figure('1.1.1/1', said, '2026-03')).toEqual(number(1));
    expect(figure('1.1.1/1', said, '2026-04')).toEqual(number(1));
    expect(figure('1.1.1/1', said, '2026-Q1')).toEqual(number(1));
    expect(figure('1.1.1/1', said, '2026')).toEqual(number(2));
  });

  it('is each person’s own, and everybody’s together', () => {
    const [one, two] = [person('党组书记').id, person('分管党建副局长').id];
    const said = [
      add('3.1.1/1', '2026-04', { personId: one, value: 3 }),
      set('3.1.1/1', '2026-04', { personId: two, value: 5 }),
    ];
    expect(figure('3.1.1/1', said, '2026-04', one)).toEqual(number(3));
    expect(figure('3.1.1/1', said, '2026-04', two)).toEqual(number(5));
    expect(figure('3.1.1/1', said, '2026-04')).toEqual(number(8));
  });

  it('leaves other indicators’ postings alone', () => {
    expect(figure('4.3.2/2', [add('4.3.2/3', '2026', 5)])).toEqual(number(0));
  });

  it('has four decimals and no dust', () => {
    expect(figure('1.1.1/3', [add('1.1.1/3', '2026', 0.1), add('1.1.1/3', '2026', 0.2)])).toEqual(
      number(0.3),
    );
    expect(figure('1.1.1/3', [add('1.1.1/3', '2026', 0.7), add('1.1.1/3', '2026', 0.1)])).toEqual(
      number(0.8),
    );
  });

  it('can be read without what waits for the chief', () => {
    const said = [add('4.3.2/2', '2026', 1), add('4.3.2/2', '2026', { value: 2, confirmed: false })];
    const whole = task('4.3.2', { postings: said });
    expect(figureOf(whole, indicator('4.3.2/2'))).toEqual(number(3));
    expect(figureOf(confirmed(whole), indicator('4.3.2/2'))).toEqual(number(1));
  });

  it('doesn’t depend on the order of what is added', () => {
    const amounts = fc.array(fc.integer({ min: -50, max: 500 }), { maxLength: 8 });
    fc.assert(
      fc.property(amounts, fc.constantFrom(...monthsOf2026), (values, month) => {
        const said = values.map((value) => add('1.1.1/1', month, value));
        expect(figure('1.1.1/1', said)).toEqual(figure('1.1.1/1', said.toReversed()));
        expect(figure('1.1.1/1', said)).toEqual(number(values.reduce((sum, each) => sum + each, 0)));
      }),
    );
  });

  it('is what it was set to, whatever was said before', () => {
    const earlier = fc.array(fc.record({ op: fc.constantFrom(add, set), value: fc.nat(99) }));
    fc.assert(
      fc.property(earlier, fc.nat(99), (said, value) => {
        const postings = said.map((each) => each.op('4.3.2/2', '2026', each.value));
        expect(figure('4.3.2/2', [...postings, set('4.3.2/2', '2026', value)])).toEqual(number(value));
      }),
    );
  });

  it('over the year is the sum of its months', () => {
    const said = fc.array(
      fc.record({ op: fc.constantFrom(add, set), month: fc.constantFrom(...monthsOf2026), value: fc.nat(9) }),
    );
    fc.assert(
      fc.property(said, (list) => {
        const postings = list.map(({ op, month, value }) => op('1.1.1/1', month, value));
        const months = monthsOf2026.map((month) => measure(figure('1.1.1/1', postings, month)) ?? 0);
        expect(figure('1.1.1/1', postings, '2026')).toEqual(number(months.reduce((sum, each) => sum + each)));
      }),
    );
  });
});

describe('a level', () => {
  it('moves by what is added and is never summed', () => {
    const said = [set('4.3.1/2', 'once', 20), add('4.3.1/2', 'once', 3), set('4.3.1/2', 'once', 25)];
    expect(figure('4.3.1/2', said.slice(0, 2))).toEqual(number(23));
    expect(figure('4.3.1/2', said)).toEqual(number(25));
  });

  it('is what was last stated by the end of the span, also when that was said earlier', () => {
    const level = { ...indicator('4.3.1/2'), clock: 'month' as const };
    const postings = [
      set('4.3.1/2', '2026-03', 20),
      set('4.3.1/2', '2026-05', 25),
      set('4.3.1/2', '2026-04', 22),
    ];
    const at = (period: string) => figureOf({ indicators: [level], postings }, level, spanOf(period));
    expect(['2026-02', '2026-03', '2026-04', '2026-06', '2026'].map(at)).toEqual(
      [0, 20, 22, 25, 25].map(number),
    );
  });
});

describe('a ratio', () => {
  it('has a numerator and a denominator, each said when it is known', () => {
    const said = [set('5.1.1/2', 'once', { part: 12, value: 20 }), set('5.1.1/2', 'once', { part: 17 })];
    expect(figure('5.1.1/2', said)).toEqual({ kind: 'ratio', part: 17, whole: 20 });
    expect(measure(figure('5.1.1/2', said))).toBe(85);
    expect(figure('5.1.1/2', [...said, add('5.1.1/2', 'once', { value: 3 })])).toMatchObject({
      part: 17,
      whole: 23,
    });
    expect(measure(figure('5.1.1/2', []))).toBe(0);
    expect(measure({ kind: 'ratio', part: 1, whole: 1 })).toBe(100);
  });

  it('takes its denominator from the indicator that counts it', () => {
    const said = [add('2.2.1/1', '2026', 12), add('2.2.1/2', '2026', { part: 9 })];
    expect(figure('2.2.1/2', said, '2026')).toEqual({ kind: 'ratio', part: 9, whole: 12 });
  });

  it('takes each person’s denominator where each has one, else the bureau’s', () => {
    const [days, share] = [indicator('3.1.1/1'), { ...indicator('5.2.2/1'), denominatorOf: '3.1.1/1' }];
    const of = (personId: number | null, subject: 'person' | 'bureau') => {
      const indicators = [{ ...days, subject }, share];
      const postings = [1, 2].flatMap((id) => [
        add('3.1.1/1', '2026', { personId: id, value: 10 * id }),
        add('5.2.2/1', '2026', { personId: id, part: 3 }),
      ]);
      return figureOf({ indicators, postings }, share, spanOf('2026'), personId);
    };
    expect(of(2, 'person')).toEqual({ kind: 'ratio', part: 3, whole: 20 });
    expect(of(2, 'bureau')).toEqual({ kind: 'ratio', part: 3, whole: 30 });
    expect(of(null, 'person')).toEqual({ kind: 'ratio', part: 6, whole: 30 });
  });

  it('has no denominator where the indicator isn’t there', () => {
    const alone = { indicators: [], postings: [add('2.2.1/2', '2026', { part: 9 })] };
    expect(figureOf(alone, indicator('2.2.1/2'))).toEqual({ kind: 'ratio', part: 9, whole: 0 });
  });

  const papers = (said: { part?: number; value?: number }) => ({ facet: '文件', ...said });
  const meetings = (said: { part?: number; value?: number }) => ({ facet: '会议', ...said });

  it('sums its parts', () => {
    const said = [
      set('5.2.1/1', '2026', papers({ part: 30, value: 200 })),
      set('5.2.1/1', '2026', meetings({ part: 10, value: 50 })),
      set('5.2.1/1', '2026', papers({ part: 36 })),
      add('5.2.1/1', '2026', meetings({ part: 2 })),
    ];
    expect(figure('5.2.1/1', said)).toEqual({ kind: 'ratio', part: 48, whole: 250 });
  });

  it('waits for the denominator of a part of which only the numerator is said', () => {
    const said = [set('5.2.1/1', '2026', papers({ part: 30 }))];
    expect(figure('5.2.1/1', said)).toEqual({ kind: 'ratio', part: 30, whole: 0 });
  });

  it('never counts a total beside the parts it is made of', () => {
    const parts = [
      set('5.2.1/1', '2026', papers({ part: 30, value: 200 })),
      set('5.2.1/1', '2026', meetings({ part: 10, value: 50 })),
    ];
    const total = set('5.2.1/1', '2026', { part: 45 });
    expect(figure('5.2.1/1', [...parts, total])).toEqual({ kind: 'ratio', part: 45, whole: 250 });
    expect(figure('5.2.1/1', [total, ...parts])).toEqual({ kind: 'ratio', part: 40, whole: 250 });
  });
});

describe('a limit', () => {
  it('is held against each event', () => {
    const said = [85, 90, 120].map((minutes) => add('5.2.1/2', '2026', minutes));
    expect(figure('5.2.1/2', said)).toEqual({ kind: 'limit', events: [85, 90, 120], within: 2 });
    expect(measure(figure('5.2.1/2', said.slice(0, 2)))).toBe(100);
    expect(measure(figure('5.2.1/2', said.slice(2)))).toBe(0);
    expect(measure(figure('5.2.1/2', []))).toBeNull();
  });

  it('can be a least as well as a most', () => {
    const postings = [59, 60, 61].map((minutes) => add('5.2.1/2', '2026', minutes));
    const least = { ...indicator('5.2.1/2'), comparator: '>=' as const, target: 60 };
    expect(figureOf({ indicators: [least], postings }, least)).toMatchObject({ within: 2 });
  });

  it('has no event where no figure is said', () => {
    expect(figure('5.2.1/2', [add('5.2.1/2', '2026', {})])).toMatchObject({ events: [], within: 0 });
  });

  it('forgets no event for another that is stated', () => {
    const said = [add('5.2.1/2', '2026', 120), set('5.2.1/2', '2026', 80)];
    expect(figure('5.2.1/2', said)).toEqual({ kind: 'limit', events: [120, 80], within: 1 });
  });
});
