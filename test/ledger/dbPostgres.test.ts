import { setTimeout as after } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import postgres from 'postgres';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DatabaseAway, type Db, openStore } from '../../src/ledger/db.ts';
import { facts } from '../../src/ledger/schema.ts';
import { plainly } from '../../src/plainly.ts';
import { crowd, crowded } from '../faults/database/busyPool.ts';
import { createLine } from '../setup/line.ts';
import { administer, createDatabase, LATER } from '../setup/stores.ts';
import { nap, note, nothingRecorded, open, read } from './postgres.ts';

describe('transactions on a busy pool', () => {
  test('break in postgres.js by itself, which is why there are lanes', async () => {
    const { url, drop } = await createDatabase();
    const options = { max: 3, max_pipeline: 2 };
    const pool = postgres(url, options);
    const three = () => Array.from({ length: 3 }, () => pool`select pg_sleep(0.3)`.execute());
    await Promise.all(three());
    const sleepers = three();
    const queries = Array.from({ length: 5 }, () => pool`select 1`.execute());
    const transaction = pool.begin((tx) => tx`select 1`);
    await expect(transaction).rejects.toMatchObject({ code: 'UNSAFE_TRANSACTION' });
    await Promise.all([...sleepers, ...queries]);
    await pool.end({ timeout: 0 });
    await drop();
  });

  test('never take in a query of somebody else, nor undo one', async () => {
    const { store } = await open();
    for (let round = 0; round < 4; round++) expect(await crowd(store, 3, `${round}`)).toEqual([]);
    expect(await crowded(store)).toEqual({ plain: 24, kept: 20, undone: 0 });
  });

  test('come to their turn in the order in which they asked', async () => {
    const { store } = await open(1);
    const order: number[] = [];
    await Promise.all(
      [0, 1, 2, 3, 4].map((index) => store.within(10_000, async () => void order.push(index))),
    );
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  test('run side by side, as many as there are lanes', async () => {
    const { store } = await open(3);
    for (let round = 0; round < 2; round++) {
      const meet = createMeeting(3);
      await Promise.all([1, 2, 3].map(() => store.within(10_000, meet)));
    }
  });

  test('whose turn does not come in time record nothing, and give up their place but no more', async () => {
    const { name, store } = await open(1);
    const busy = store.within(10_000, (tx) => nap(tx, 0.5));
    const patient = store.within(10_000, (tx) => note(tx, 'patient'));
    const late = [1, 2, 3].map((index) => store.within(100, (tx) => note(tx, `late ${index}`)));
    for (const end of await Promise.allSettled(late)) expect(end).toMatchObject(nothingRecorded);
    await Promise.all([busy, patient]);
    expect(await store.db.select().from(facts)).toMatchObject([{ name: 'patient' }]);
    const backends = await administer((admin) => admin`select from pg_stat_activity where datname = ${name}`);
    expect(backends).toHaveLength(1);
  });

  test('that wait in a rush are not told that the database is away', async () => {
    const { store } = await open(1);
    const rush = Array.from({ length: 30 }, (_, index) =>
      store.within(1_000, async (tx) => {
        await nap(tx, 0.05);
        return note(tx, `${index}`);
      }),
    );
    await Promise.all(rush);
    expect(await store.db.$count(facts)).toBe(30);
  });

  test('beyond what can be done in time are refused at once, and no others', async () => {
    const { store } = await open(1);
    let done = 0;
    const rush = Array.from({ length: 600 }, (_, index) =>
      store.within(15_000, (tx) => note(tx, `${index}`)).then(() => done++),
    );
    const told = Promise.allSettled(rush);
    await expect(rush.at(-1)).rejects.toThrow(DatabaseAway);
    expect(done).toBe(0);
    await told;
    // One under way, and as many as may wait.
    expect(done).toBe(513);
    expect(await store.db.$count(facts)).toBe(513);
  });

  test('are run again after a deadlock, and then do not stand in the way of the other', async () => {
    const { store } = await open();
    await note(store.db, 'a', 0);
    await note(store.db, 'b', 0);
    const meet = createMeeting(2);
    const raise = (tx: Db, name: string) =>
      tx.update(facts).set({ value: sql`to_jsonb(value::int + 1)` }).where(eq(facts.name, name));
    const order: string[] = [];
    const crossing = new Map<string, Promise<unknown>>();
    const cross = (first: string, second: string) => {
      const whole = store.within(15_000, async (tx) => {
        // A busy machine may let it take its first row again before the other one has woken up with both.
        if (order.includes(first)) await crossing.get(second);
        order.push(first);
        await raise(tx, first);
        await meet();
        await raise(tx, second);
      });
      crossing.set(first, whole);
      return whole;
    };
    await Promise.all([cross('a', 'b'), cross('b', 'a')]);
    expect(order).toHaveLength(3);
    expect([await read(store.db, 'a'), await read(store.db, 'b')]).toEqual([2, 2]);
  });

  test('that end in a deadlock three times are given up', async () => {
    const { store } = await open();
    let tries = 0;
    const ended = store.within(15_000, async (tx) => {
      await note(tx, 'a');
      tries++;
      throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
    });
    await expect(ended).rejects.toThrow(DatabaseAway);
    expect(tries).toBe(3);
    expect(await store.db.$count(facts)).toBe(0);
  });
});

describe('a database that is no ledger of ours', () => {
  const asked = async (url: string, words: string) => {
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    const rows = await sql.unsafe(words);
    await sql.end();
    return rows;
  };
  const tables = 'select tablename from pg_tables where schemaname = current_schema()';

  test('gets no tables of ours beside its own, and none from who only wants to look into it', async () => {
    const { url, drop } = await createDatabase('template0');
    await expect(openStore({ databaseUrl: url, dataDir: '', existing: true })).rejects.toThrow('没有台账');
    expect(await asked(url, tables)).toEqual([]);
    await asked(url, 'create table orders (id int)');
    await expect(openStore({ databaseUrl: url, dataDir: '' })).rejects.toThrow('别的程序的表');
    expect(await asked(url, tables)).toMatchObject([{ tablename: 'orders' }]);
    await drop();
  });

  test('is not opened where a backup was put back in part', async () => {
    const { url, drop } = await createDatabase();
    const [{ name } = { name: '' }] = await asked(
      url,
      "select conname as name from pg_constraint where contype = 'f' and conrelid = 'entries'::regclass",
    );
    await asked(url, `alter table entries drop constraint "${name}"`);
    await expect(openStore({ databaseUrl: url, dataDir: '' })).rejects.toThrow('没有恢复完整');
    await drop();
  });

  test('is not opened where a later build has written, nor where the user may make no tables', async () => {
    const later = await createDatabase();
    await asked(later.url, LATER);
    await expect(openStore({ databaseUrl: later.url, dataDir: '' })).rejects.toThrow('由更新版本的程序写过');
    await later.drop();
    const { url, drop } = await createDatabase('template0');
    await administer((admin) => admin`create role guest login`);
    const refused = openStore({ databaseUrl: url.replace('postgres@', 'guest@'), dataDir: '' });
    expect(plainly(await refused.catch((error: unknown) => error))).toMatch(
      /^DATABASE_URL:这个用户没有.*权限/,
    );
    await drop();
  });
});

describe('migrations', () => {
  test('whose line is reset while they wait end at once: postgres.js would take the rollback and never answer it', async () => {
    const { url, store: direct } = await open();
    const line = await createLine(url);
    onTestFinished(line.close);
    const opening = await direct.db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(4207301)`);
      const opened = openStore({ databaseUrl: line.url, dataDir: '' }).catch((error: unknown) => error);
      const waiting = sql`datname = current_database() and wait_event_type = 'Lock'`;
      while ((await direct.db.$count(sql`pg_stat_activity`, waiting)) === 0);
      line.reset();
      return [opened];
    });
    expect(await opening[0]).toBeInstanceOf(DatabaseAway);
  });

  test.each([0, 20, 60, 120, 250])(
    'whose line is cut after %i ms are not made by half, and the next start makes them',
    async (milliseconds) => {
      const { url, drop } = await createDatabase('template0');
      const line = await createLine(url);
      const cut = after(milliseconds).then(() => line.cut());
      const opened = await openStore({ databaseUrl: line.url, dataDir: '' }).catch((error: unknown) => error);
      await cut;
      if (opened instanceof Error) expect(opened).toBeInstanceOf(DatabaseAway);
      const store = await openStore({ databaseUrl: url, dataDir: '' });
      expect(await store.db.$count(facts)).toBe(0);
      await store.close();
      await line.close();
      await drop();
    },
  );
});

/** Everybody who comes waits until so many have. */
function createMeeting(people: number): () => Promise<void> {
  let come = 0;
  let begin = (): void => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  return () => {
    if (++come === people) begin();
    return begun;
  };
}
