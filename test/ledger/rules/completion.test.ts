import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  completionOf,
  isMet,
  percent,
  personCompletion,
  reach,
  taskCompletion,
} from '../../../src/ledger/rules/completion.ts';
import type { Frame, Posting } from '../../../src/ledger/rules/indicator.ts';
import { add, codes, indicator, members, monthsOf2026, on, set, task } from './plan.ts';

const april = on('2026-04-22');
const completion = (code: string, postings: Posting[], frame: Frame = april) =>
  completionOf(task(code.split('/')[0] ?? '', { postings }), indicator(code), frame);
const done = (code: string, postings: Posting[], frame: Frame = april) =>
  percent(taskCompletion(task(code, { postings }), frame) ?? Number.NaN);

describe('an indicator’s completion', () => {
  it('is the figure over the target, and 1 beyond it', () => {
    expect(completion('4.3.2/2', [])).toBe(0);
    expect(completion('4.3.2/2', [add('4.3.2/2', '2026', 3)])).toBe(0.75);
    expect(completion('4.3.2/2', [add('4.3.2/2', '2026', 5)])).toBe(1);
    expect(completion('4.3.2/3', [add('4.3.2/3', '2026', 7)])).toBe(1);
  });

  it('of a month clock is the mean of the months that are over', () => {
    const said = [add('1.1.1/1', '2026-01', 1), add('1.1.1/1', '2026-03', 1)];
    expect(completion('1.1.1/1', said)).toBe(2 / 3);
  });

  it('takes the running month in once it is met, and never more of a month than was asked', () => {
    const said = [add('1.1.1/1', '2026-01', 4), add('1.1.1/1', '2026-04', 1)];
    expect(completion('1.1.1/1', said)).toBe(2 / 4);
  });

  it('is the running period’s alone before any has ended', () => {
    expect(completion('4.2.1/2', [], on('2026-02-10'))).toBe(0);
    expect(completion('4.2.1/2', [add('4.2.1/2', '2026-Q1', 1)], on('2026-02-10'))).toBe(1);
    expect(completion('2.3.2/4', [add('2.3.2/4', '2026-H1', 1)], on('2026-02-10'))).toBe(1);
  });

  it('asks for no period after the deadline', () => {
    const early = task('1.1.1', { deadline: '2026-02-28', postings: [add('1.1.1/1', '2026-01', 1)] });
    expect(completionOf(early, indicator('1.1.1/1'), on('2026-09-01'))).toBe(1 / 2);
  });

  it('of what each person has to meet is the mean over the secretary and the leaders', () => {
    const [first = 0, second = 0] = members;
    const days = (personId: number, period: string, value: number) =>
      add('3.1.1/1', period, { personId, value });
    const said = [
      ...monthsOf2026.slice(0, 3).map((month) => days(first, month, 6)),
      ...[days(second, '2026-01', 5), days(second, '2026-04', 5), days(second, '2026-02', 2.5)],
    ];
    expect(members).toHaveLength(7);
    expect(completion('3.1.1/1', said)).toBeCloseTo((1 + 2.5 / 4) / 7, 12);
    expect(personCompletion(task('3.1.1', { postings: said }), indicator('3.1.1/1'), april, second)).toBe(
      2.5 / 4,
    );
    expect(completion('3.1.1/1', said, on('2026-04-22', { members: [] }))).toBeNull();
  });

  it('of a range counts from its lower bound', () => {
    const [first = 0] = members;
    const reforms = (value: number) => [add('4.1.2/1', '2026', { personId: first, value })];
    const alone = on('2026-04-22', { members: [first] });
    expect([0, 1, 2, 3].map((count) => completion('4.1.2/1', reforms(count), alone))).toEqual([0, 1, 1, 1]);
  });

  it('of a ratio is the percentage over the target, 0 without a denominator', () => {
    const said = [add('2.2.1/1', '2026', 10), add('2.2.1/2', '2026', { part: 7 })];
    expect(completion('2.2.1/2', said)).toBe(1);
    expect(completion('2.2.1/2', [said[0] as Posting, add('2.2.1/2', '2026', { part: 3.5 })])).toBe(0.5);
    expect(completion('2.2.1/2', [add('2.2.1/2', '2026', { part: 3 })])).toBe(0);
    expect(completion('5.1.1/2', [set('5.1.1/2', 'once', { part: 17, value: 20 })])).toBe(0.85);
  });

  it('of a ratio is complete for every part that makes just the percentage', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 999 }), (target, times) => {
        const asked = { ...indicator('5.1.1/2'), target };
        const postings = [set('5.1.1/2', 'once', { part: target * times, value: 100 * times })];
        expect(completionOf({ indicators: [asked], postings, deadline: null }, asked, april)).toBe(1);
      }),
    );
  });

  it('of a limit is the share of events within it, and left out without any', () => {
    expect(completion('5.2.1/2', [])).toBeNull();
    expect(completion('5.2.1/2', [add('5.2.1/2', '2026', 60)])).toBe(1);
    expect(completion('5.2.1/2', [add('5.2.1/2', '2026', 60), add('5.2.1/2', '2026', 100)])).toBe(0.5);
    expect(done('5.2.1', [set('5.2.1/1', '2026', { part: 30, value: 400 })])).toBe(50);
  });

  it('is not kept from 1 by the dust of decimals', () => {
    const asked = { ...indicator('5.1.1/2'), target: 57 };
    expect((0.57 * 100) / 57).toBeLessThan(1);
    expect(reach(asked, { kind: 'ratio', part: 0.57, whole: 1 })).toBe(1);
  });

  it('of what must not be exceeded is 1 up to the target, and less the further beyond', () => {
    const most = { ...indicator('4.3.2/2'), comparator: '<=' as const, target: 4 };
    const reached = [0, 3, 4, 5, 8].map((value) => reach(most, { kind: 'number', value }));
    expect(reached).toEqual([1, 1, 1, 0.8, 0.5]);
  });

  it('of a target of 0 is 1, and a figure below 0 is none', () => {
    const drills = indicator('4.3.2/2');
    expect(reach({ ...drills, target: 0 }, { kind: 'number', value: 0 })).toBe(1);
    expect(reach(drills, { kind: 'number', value: -2 })).toBe(0);
  });

  it('lies between 0 and 1 and never falls when something is added', () => {
    const amount = fc.integer({ min: 0, max: 40 });
    const said = fc.array(fc.record({ month: fc.constantFrom(...monthsOf2026), value: amount }));
    fc.assert(
      fc.property(said, fc.constantFrom(...monthsOf2026), amount, (list, month, value) => {
        for (const [code, period] of [
          ['1.1.1/1', month],
          ['1.1.1/3', '2026'],
          ['4.3.1/2', 'once'],
        ] as const) {
          const postings = list.map((each) =>
            add(code, code === '1.1.1/1' ? each.month : period, each.value),
          );
          const before = completion(code, postings) ?? Number.NaN;
          const after = completion(code, [...postings, add(code, period, value)]) ?? Number.NaN;
          expect(before).toBeGreaterThanOrEqual(0);
          expect(after).toBeLessThanOrEqual(1);
          expect(after).toBeGreaterThanOrEqual(before);
        }
      }),
    );
  });
});

