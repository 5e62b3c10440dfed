import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarOf } from '../../../src/ledger/calendar.ts';
import { addDays } from '../../../src/ledger/days.ts';
import { taskCompletion } from '../../../src/ledger/rules/completion.ts';
import { type Lit, lightOf, type Outlook, usual } from '../../../src/ledger/rules/light.ts';
import { periodOf } from '../../../src/ledger/rules/period.ts';
import { add, codes, indicator, members, monthsOf2026, on, set, task } from './plan.ts';

const calendar = calendarOf([]);
const light = (code: string, today: string, changes: Partial<Outlook> = {}, since = '2026-01-01'): Lit =>
  lightOf(task(code, changes), on(today, { since }), calendar);
const node = (code: string, due: string, value: number) => ({ indicatorId: indicator(code).id, due, value });

describe('red', () => {
  it('is a task from the day after its deadline, counted in working days', () => {
    expect(light('5.1.1', '2026-03-31').light).not.toBe('red');
    expect(light('5.1.1', '2026-04-01')).toMatchObject({ light: 'red', overdueBy: 1 });
    expect(light('5.1.1', '2026-04-13')).toMatchObject({
      light: 'red',
      overdueBy: 8,
      reasons: [{ light: 'red', why: 'overdue', due: '2026-03-31', by: 8 }],
    });
  });

  it('begins on a day off too, with no working day gone yet', () => {
    expect(light('5.1.1', '2026-05-02', { deadline: '2026-04-30' })).toMatchObject({
      light: 'red',
      overdueBy: 0,
    });
  });

  it('is not a task whose close-out was requested by its deadline', () => {
    const asked = (submittedOn: string) =>
      light('5.1.1', '2026-04-13', { state: 'submitted', submittedOn }).light;
    expect(asked('2026-03-31')).toBe('green');
    expect(asked('2026-04-01')).toBe('red');
  });

  it('is a task whose deadline passed before the ledger began', () => {
    expect(light('5.1.1', '2026-06-01', {}, '2026-05-20').light).toBe('red');
  });

  it('is no task without a deadline', () => {
    expect(light('5.1.1', '2026-12-31', { deadline: null }).light).toBe('green');
  });
});

