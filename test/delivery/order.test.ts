import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fateOf, type Outcome, TRIES } from '../../src/ledger/outbox/fate.ts';
import { parcelsOf } from '../../src/ledger/outbox/parcels.ts';
import type { Letter } from '../../src/ledger/outbox.ts';

const now = new Date('2026-04-01T09:00:00+08:00');
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

const letter: fc.Arbitrary<Omit<Letter, 'id'>> = fc
  .record({
    chat: fc.constantFrom('a', 'b', 'c'),
    state: fc.constantFrom('pending', 'waiting', 'unknown', 'sending'),
    due: fc.integer({ min: -10, max: 3 }),
    attempt: fc.integer({ min: 1, max: 5 }),
    once: fc.boolean(),
    quiet: fc.boolean(),
    uuid: fc.constantFrom('u1', 'u2'),
  })
  .map(({ chat, state, due, attempt, once, quiet, uuid }) => ({
    ...{ planId: 1, key: '', push: 'test', platform: 'wecom', groupId: null, personId: null },
    ...{ account: chat, robot: 'r', reply: { lines: [] }, tasks: [], marks: [], uuid, once, quiet },
    ...{ state: state as Letter['state'], attempt: state === 'pending' ? 0 : attempt, again: false },
    ...{ createdAt: minutes(-10), dueAt: minutes(due), expiresAt: minutes(60) },
    ...{ leftAt: minutes(-5), triedAt: minutes(-2), endedAt: null, why: null, seenAt: null },
  }));

/** As the database gives them: what was tried stands first. */
const queue = fc
  .array(letter, { maxLength: 12 })
  .map((letters) =>
    letters
      .toSorted(
        (one, other) =>
          Number(one.attempt === 0) - Number(other.attempt === 0) ||
          one.dueAt.getTime() - other.dueAt.getTime(),
      )
      .map((each, id) => ({ ...each, id, uuid: each.attempt === 0 ? `own ${id}` : each.uuid })),
  );
const leave = {
  may: () => true,
  repeats: () => false,
  budget: () => ({ minute: 18 }),
  fit: (parcel: Letter[]) => parcel.length <= 3,
};

describe('what may leave', () => {
  test('is for each chat one parcel of the first that wait for it, in their order', () => {
    fc.assert(
      fc.property(queue, (open) => {
        const parcels = parcelsOf(open, now, leave);
        const chats = parcels.map(([head]) => head?.account);
        expect(new Set(chats).size).toBe(chats.length);
        for (const parcel of parcels) {
          const waiting = open.filter(({ account }) => account === parcel[0]?.account);
          const [head] = parcel;
          const left = waiting.filter(({ uuid }) => uuid === head?.uuid);
          expect(parcel).toEqual(head?.attempt === 0 ? waiting.slice(0, parcel.length) : left);
          expect(parcel[0]?.dueAt.getTime()).toBeLessThanOrEqual(now.getTime());
          expect(waiting.some(({ state }) => state === 'sending')).toBe(false);
        }
      }),
    );
  });

  test('puts no bulletin, and nothing that was tried before, together with anything new, and nothing that may leave at night with what may not', () => {
    fc.assert(
      fc.property(queue, (open) => {
        for (const parcel of parcelsOf(open, now, leave).filter(({ length }) => length > 1)) {
          const uuids = new Set(parcel.map(({ uuid }) => uuid));
          const isFresh = parcel.every(({ attempt, once }) => attempt === 0 && !once);
          expect(isFresh || uuids.size === 1).toBe(true);
          expect(new Set(parcel.map(({ attempt }) => attempt === 0)).size).toBe(1);
          expect(isFresh && parcel.length > 3).toBe(false);
          if (isFresh) expect(new Set(parcel.map(({ quiet }) => quiet)).size).toBe(1);
        }
      }),
    );
  });

  test('tears nothing that has once left together, though it no longer fit', () => {
    fc.assert(
      fc.property(queue, (open) => {
        for (const parcel of parcelsOf(open, now, { ...leave, fit: () => false })) {
          const [head] = parcel;
          const left = open.filter(({ account, uuid }) => account === head?.account && uuid === head?.uuid);
          expect(parcel).toEqual(left);
        }
      }),
    );
  });

  test('holds back nothing that waits behind what may not leave at all', () => {
    const [open] = fc.sample(
      queue.filter((letters) => letters.some(({ quiet }) => !quiet)),
      1,
    );
    const night = { ...leave, may: ({ quiet }: Letter) => !quiet };
    for (const parcel of parcelsOf(open ?? [], now, night)) {
      expect(parcel.every(({ quiet }) => !quiet)).toBe(true);
    }
  });
});

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
  test('ends within six tries, never shows twice what may have arrived without saying so, and forgets no doubt', () => {
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
            expect(row.attempt).toBeLessThan(TRIES);
          }
          expect(unmarked).toBe(0);
          expect(row.attempt).toBeLessThanOrEqual(TRIES);
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
});