describe('a task’s completion', () => {
  it('is the mean of what is chased, each counting the same', () => {
    const said = [
      set('4.3.2/1', 'once', 2),
      add('4.3.2/2', '2026', 1),
      add('4.3.2/3', '2026', 2),
      add('4.3.2/4', '2026', 118),
    ];
    expect(taskCompletion(task('4.3.2', { postings: said }), april)).toBeCloseTo(
      (1 / 4 + 1 / 4 + 1 / 3) / 3,
      12,
    );
    expect(done('4.3.2', said)).toBe(27);
  });

  it('counts its papers, one each or one for every person', () => {
    expect(done('1.1.2', [])).toBe(0);
    expect(done('1.1.2', [set('1.1.2/d1', 'once', 1)])).toBe(100);
    const plans = members.slice(0, 6).map((personId) => set('2.1.1/d1', 'once', { personId, value: 1 }));
    expect(taskCompletion(task('2.1.1', { postings: plans }), april)).toBeCloseTo(6 / 7 / 5, 12);
  });

  it('of a list and a signed share, and of people and case rooms, is as the plan’s readers reckon it', () => {
    expect(done('5.1.1', [set('5.1.1/1', 'once', 28), set('5.1.1/2', 'once', { part: 17, value: 20 })])).toBe(
      92,
    );
    expect(done('2.2.1', [add('2.2.1/1', '2026', 3), add('2.2.1/2', '2026', { part: 3 })])).toBe(40);
  });

  it('ignores what is only monitored', () => {
    const monitored = fc.record({
      code: fc.constantFrom('4.3.2/4', '3.3.2/2', '6.3.1/1', '1.2.2/3'),
      value: fc.integer({ min: 1, max: 500 }),
    });
    fc.assert(
      fc.property(monitored, ({ code, value }) => {
        const name = code.split('/')[0] ?? '';
        const period = code === '1.2.2/3' ? 'once' : '2026';
        expect(indicator(code).class).toBe('monitor');
        expect(taskCompletion(task(name, { postings: [add(code, period, value)] }), april)).toBe(
          taskCompletion(task(name), april),
        );
      }),
    );
  });

  it('is nothing where there is nothing to measure', () => {
    expect(taskCompletion(task('3.1.2'), april)).toBeNull();
    expect(taskCompletion(task('4.3.2', { indicators: [] }), april)).toBeNull();
  });

  it('starts at 0 for every task of the plan that chases anything', () => {
    const started = codes.filter((code) => taskCompletion(task(code), april) !== 0);
    expect(started).toEqual(['3.1.2']);
  });
});

describe('the percentage shown', () => {
  it.each([
    [0, 0],
    [0.29, 29],
    [0.57, 57],
    [2 / 3 + 1 / 3, 100],
    [2 / 3, 66],
    [(2 / 3 + 1 / 3) / 2, 50],
    [0.999999, 99],
    [1 - 1e-12, 99],
    [1, 100],
  ])('of %d is %i', (completion, shown) => {
    expect(percent(completion)).toBe(shown);
  });

  it('is every hundredth’s own', () => {
    for (let each = 0; each <= 100; each++) expect(percent(each / 100)).toBe(each);
  });
});

describe('a period', () => {
  it('is met when everyone has met it', () => {
    const said = members.map((personId) => add('5.1.2/1', '2026-Q1', { personId, value: 1 }));
    const met = (postings: Posting[]) =>
      isMet(task('5.1.2', { postings }), indicator('5.1.2/1'), april, '2026-Q1');
    expect(met(said)).toBe(true);
    expect(met(said.slice(1))).toBe(false);
  });
});
