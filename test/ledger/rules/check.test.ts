import { describe, expect, it } from 'vitest';
import { check, isComplete } from '../../../src/ledger/rules/check.ts';
import { add, indicator, members, monthsOf2026, on, set, task } from './plan.ts';

const proved = (...codes: string[]) => new Set(codes.map((code) => indicator(code).id));
const of = (code: string, checked: ReturnType<typeof check>) =>
  checked.find((each) => each.indicator.code === code);

describe('the check before a close-out', () => {
  it('asks for every chased indicator and paper, and for nothing that is only counted', () => {
    const codes = (code: string) =>
      check(task(code), on('2026-11-17'), new Set()).map((each) => each.indicator.code);
    expect(codes('4.3.2')).toEqual(['4.3.2/1', '4.3.2/2', '4.3.2/3']);
    expect(codes('1.2.2')).toEqual(['1.2.2/1', '1.2.2/d1']);
  });

  it('asks for every period up to the deadline, also for those to come', () => {
    const postings = monthsOf2026.slice(0, 3).map((month) => add('4.3.1/3', month, 1));
    const checked = check(task('4.3.1', { postings }), on('2026-04-13'), new Set());
    expect(of('4.3.1/3', checked)?.short).toEqual(monthsOf2026.slice(3));
    const early = check(task('4.3.1', { postings, deadline: '2026-03-31' }), on('2026-04-13'), new Set());
    expect(of('4.3.1/3', early)?.short).toEqual([]);
  });

  it('is content with a figure only together with a piece of evidence', () => {
    const given = task('4.3.2', { postings: [add('4.3.2/2', '2026', 4)] });
    const complete = (...evidence: string[]) =>
      check(given, on('2026-11-17'), proved(...evidence))
        .filter(isComplete)
        .map((each) => each.indicator.code);
    expect(complete()).toEqual([]);
    expect(complete('4.3.2/2', '4.3.2/3')).toEqual(['4.3.2/2']);
  });

  it('leaves out what a clerk reported and the chief has not confirmed, and counts it as waiting', () => {
    const postings = [add('4.3.2/2', '2026', 3), add('4.3.2/2', '2026', { value: 1, confirmed: false })];
    const [, drills] = check(task('4.3.2', { postings }), on('2026-11-17'), new Set());
    expect(drills).toMatchObject({ short: ['once'], waiting: 1 });
  });

  it('wants a figure from each member where each has to meet it', () => {
    const lessons = (personIds: number[]) =>
      of(
        '2.1.3/1',
        check(
          task('2.1.3', {
            postings: personIds.map((personId) => set('2.1.3/1', '2026', { personId, value: 2 })),
          }),
          on('2026-11-17'),
          new Set(),
        ),
      )?.short;
    expect(lessons(members.slice(1))).toEqual(['once']);
    expect(lessons(members)).toEqual([]);
  });
});