describe('yellow', () => {
  it('is a task behind a node, from the day after it', () => {
    const plans = { nodes: [node('4.3.2/1', '2026-03-31', 3)], postings: [set('4.3.2/1', 'once', 2)] };
    expect(light('4.3.2', '2026-03-31', plans).light).toBe('green');
    expect(light('4.3.2', '2026-04-13', plans)).toMatchObject({
      light: 'yellow',
      overdueBy: 0,
      reasons: [
        { light: 'yellow', why: 'node', indicator: '4.3.2/1', due: '2026-03-31', asked: 3, figure: 2 },
      ],
    });
    expect(light('4.3.2', '2026-04-13', { ...plans, postings: [set('4.3.2/1', 'once', 3)] }).light).toBe(
      'green',
    );
  });

  it('waits for what goes out only when the quarter is over, and completion doesn’t count it before', () => {
    const months = ['2026-01', '2026-02', '2026-03'].map((month) => add('1.3.1/2', month, 1));
    const late = (today: string, more: Outlook['postings'] = []) => {
      const held = task('1.3.1', { postings: [...months, ...more] });
      const indicators = held.indicators.map((each) =>
        each.code === '1.3.1/3' ? { ...each, afterwards: true } : each,
      );
      const frame = on(today);
      const { reasons } = lightOf({ ...held, indicators }, frame, calendar);
      return {
        missed: reasons.flatMap((each) => (each.why === 'missed' ? [each.period] : [])),
        asked: reasons.flatMap((each) => (each.why === 'period' ? [each.period] : [])),
        completion: taskCompletion({ ...held, indicators }, frame),
      };
    };
    expect(late('2026-03-31').asked).toEqual([]);
    expect([late('2026-04-20').missed, late('2026-04-21').missed]).toEqual([[], ['2026-Q1']]);
    const released = late('2026-04-02', [add('1.3.1/3', '2026-Q1', 1)]).completion ?? 0;
    expect(released - (late('2026-04-02').completion ?? 0)).toBeCloseTo(0.25);
  });

  it('is a ratio behind its node, also before anything is said of it', () => {
    const signed = (part: number) => ({
      nodes: [node('5.1.1/2', '2026-02-27', 50)],
      postings: part > 0 ? [set('5.1.1/2', 'once', { part, value: 20 })] : [],
      deadline: null,
    });
    expect([0, 9, 10].map((part) => light('5.1.1', '2026-03-01', signed(part)).light)).toEqual([
      'yellow',
      'yellow',
      'green',
    ]);
  });

  it('is a node on each person’s figure until everyone has passed it', () => {
    const lectures = members.map((personId) => add('2.1.3/1', '2026', { personId, value: 1 }));
    const nodes = [node('2.1.3/1', '2026-06-30', 1)];
    expect(light('2.1.3', '2026-07-01', { nodes, postings: lectures }).light).toBe('green');
    expect(light('2.1.3', '2026-07-01', { nodes, postings: lectures.slice(1) }).light).toBe('yellow');
  });

  it('is no node on a limit before the first event', () => {
    const meetings = (minutes: number[]) => ({
      nodes: [node('5.2.1/2', '2026-06-30', 100)],
      postings: minutes.map((each) => add('5.2.1/2', '2026', each)),
    });
    const lights = [[], [80], [80, 120]].map((each) => light('5.2.1', '2026-07-01', meetings(each)).light);
    expect(lights).toEqual(['green', 'green', 'yellow']);
  });

  it('is an assessment that its quarter ended without', () => {
    const { light: shown, reasons } = light('4.2.1', '2026-04-13');
    expect(shown).toBe('yellow');
    expect(reasons).toEqual([{ light: 'yellow', why: 'missed', indicator: '4.2.1/2', period: '2026-Q1' }]);
    expect(light('4.2.1', '2026-04-13', { postings: [add('4.2.1/2', '2026-Q1', 1)] }).light).toBe('green');
  });

  it('is a month that one leader of seven has not met', () => {
    const field = (people: number[]) => ({
      postings: people.map((personId) => add('3.1.1/1', '2026-01', { personId, value: 5 })),
    });
    expect(light('3.1.1', '2026-02-02', field(members)).light).toBe('blue');
    expect(light('3.1.1', '2026-02-02', field(members.slice(1))).light).toBe('yellow');
  });

  it('leaves out what ended before the ledger began', () => {
    expect(light('4.2.1', '2026-04-13', {}, '2026-03-31').light).toBe('yellow');
    expect(light('4.2.1', '2026-04-13', {}, '2026-04-01').light).toBe('green');
    const nodes = [node('4.3.2/1', '2026-03-31', 3)];
    expect(light('4.3.2', '2026-04-13', { nodes }, '2026-03-31').light).toBe('yellow');
    expect(light('4.3.2', '2026-04-13', { nodes }, '2026-04-01').light).toBe('green');
  });

  it('is little done with little time left where neither node nor clock drives the task', () => {
    const reports = (count: number) => ({ postings: [add('1.1.3/1', '2026', count)] });
    expect(light('1.1.3', '2026-10-01', reports(2)).light).toBe('green');
    expect(light('1.1.3', '2026-10-02', reports(2))).toMatchObject({
      light: 'yellow',
      reasons: [{ why: 'time', due: '2026-12-31', completion: 0.5 }],
    });
    expect(light('1.1.3', '2026-10-02', reports(3)).light).toBe('green');
    expect(light('1.1.3', '2026-10-02', { nodes: [node('1.1.3/1', '2026-11-30', 4)] }).light).toBe('green');
  });

  it('is that until the deadline’s own day, and not with the share done that is asked', () => {
    expect(light('1.1.3', '2026-12-31').reasons.map(({ why }) => why)).toEqual(['time', 'deadline']);
    const indicators = [{ ...indicator('1.1.3/1'), target: 10 }];
    const reports = (count: number) => ({ indicators, postings: [add('1.1.3/1', '2026', count)] });
    expect([6.9, 7].map((count) => light('1.1.3', '2026-10-02', reports(count)).light)).toEqual([
      'yellow',
      'green',
    ]);
  });

  it('is not that where a single clock drives the task', () => {
    const assessed = ['2026-Q1', '2026-Q2', '2026-Q3'].map((quarter) => add('4.2.1/2', quarter, 1));
    expect(light('4.2.1', '2026-10-15', { postings: assessed }).light).toBe('green');
  });

  it('is never a matter of even pace', () => {
    expect(light('4.2.2', '2026-09-30').light).toBe('green');
  });

  it('is as strict as the plan sets it', () => {
    const strict = { ...usual, time_left: 0.5, completion: 0.9 };
    const later = task('1.1.3', { postings: [add('1.1.3/1', '2026', 3)] });
    expect(lightOf(later, on('2026-08-03'), calendar).light).toBe('green');
    expect(lightOf(later, on('2026-08-03'), calendar, strict).light).toBe('yellow');
  });
});

