import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Leave, parcelsOf } from '../../src/ledger/outbox/parcels.ts';
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
const leave: Leave = {
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

/** A letter to one person, put and due ten minutes ago, that has been through nothing. */
const waiting = (id: number, more: Partial<Letter> = {}): Letter => ({
  ...{ id, planId: 1, key: `${id}`, push: 'test', platform: 'wecom', groupId: null, personId: 1 },
  ...{ account: 'a', robot: 'r', reply: { lines: [] }, tasks: [], marks: [], uuid: `u${id}` },
  ...{ once: false, quiet: true, state: 'pending', attempt: 0, again: false },
  ...{ createdAt: minutes(-10), dueAt: minutes(-10), expiresAt: minutes(60) },
  ...{ leftAt: null, triedAt: null, endedAt: null, why: null, seenAt: null },
  ...more,
});
const seconds = (count: number) => minutes(count / 60);
const toGroup = { account: null, groupId: 7, personId: null };
const going = (open: Letter[], ways: Partial<Leave> = {}, answered?: Parameters<typeof parcelsOf>[3]) =>
  parcelsOf(open, now, { ...leave, fit: () => true, ...ways }, answered).map((parcel) =>
    parcel.map(({ id }) => id),
  );

describe('letters to one chat', () => {
  const fresh = { createdAt: now, dueAt: now };

  test('go as one when they had to wait for half a minute, whoever reads them', () => {
    const waited = { ...toGroup, createdAt: seconds(-30), dueAt: seconds(-30) };
    expect(going([1, 2].map((id) => waiting(id, waited)))).toEqual([[1, 2]]);
    for (const later of [{ createdAt: seconds(-29) }, { dueAt: seconds(-29) }]) {
      expect(going([waiting(1, waited), waiting(2, { ...waited, ...later })])).toEqual([[1]]);
      expect(going([waiting(1, { ...waited, ...later }), waiting(2, waited)])).toEqual([[1]]);
    }
  });

  test('go as one when they remind one person, but not when one answers or isn’t due', () => {
    expect(going([waiting(1, fresh), waiting(2, fresh)])).toEqual([[1, 2]]);
    expect(going([waiting(1, { ...fresh, ...toGroup }), waiting(2, { ...fresh, ...toGroup })])).toEqual([
      [1],
    ]);
    const answers = { ...fresh, quiet: false };
    expect(going([waiting(1, answers), waiting(2, answers)])).toEqual([[1]]);
    expect(going([waiting(1), waiting(2, { quiet: false })])).toEqual([[1]]);
    expect(going([waiting(1), waiting(2, { dueAt: seconds(1) })])).toEqual([[1]]);
    expect(going([waiting(1), waiting(2, { once: true }), waiting(3)])).toEqual([[1]]);
    expect(going([waiting(1), waiting(2)], { fit: () => false })).toEqual([[1]]);
  });

  test('wait for one that is being sent, while other chats go on', () => {
    const sending = { state: 'sending', attempt: 1, triedAt: seconds(-1) } as const;
    expect(
      going([waiting(1, sending), waiting(2), waiting(3, { account: 'b' }), waiting(4, toGroup)]),
    ).toEqual([[3], [4]]);
    expect(going([waiting(1, toGroup), waiting(2, { ...toGroup, groupId: 8 })])).toEqual([[1], [2]]);
  });

  test('that may not leave hold up nothing', () => {
    expect(going([waiting(1), waiting(2)], { may: ({ id }: Letter) => id === 2 })).toEqual([[2]]);
    expect(going([waiting(1)], { may: () => false })).toEqual([]);
  });
});

describe('when a letter is due', () => {
  const tried = { state: 'waiting', attempt: 3, triedAt: minutes(-2), dueAt: minutes(1) } as const;

  test('is its moment; after an attempt not where the clock was set back before that', () => {
    expect(going([waiting(1, { dueAt: now })])).toEqual([[1]]);
    expect(going([waiting(1, { dueAt: seconds(1) })])).toEqual([]);
    expect(going([waiting(1, { dueAt: minutes(61) })])).toEqual([]);
    expect(going([waiting(1, { ...tried, dueAt: now })])).toEqual([[1]]);
    expect(going([waiting(1, { ...tried, dueAt: minutes(60) })])).toEqual([]);
    expect(going([waiting(1, { ...tried, dueAt: seconds(3601) })])).toEqual([[1]]);
  });

  test('comes sooner once its robot has taken another since, a minute after its own attempt at the soonest', () => {
    const person = (at: Date | null) => ({ group: null, person: at });
    expect(going([waiting(1, tried)], {}, person(seconds(-119)))).toEqual([[1]]);
    expect(going([waiting(1, tried)], {}, person(minutes(-2)))).toEqual([]);
    expect(going([waiting(1, tried)], {}, person(null))).toEqual([]);
    expect(going([waiting(1, tried)])).toEqual([]);
    expect(going([waiting(1, tried)], {}, { group: now, person: null })).toEqual([]);
    expect(going([waiting(1, { ...tried, ...toGroup })], {}, { group: now, person: null })).toEqual([[1]]);
    expect(going([waiting(1, { ...tried, ...toGroup })], {}, person(now))).toEqual([]);
    const soon = { ...tried, triedAt: minutes(-1) };
    expect(going([waiting(1, soon)], {}, person(now))).toEqual([[1]]);
    expect(going([waiting(1, { ...soon, triedAt: seconds(-59) })], {}, person(now))).toEqual([]);
    expect(going([waiting(1, { ...tried, triedAt: null })], {}, person(now))).toEqual([]);
  });

  test('comes no sooner than the platform asked for', () => {
    const asked = { ...tried, dueAt: seconds(61) };
    expect(going([waiting(1, asked)], {}, { group: null, person: now })).toEqual([]);
    const doubt = { ...tried, state: 'unknown', attempt: 1, dueAt: minutes(10) } as const;
    expect(going([waiting(1, doubt)], {}, { group: null, person: now })).toEqual([[1]]);
    expect(going([waiting(1, { ...doubt, dueAt: seconds(601) })], {}, { group: null, person: now })).toEqual(
      [],
    );
  });
});
