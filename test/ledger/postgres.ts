import { eq, sql } from 'drizzle-orm';
import { expect, onTestFinished } from 'vitest';
import { DatabaseAway, type Db, openStore, type Store } from '../../src/ledger/db.ts';
import { facts } from '../../src/ledger/schema.ts';
import { createLine, type Line } from '../setup/line.ts';
import { administer, createDatabase } from '../setup/stores.ts';

export const note = (db: Db, name: string, value: unknown = 1) => db.insert(facts).values({ name, value });
export const read = async (db: Db, name: string): Promise<unknown> =>
  (await db.select().from(facts).where(eq(facts.name, name)))[0]?.value;
export const nap = (db: Db, seconds: number) => db.execute(sql`select pg_sleep(${seconds})`);
export const nothingRecorded = { status: 'rejected', reason: expect.any(DatabaseAway) };

/** A database of the test's own, and a store on it; through a line if asked. */
export async function open(lanes = 3) {
  const { name, url, drop } = await createDatabase();
  const store = await openStore({ databaseUrl: url, dataDir: '', lanes });
  onTestFinished(async () => {
    await store.close();
    await drop();
  });
  return { name, url, store };
}

export async function openThroughLine(): Promise<{ store: Store; line: Line; direct: Store }> {
  const { url, store: direct } = await open();
  const line = await createLine(url);
  const store = await openStore({ databaseUrl: line.url, dataDir: '', lanes: 2 });
  onTestFinished(async () => {
    await store.close();
    await line.close();
  });
  return { store, line, direct };
}

/** Ends every connection to a database but the one that asks. */
export const endBackends = (name: string) =>
  administer(
    (admin) => admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`,
  );