describe('blue', () => {
  it('is a task due within twenty working days', () => {
    const almost = { postings: [set('5.1.1/1', 'once', 28), set('5.1.1/2', 'once', { part: 9, value: 10 })] };
    expect(calendar.workdayFrom('2026-03-31', -20)).toBe('2026-03-03');
    expect(light('5.1.1', '2026-03-02', almost).light).toBe('green');
    expect(light('5.1.1', '2026-03-03', almost)).toMatchObject({
      light: 'blue',
      overdueBy: 0,
      reasons: [{ light: 'blue', why: 'deadline', due: '2026-03-31', in: 20 }],
    });
    expect(light('5.1.1', '2026-03-31', almost).reasons).toMatchObject([{ in: 0 }]);
  });

  it('is a running period not met yet that ends within twenty working days', () => {
    const first = { postings: [add('4.2.1/2', '2026-Q1', 1)] };
    expect(light('4.2.1', '2026-05-31', first).light).toBe('green');
    expect(light('4.2.1', '2026-06-01', first)).toMatchObject({
      light: 'blue',
      reasons: [{ why: 'period', indicator: '4.2.1/2', period: '2026-Q2', due: '2026-06-30', in: 20 }],
    });
    const both = { postings: [...first.postings, add('4.2.1/2', '2026-Q2', 1)] };
    expect(light('4.2.1', '2026-06-01', both).light).toBe('green');
  });

  it('is no task whose close-out is already requested', () => {
    const asked = { state: 'submitted', submittedOn: '2026-03-20' } as const;
    expect(light('5.1.1', '2026-03-25', asked).light).toBe('green');
  });

  it('is no week', () => {
    const weekly = { ...indicator('5.2.3/1'), clock: 'week' as const };
    const postings = monthsOf2026.flatMap((month) =>
      [...Array(31).keys()].map((offset) =>
        set('5.2.3/1', periodOf('week', addDays(`${month}-01`, offset)), 1),
      ),
    );
    const past = postings.filter(({ period }) => period < '2026-W17');
    expect(light('5.2.3', '2026-04-22', { indicators: [weekly], postings: past }).light).toBe('green');
  });
});

describe('no light', () => {
  it('is on a closed task, nor on one that the discipline inspectors posted here lead', () => {
    expect(light('5.1.1', '2026-04-13', { state: 'closed' })).toMatchObject({
      light: null,
      overdueBy: 0,
      reasons: [],
    });
    expect(light('5.1.1', '2026-04-13', { resident: true })).toMatchObject({
      light: null,
      overdueBy: 0,
      reasons: [],
    });
  });

  it('comes from what is only monitored', () => {
    const nodes = [node('4.3.2/4', '2026-03-31', 40)];
    expect(light('4.3.2', '2026-04-13', { nodes }).light).toBe('green');
    const monthly = { ...indicator('4.3.2/4'), clock: 'month' as const };
    expect(light('4.3.2', '2026-04-13', { indicators: [monthly] }).light).toBe('green');
  });
});

describe('every task of the plan', () => {
  const severity = ['green', 'blue', 'yellow', 'red'];
  const day = fc.integer({ min: 0, max: 400 }).map((offset) => addDays('2026-01-01', offset));
  const said = fc.array(
    fc.record({
      part: fc.nat(20),
      value: fc.nat(20),
      which: fc.nat(),
      month: fc.constantFrom(...monthsOf2026),
      personId: fc.constantFrom(null, ...members),
    }),
    { maxLength: 12 },
  );
  const outlook = fc
    .record({
      code: fc.constantFrom(...codes),
      said,
      deadline: fc.option(day),
      due: day,
      submittedOn: fc.option(day),
    })
    .map(({ code, said: list, deadline, due, submittedOn }): Outlook => {
      const { indicators } = task(code);
      const postings = list.flatMap(({ which, month, part, value, personId }) => {
        const each = indicators[which % indicators.length];
        return each ? [add(each.code, periodOf(each.clock, `${month}-15`), { part, value, personId })] : [];
      });
      const nodes = indicators.slice(0, 1).map((each) => node(each.code, due, 5));
      return task(code, { postings, nodes, deadline, submittedOn });
    });

  it('never gets a better light by time alone', () => {
    fc.assert(
      fc.property(outlook, day, day, fc.nat(60), (given, since, first, later) => {
        const from = first < since ? since : first;
        const at = (today: string) =>
          severity.indexOf(lightOf(given, on(today, { since }), calendar).light ?? '');
        expect(at(addDays(from, later))).toBeGreaterThanOrEqual(at(from));
      }),
      { numRuns: 300 },
    );
  });

  it('is lit as its worst reason says, and only with one', () => {
    fc.assert(
      fc.property(outlook, day, (given, today) => {
        const { light: shown, reasons } = lightOf(given, on(today), calendar);
        const worst = Math.max(0, ...reasons.map((reason) => severity.indexOf(reason.light)));
        expect(shown).toBe(severity[worst]);
      }),
    );
  });
});
