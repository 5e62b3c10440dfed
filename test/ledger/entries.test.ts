import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/ledger/db.ts';
import { verify } from '../../src/ledger/entries/audit.ts';
import { lastSeal, sealDay } from '../../src/ledger/entries/dailySeal.ts';
import { hashOf, nobody, saying } from '../../src/ledger/entries.ts';
import { lock, writeOn } from '../../src/ledger/facts.ts';
import { notePlan } from '../../src/ledger/plan/chain.ts';
import { loadPlan, loadSample } from '../../src/ledger/plan/load.ts';
import { plansOf } from '../../src/ledger/plan.ts';
import { entries, seals, tasks, words } from '../../src/ledger/schema.ts';
import { planNumber } from '../bench/messages.ts';
import { stores } from '../setup/stores.ts';

const now = new Date('2026-04-09T02:00:00Z');

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
      await lock(tx, planId, [code]);
      const [task] = await tx.select().from(tasks).where(eq(tasks.code, code));
      if (!task) throw new Error(`no task ${code}`);
      return writeOn(tx, task, 'note', detail, saying(nobody(now), said));
    });

  /** What nobody may do through the product, done by somebody with the database's own key. */
  const tamper = async (...statements: ReturnType<typeof sql>[]) => {
    await store.db.execute(sql`alter table entries disable trigger all`);
    for (const statement of statements) await store.db.execute(statement);
    await store.db.execute(sql`alter table entries enable trigger all`);
  };

  /** The head made to fit what was left of the chain, as somebody who knows the ledger would. */
  const headAt = (seq: number) => sql`update tasks set head_seq = ${seq}, head_hash =
    coalesce((select hash from entries where chain = '4.3.2' and seq = ${seq}), '') where code = '4.3.2'`;

  test('is sound when nobody has bent it, and counts its entries', async () => {
    await enter('4.3.2', { part: 1 }, '演练方案已会签');
    await enter('4.3.2', { part: 2.5, deep: { b: 1, a: [null, '二'] } });
    await enter('1.1.1', {});
    expect(await verify(store.db)).toEqual({ sound: true, entries: 3 });
  });

  test('refuses to change, remove or empty entries', async () => {
    await enter('4.3.2', {});
    const refused = { cause: { code: '23001' } };
    await expect(store.db.update(entries).set({ act: 'note' })).rejects.toMatchObject(refused);
    await expect(store.db.delete(entries)).rejects.toMatchObject(refused);
    await expect(store.db.execute(sql`truncate entries cascade`)).rejects.toMatchObject(refused);
  });

  test.each([
    [
      'an edit',
      sql`update entries set detail = '{"n":9}' where chain = '4.3.2' and seq = 2`,
      2,
      '内容与校验值不符',
    ],
    [
      'an edit of the time',
      sql`update entries set at = at + interval '1 second' where chain = '4.3.2' and seq = 1`,
      1,
      '内容与校验值不符',
    ],
    ['a deletion', sql`delete from entries where chain = '4.3.2' and seq = 2`, 3, '记录号不连续'],
    ['a cut tail', sql`delete from entries where chain = '4.3.2' and seq = 3`, 2, '末尾记录缺失'],
    ['a bent head', sql`update tasks set head_hash = 'bent' where code = '4.3.2'`, 3, '与任务所记的末尾不符'],
  ])('names the first bad row after %s', async (_what, statement, entry, why) => {
    for (const n of [1, 2, 3]) await enter('4.3.2', { n });
    await enter('1.1.1', {});
    await tamper(statement);
    expect(await verify(store.db)).toEqual({ sound: false, task: '4.3.2', entry, why });
  });

  test('names an entry that hangs on another than the one before it', async () => {
    const [, second] = [await enter('4.3.2', { n: 1 }), await enter('4.3.2', { n: 2 })];
    const elsewhere = { ...second, prev: 'elsewhere' };
    await tamper(
      sql`update entries set prev = 'elsewhere', hash = ${hashOf(elsewhere)} where id = ${second.id}`,
      headAt(2),
    );
    expect(await verify(store.db)).toMatchObject({ entry: 2, why: '与上一条记录接不上' });
  });

  test('is walked to its end, however long', async () => {
    const first = await enter('4.3.2', {});
    const more = [first];
    for (let seq = 2; seq <= 2_001; seq++) {
      const entry = { ...first, seq, prev: more.at(-1)?.hash ?? '' };
      more.push({ ...entry, hash: hashOf(entry) });
    }
    await store.db.insert(entries).values(more.slice(1).map(({ id: _, ...entry }) => entry));
    await store.db.execute(headAt(2_001));
    expect(await verify(store.db)).toEqual({ sound: true, entries: 2_001 });
    await tamper(sql`update entries set act = 'other' where seq = 2001`);
    expect(await verify(store.db)).toMatchObject({ sound: false, entry: 2_001 });
  });

  test('keeps words with a salt of their own, nothing where nothing was said, and brings the task along', async () => {
    const [one, other] = [await enter('4.3.2', {}, '已会签'), await enter('4.3.2', {}, '已会签')];
    const kept = await store.db.select().from(words).orderBy(words.entryId);
    expect(kept).toMatchObject([one, other].map(({ id }) => ({ entryId: id, text: '已会签' })));
    for (const { salt } of kept) expect(salt).toMatch(/^[0-9a-f]{24}$/);
    expect(one.wordsHash).not.toBe(other.wordsHash);
    const silent = await store.db.transaction(async (tx) => {
      await lock(tx, planId, ['4.3.2']);
      const [task] = await tx.select().from(tasks).where(eq(tasks.code, '4.3.2'));
      if (!task) throw new Error('no task 4.3.2');
      await writeOn(tx, task, 'note', {}, nobody(now), { state: 'submitted' });
      return writeOn(tx, task, 'note', {}, nobody(now));
    });
    expect(silent).toMatchObject({ seq: 4, wordsHash: null, personId: null });
    expect(await store.db.select().from(words)).toHaveLength(2);
    const [task] = await store.db.select().from(tasks).where(eq(tasks.code, '4.3.2'));
    expect(task?.state).toBe('submitted');
    expect(await verify(store.db)).toEqual({ sound: true, entries: 4 });
  });

  test('a day is sealed of one plan alone, with the chain of the plan itself', async () => {
    await store.db.transaction((tx) => loadPlan(tx, planNumber(2), now));
    const other = (await plansOf(store.db)).find(({ id }) => id !== planId)?.id ?? 0;
    await enter('4.3.2', {});
    await store.db.transaction((tx) => notePlan(tx, other, 'note', {}, nobody(now)));
    await sealDay(store.db, planId, '2026-04-09');
    await sealDay(store.db, other, '2026-04-09');
    const [ofOne, ofOther] = [await lastSeal(store.db, planId), await lastSeal(store.db, other)];
    expect(Object.keys(ofOne?.heads ?? {})).toEqual(['4.3.2']);
    expect(ofOther?.heads).toEqual({ plan: [1, expect.stringMatching(/^[0-9a-f]{64}$/)] });
    expect(await verify(store.db)).toEqual({ sound: true, entries: 2 });
  });

  test('names a reordering', async () => {
    for (const n of [1, 2, 3]) await enter('4.3.2', { n });
    await tamper(
      sql`update entries set seq = -seq where seq > 1`,
      sql`update entries set seq = 5 + seq where seq < 0`,
    );
    expect(await verify(store.db)).toMatchObject({ sound: false, task: '4.3.2', entry: 2 });
  });

  test('names an insertion', async () => {
    const first = await enter('4.3.2', {});
    await tamper(sql`insert into entries (plan_id, task_id, chain, seq, act, at, detail, prev, hash)
      select plan_id, task_id, chain, 2, act, at, detail, hash, 'made up' from entries where id = ${first.id}`);
    expect(await verify(store.db)).toMatchObject({ sound: false, task: '4.3.2', entry: 2 });
  });

  test('knows from the last seal that a tail was cut, though the head was made to fit', async () => {
    for (const n of [1, 2, 3]) await enter('4.3.2', { n });
    await sealDay(store.db, planId, '2026-04-09');
    await tamper(sql`delete from entries where chain = '4.3.2' and seq > 1`, headAt(1));
    expect(await verify(store.db)).toEqual({
      ...{ sound: false, task: '4.3.2', entry: 1 },
      why: '末尾记录缺失(2026-04-09已封存)',
    });
  });

  test('knows from the last seal that a whole chain was cut', async () => {
    await enter('1.1.1', {});
    await enter('4.3.2', {});
    await sealDay(store.db, planId, '2026-04-09');
    await tamper(sql`delete from entries where chain = '4.3.2'`, headAt(0));
    expect(await verify(store.db)).toMatchObject({ sound: false, task: '4.3.2', entry: null });
  });

  test('knows from an earlier seal that an entry was written anew with all that hangs on it', async () => {
    const [first, second] = [await enter('4.3.2', { n: 1 }), await enter('4.3.2', { n: 2 })];
    await sealDay(store.db, planId, '2026-04-09');
    const other = { ...first, detail: { n: 7 } };
    const after = { ...second, prev: hashOf(other) };
    await tamper(
      sql`update entries set detail = '{"n":7}', hash = ${hashOf(other)} where id = ${first.id}`,
      sql`update entries set prev = ${after.prev}, hash = ${hashOf(after)} where id = ${second.id}`,
      headAt(2),
    );
    expect(await verify(store.db)).toMatchObject({ sound: false, entry: 2, why: '与2026-04-09的封存值不符' });
  });

  test('names an entry behind the head, and a chain that no task has', async () => {
    const first = await enter('4.3.2', {});
    const more = { ...first, seq: 2, prev: first.hash };
    const insert = (chain: string, { seq, prev }: typeof first, hash: string) =>
      tamper(sql`insert into entries (plan_id, task_id, chain, seq, act, at, detail, prev, hash)
        select plan_id, task_id, ${chain}, ${seq}::int, act, at, detail, ${prev}, ${hash} from entries where id = ${first.id}`);
    await insert('4.3.2', more, hashOf(more));
    expect(await verify(store.db)).toEqual({
      ...{ sound: false, task: '4.3.2', entry: 2 },
      why: '末尾多出记录',
    });
    await tamper(sql`delete from entries where seq = 2`);
    const stray = { ...first, chain: '9.9.9' };
    await insert('9.9.9', stray, hashOf(stray));
    expect(await verify(store.db)).toMatchObject({ task: '9.9.9', entry: 1, why: '末尾多出记录' });
  });

  test('seals a day once, chained to the day before, and a clock that is set back seals nothing', async () => {
    await enter('4.3.2', {});
    await sealDay(store.db, planId, '2026-04-09');
    await enter('4.3.2', {});
    await Promise.all(
      ['2026-04-09', '2026-04-10', '2026-04-10'].map((day) => sealDay(store.db, planId, day)),
    );
    await sealDay(store.db, planId, '2026-04-08');
    const all = await store.db.select().from(seals).orderBy(seals.day);
    expect(all.map(({ day, heads }) => [day, heads['4.3.2']?.[0]])).toEqual([
      ['2026-04-09', 1],
      ['2026-04-10', 2],
    ]);
    expect(all[1]?.prev).toBe(all[0]?.hash);
    expect(await verify(store.db)).toEqual({ sound: true, entries: 2 });
  });

  test('refuses to change, remove or empty seals, and names one that was bent all the same', async () => {
    await enter('4.3.2', {});
    for (const day of ['2026-04-09', '2026-04-10', '2026-04-11']) await sealDay(store.db, planId, day);
    const refused = { cause: { code: '23001' } };
    await expect(store.db.update(seals).set({ hash: 'x' })).rejects.toMatchObject(refused);
    await expect(store.db.delete(seals)).rejects.toMatchObject(refused);
    await expect(store.db.execute(sql`truncate seals`)).rejects.toMatchObject(refused);
    await store.db.execute(sql`alter table seals disable trigger all`);
    await store.db.delete(seals).where(eq(seals.day, '2026-04-10'));
    expect(await verify(store.db)).toEqual({
      ...{ sound: false, task: 'plan', entry: null },
      why: '2026-04-11的封存值不符',
    });
    await store.db.delete(seals).where(eq(seals.day, '2026-04-11'));
    await store.db.update(seals).set({ heads: {} });
    expect(await verify(store.db)).toMatchObject({ task: 'plan', why: '2026-04-09的封存值不符' });
  });

  test('finds nothing wrong while others write', async () => {
    for (const code of ['1.1.1', '4.3.2', '6.3.2']) await enter(code, {});
    const writing = Promise.all(
      Array.from({ length: 40 }, (_, n) => enter(['1.1.1', '6.3.2'][n % 2] ?? '', {})),
    );
    const verdicts = await Promise.all(Array.from({ length: 6 }, () => verify(store.db)));
    await writing;
    expect(verdicts.map(({ sound }) => sound)).toEqual(Array(6).fill(true));
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
