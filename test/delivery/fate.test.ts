import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backOff, fateOf, type Outcome, TRIES } from '../../src/ledger/outbox/fate.ts';

const now = new Date('2026-04-01T09:00:00+08:00');
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constant<Outcome>({ is: 'sent' }),
  fc.record({
    is: fc.constant('later' as const),
    at: fc.constant(now),
    pause: fc.boolean(),
    why: fc.constant('w'),
  }),
  fc.record({ is: fc.constant('never' as const), why: fc.constant('w'), gone: fc.boolean() }),
  fc.record({ is: fc.constant('unknown' as const), why: fc.constant('w'), ours: fc.boolean() }),
);

describe("a letter's life", () => {
  test('ends within six tries unless its robot is to rest, never shows twice what may have arrived without saying so, and forgets no doubt', () => {
    fc.assert(
      fc.property(
        fc.array(outcome, { minLength: 8, maxLength: 8 }),
        fc.boolean(),
        fc.boolean(),
        (outcomes, once, repeats) => {
          let row = { attempt: 0, once, again: false, inDoubt: false };
          let unmarked = 0;
          let wasUnknown = false;
          for (const each of outcomes) {
            row = { ...row, attempt: row.attempt + 1, again: row.again || (row.inDoubt && !repeats) };
            if (!row.again && row.inDoubt && !repeats) unmarked += 1;
            const fate = fateOf(row, each, repeats, now);
            wasUnknown ||= each.is === 'unknown';
            if (wasUnknown && each.is !== 'sent') expect(fate.state).toBe('unknown');
            if (!wasUnknown) expect(fate.state).not.toBe('unknown');
            if (once && wasUnknown) expect(fate.endedAt).not.toBeNull();
            if (fate.endedAt) {
              expect(fate.dueAt).toBeUndefined();
              break;
            }
            expect(fate.dueAt && fate.dueAt > now).toBe(true);
            row = { ...row, inDoubt: fate.state === 'unknown' };
            const rests = each.is === 'later' && each.pause;
            if (!rests) expect(row.attempt).toBeLessThan(TRIES);
          }
          expect(unmarked).toBe(0);
        },
      ),
    );
  });

  test('is tried six times within the half hour in which a platform knows a repeat', () => {
    let at = now.getTime();
    for (let attempt = 1; attempt < TRIES; attempt += 1) {
      const { dueAt } = fateOf(
        { attempt, once: false, again: false, inDoubt: true },
        { is: 'unknown', why: 'w' },
        true,
        new Date(at + 1),
      );
      at = Math.ceil((dueAt?.getTime() ?? 0) / 60_000) * 60_000;
    }
    expect(at - now.getTime()).toBeLessThan(30 * 60_000);
  });

  const tried = { attempt: 1, once: false, again: false, inDoubt: false };
  const later = (at: Date): Outcome => ({ is: 'later', at, pause: false, why: 'w' });
  const soon = later(now);
  const unknown: Outcome = { is: 'unknown', why: 'w' };
  const due = (row: Partial<typeof tried>, outcome: Outcome, repeats = false) => {
    const { state, dueAt, endedAt } = fateOf({ ...tried, ...row }, outcome, repeats, now);
    return [state, dueAt ? (dueAt.getTime() - now.getTime()) / 60_000 : null, endedAt === now];
  };

  test('ends with what the platform took, whatever was in doubt before', () => {
    expect(fateOf({ ...tried, inDoubt: true }, { is: 'sent' }, false, now)).toEqual({
      ...{ state: 'sent', why: null, endedAt: now },
    });
    expect(fateOf(tried, { is: 'never', why: 'w', gone: false }, false, now)).toEqual({
      ...{ state: 'dead', why: 'w', endedAt: now },
    });
    expect(fateOf(tried, soon, false, now)).toEqual({
      ...{ state: 'waiting', why: 'w', endedAt: null, dueAt: minutes(1) },
    });
  });

  test('goes on after one, two, three, five and thirteen minutes, or when the platform says', () => {
    const waits = [1, 2, 3, 4, 5, 6].map((attempt) => due({ attempt }, soon));
    expect(waits).toEqual([
      ...[1, 2, 3, 5, 13].map((wait) => ['waiting', wait, false]),
      ['dead', null, true],
    ]);
    expect(due({ attempt: 2 }, later(minutes(1)))).toEqual(['waiting', 2, false]);
    expect(due({ attempt: 2 }, later(minutes(7)))).toEqual(['waiting', 7, false]);
    const rest = { ...later(minutes(10)), pause: true };
    expect(due({ attempt: 6 }, rest)).toEqual(['waiting', 13, false]);
    expect(due({ attempt: 9, inDoubt: true }, rest)).toEqual(['unknown', 13, false]);
    expect([1, 5, 7].map((attempt) => backOff(attempt, false) / 60_000)).toEqual([1, 13, 13]);
    expect([1, 5, 6].map((attempt) => backOff(attempt, true) / 60_000)).toEqual([12, 13, 13]);
  });

  test('goes once more after twelve minutes where it may have arrived, and no bulletin at all', () => {
    expect(due({}, unknown)).toEqual(['unknown', 12, false]);
    expect(due({ attempt: 5 }, unknown)).toEqual(['unknown', 12, false]);
    expect(due({ attempt: 6 }, unknown)).toEqual(['unknown', null, true]);
    expect(due({ again: true, inDoubt: true, attempt: 2 }, unknown)).toEqual(['unknown', null, true]);
    expect(due({ once: true }, unknown)).toEqual(['unknown', null, true]);
    expect(due({ once: true }, unknown, true)).toEqual(['unknown', null, true]);
    expect(due({ once: true }, soon)).toEqual(['waiting', 1, false]);
  });

  test('goes on as ever where this side broke off, or where the platform knows a repeat', () => {
    expect(due({ attempt: 2 }, { ...unknown, ours: true })).toEqual(['unknown', 2, false]);
    expect(due({ attempt: 2 }, unknown, true)).toEqual(['unknown', 2, false]);
    expect(due({ attempt: 2, again: true }, unknown, true)).toEqual(['unknown', 2, false]);
  });

  test('stays in doubt through every refusal', () => {
    expect(due({ inDoubt: true, attempt: 2 }, soon)).toEqual(['unknown', 2, false]);
    expect(due({ inDoubt: true, attempt: 6 }, soon)).toEqual(['unknown', null, true]);
    expect(due({ inDoubt: true }, { is: 'never', why: 'w', gone: false })).toEqual(['unknown', null, true]);
  });
});
