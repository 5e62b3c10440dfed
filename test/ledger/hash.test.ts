import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashOfSeal } from '../../src/ledger/entries/dailySeal.ts';
import { hashOf } from '../../src/ledger/entries.ts';

const now = new Date('2026-04-09T02:00:00Z');

test('the hash depends on every part of an entry and not on the order of keys', () => {
  const entry = {
    ...{
      planId: 1,
      taskId: 2,
      chain: '4.3.2',
      seq: 1,
      act: 'note' as const,
      personId: 3,
      sectionId: 4,
      forPersonId: null,
    },
    ...{ platform: 'wecom', chat: 'c', messageId: 'm', at: now, wordsHash: null, prev: '' },
    detail: { a: 1, b: { c: 2, d: 3 } },
  };
  expect(hashOf({ ...entry, detail: { b: { d: 3, c: 2 }, a: 1 } })).toBe(hashOf(entry));
  const others = {
    chain: 'x',
    seq: 2,
    act: 'progress' as const,
    personId: 4,
    sectionId: 5,
    forPersonId: 1,
    platform: 'x',
    chat: 'x',
    messageId: 'x',
    wordsHash: 'x',
    prev: 'x',
  };
  expect(hashOf({ ...entry, detail: { ...entry.detail, gone: undefined } })).toBe(hashOf(entry));
  // What an earlier build has written stays sound.
  expect(hashOf(entry)).toBe('ebdf0ccf97353200bc133ceb30a33bcd21698c7fa009eb113032c429c9bd6fbc');
  const heads: Record<string, [number, string]> = { plan: [1, 'cd'], '4.3.2': [2, 'ab'] };
  expect(hashOfSeal({ planId: 1, day: '2026-04-09', heads, prev: '' })).toBe(
    '7ae4709d2f34b16ea21bff598baad72bac6c2c418294a117515dc0d2a96b0d4c',
  );
  for (const [key, value] of Object.entries(others))
    expect(hashOf({ ...entry, [key]: value })).not.toBe(hashOf(entry));
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      const same = JSON.stringify(one) === JSON.stringify(other);
      fc.pre(!same);
      const [first, second] = [one, other].map((n) => hashOf({ ...entry, detail: { n } }));
      expect(first === second).toBe(sameValue(one, other));
    }),
  );
});

const sameValue = (one: unknown, other: unknown): boolean => {
  try {
    expect(one).toEqual(other);
    return true;
  } catch {
    return false;
  }
};
