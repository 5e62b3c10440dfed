import { describe, expect, onTestFinished, test } from 'vitest';
import { CommitUnknown, DatabaseAway, openStore } from '../../src/ledger/db.ts';
import { facts } from '../../src/ledger/schema.ts';
import { createServerForTests } from '../setup/server.ts';
import { administer, createDatabase } from '../setup/stores.ts';
import { endBackends, note, nothingRecorded, open, openThroughLine, read } from './postgres.ts';

describe('a database that goes away', () => {
  test('from the start says so', async () => {
    const refused = openStore({ databaseUrl: 'postgres://x:x@127.0.0.1:1/x', dataDir: '' });
    await expect(refused).rejects.toThrow(DatabaseAway);
  });

  test('because it has no connection left says so, and keeps the address to itself', async () => {
    await administer((admin) => admin`create role crowded login password 'secret' connection limit 0`);
    const { url } = await createDatabase();
    const refused = openStore({
      databaseUrl: url.replace('postgres@', 'crowded:secret@'),
      dataDir: '',
    });
    await expect(refused).rejects.toSatisfy(
      (error) => error instanceof DatabaseAway && /53300/.test(error.message),
    );
    await expect(refused).rejects.not.toThrow('secret');
  });

  test('in the middle of a transaction leaves nothing behind and is back for the next one', async () => {
    const { name, store } = await open();
    const killed = store.within(5_000, async (tx) => {
      await note(tx, 'a');
      await endBackends(name);
      await note(tx, 'b');
    });
    await expect(killed).rejects.toThrow(DatabaseAway);
    await store.within(5_000, (tx) => note(tx, 'c'));
    expect(await store.db.select().from(facts)).toMatchObject([{ name: 'c' }]);
  });

  test('while a transaction is not asking anything does not end the process', async () => {
    const { name, store } = await open();
    const killed = store.within(5_000, async (tx) => {
      await note(tx, 'a');
      await endBackends(name);
      await new Promise((resolve) => setImmediate(resolve));
      for (let index = 0; index < 5; index++) await note(tx, `b${index}`).catch(() => {});
      throw new Error('its own fault');
    });
    await expect(killed).rejects.toThrow(DatabaseAway);
    expect(await store.db.$count(facts)).toBe(0);
  });

  test('and comes back is used again without a start of ours', async () => {
    const server = await createServerForTests();
    const store = await openStore({ databaseUrl: server.url('postgres'), dataDir: '' });
    onTestFinished(async () => {
      await store.close();
      await server.remove();
    });
    await Promise.all([1, 2, 3].map((index) => store.within(5_000, (tx) => note(tx, `before ${index}`))));
    await server.stop();
    await expect(store.within(1_000, (tx) => note(tx, 'during'))).rejects.toThrow(DatabaseAway);
    await expect(store.db.select().from(facts)).rejects.toThrow();
    expect(await store.alive()).toBe(false);
    await server.start();
    expect(await store.alive()).toBe(true);
    await Promise.all([1, 2, 3].map((index) => store.within(5_000, (tx) => note(tx, `after ${index}`))));
    expect(await store.db.$count(facts)).toBe(6);
  });

  test('in which nothing may be written for a while is written to again, by other connections', async () => {
    const { name, store } = await open();
    await administer((admin) => admin`alter database ${admin(name)} set default_transaction_read_only = on`);
    await endBackends(name);
    await expect(store.within(5_000, (tx) => note(tx, 'a'))).rejects.toThrow(DatabaseAway);
    await administer((admin) => admin`alter database ${admin(name)} reset default_transaction_read_only`);
    await store.within(5_000, (tx) => note(tx, 'b'));
    expect(await store.db.select().from(facts)).toMatchObject([{ name: 'b' }]);
  });

  test('without a word is given up in time', async () => {
    const { store, line, direct } = await openThroughLine();
    await store.within(5_000, (tx) => note(tx, 'a'));
    line.freeze();
    const silent = [1, 2, 3, 4].map((index) => store.within(300, (tx) => note(tx, `silent ${index}`)));
    for (const end of await Promise.allSettled(silent)) expect(end).toMatchObject(nothingRecorded);
    const started = performance.now();
    expect(await store.alive()).toBe(false);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await direct.db.$count(facts)).toBe(1);
  });
});

describe('a COMMIT without an answer', () => {
  test.each([
    ['lose', undefined],
    ['lose the answer', 1],
    ['swallow the answer', 1],
  ] as const)('(%s) is said to be unknown, and a look aside settles it', async (commits, landed) => {
    const { store, line } = await openThroughLine();
    await store.within(5_000, (tx) => note(tx, 'before'));
    line.commits = commits;
    await expect(store.within(500, (tx) => note(tx, 'a'))).rejects.toThrow(CommitUnknown);
    expect(await store.aside(5_000, (db) => read(db, 'a'))).toBe(landed);
    line.commits = 'pass';
    await store.within(5_000, (tx) => note(tx, 'after'));
    expect(await read(store.db, 'after')).toBe(1);
  });

  test('that is only late never lands after somebody has looked', async () => {
    const { store, line, direct } = await openThroughLine();
    line.commits = 'hold';
    await expect(store.within(500, (tx) => note(tx, 'a'))).rejects.toThrow(CommitUnknown);
    expect(await store.aside(5_000, (db) => read(db, 'a'))).toBeUndefined();
    line.release();
    await direct.within(5_000, (tx) => note(tx, 'b'));
    expect(await direct.db.select().from(facts)).toMatchObject([{ name: 'b' }]);
  });
});
