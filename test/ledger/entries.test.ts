import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verify } from '../../src/ledger/audit.ts';
import type { Store } from '../../src/ledger/db.ts';
import { hashOf, write } from '../../src/ledger/entries.ts';
import { chainOf, lock } from '../../src/ledger/facts.ts';
import { plansOf } from '../../src/ledger/people.ts';
import { loadSample } from '../../src/ledger/plan.ts';
import { entries, tasks, words } from '../../src/ledger/schema.ts';
import { stores } from '../setup/stores.ts';

const now = new Date('2026-04-09T02:00:00Z');
const nobody = { personId: null, platform: null, chat: null, messageId: null };

describe.each(stores)('the history of the ledger ($kind)', ({ open }) => {
  let store: Store;
  let planId: number;
  beforeEach(async () => {
    store = await open();
    await loadSample(store.db, now);
    planId = (await plansOf(store.db))[0]?.id ?? 0;
  });
  afterEach(() => store.close());

  const enter = (code: string, detail: Record<string, unknown>, said = '') =>
    store.db.transaction(async (tx) => {
      const [task] = await lock(tx, planId, [code]);
      if (!task) throw new Error(`no task ${code}`);
      return write(tx, chainOf(task), 'note', detail, nobody, now, said);
    });

  /** What nobody may do through the product, done by somebody with the database's own key. */
  const tamper = async (...statements: ReturnType<typeof sql>[]) => {
    await store.db.execute(sql`alter table entries disable trigger all`);
    for (const statement of statements) await store.db.execute(statement);
    await store.db.execute(sql`alter table entries enable trigger all`);
  };

  test('is sound when nobody has bent it, and counts its entries', async () => {
    await enter('4.3.2', { part: 1 }, '演练方案已会签');
    await enter('4.3.2', { part: 2.5, deep: { b: 1, a: [null, '二'] } });
    await enter('1.1.1', {});
    expect(await verify(store.db)).toEqual({ sound: true, entries: 3 });
  });

  test('refuses to change, remove or empty entries', async () => {
    await enter('4.3.2', {});
    const refused = { cause: { code: '23001' } };
    await expect(store.db.update(entries).set({ act: 'other' })).rejects.toMatchObject(refused);
    await expect(store.db.delete(entries)).rejects.toMatchObject(refused);
    await expect(store.db.execute(sql`truncate entries cascade`)).rejects.toMatchObject(refused);
  });

  test.each([
    ['an edit', sql`update entries set detail = '{"n":9}' where chain = '4.3.2' and seq = 2`, 2],
    [
      'an edit of the time',
      sql`update entries set at = at + interval '1 second' where chain = '4.3.2' and seq = 1`,
      1,
    ],
    ['a deletion', sql`delete from entries where chain = '4.3.2' and seq = 2`, 3],
    ['a cut tail', sql`delete from entries where chain = '4.3.2' and seq = 3`, 2],
  ])('names the first bad row after %s', async (_what, statement, entry) => {
    for (const n of [1, 2, 3]) await enter('4.3.2', { n });
    await enter('1.1.1', {});
    await tamper(statement);
    expect(await verify(store.db)).toMatchObject({ sound: false, task: '4.3.2', entry });
  });

  test('names a reordering', async () => {
    for (const n of [1, 2, 3]) await enter('4.3.2', { n });
    await tamper(
      sql`update entries set seq = -seq where seq > 1`,
      sql`update entries set seq = 5 + seq where seq < 0`,
    );
    expect(await verify(store.db)).toMatchObject({ sound: false, task: '4.3.2', entry: 3 });
  });

  test('names an insertion', async () => {
    const first = await enter('4.3.2', {});
    await tamper(sql`insert into entries (plan_id, task_id, chain, seq, act, at, detail, prev, hash)
      select plan_id, task_id, chain, 2, act, at, detail, hash, 'made up' from entries where id = ${first.id}`);
    expect(await verify(store.db)).toMatchObject({ sound: false, task: '4.3.2', entry: 2 });
  });

  test('holds the words apart: they can go, but not change', async () => {
    const entry = await enter('4.3.2', {}, '演练方案已会签');
    await store.db.update(words).set({ text: '演练方案未会签' }).where(eq(words.entryId, entry.id));
    expect(await verify(store.db)).toMatchObject({ sound: false, why: '原话与校验值不符' });
    await store.db.delete(words).where(eq(words.entryId, entry.id));
    expect(await verify(store.db)).toEqual({ sound: true, entries: 1 });
  });

  test('does not fork under 64 writers at once', async () => {
    await Promise.all(Array.from({ length: 64 }, (_, n) => enter('4.3.2', { n })));
    expect(await verify(store.db)).toEqual({ sound: true, entries: 64 });
    const [task] = await store.db.select().from(tasks).where(eq(tasks.code, '4.3.2'));
    expect(task?.headSeq).toBe(64);
  });
});

test('the hash depends on every part of an entry and not on the order of keys', () => {
  const entry = {
    ...{ planId: 1, taskId: 2, chain: '4.3.2', seq: 1, act: 'note', personId: 3, forPersonId: null },
    ...{ platform: 'wecom', chat: 'c', messageId: 'm', at: now, wordsHash: null, prev: '' },
    detail: { a: 1, b: { c: 2, d: 3 } },
  };
  expect(hashOf({ ...entry, detail: { b: { d: 3, c: 2 }, a: 1 } })).toBe(hashOf(entry));
  const others = {
    chain: 'x',
    seq: 2,
    act: 'x',
    personId: 4,
    forPersonId: 1,
    platform: 'x',
    chat: 'x',
    messageId: 'x',
    wordsHash: 'x',
    prev: 'x',
  };
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
