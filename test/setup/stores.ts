import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import postgres from 'postgres';
import { inject } from 'vitest';
import { storeOn } from '../../src/ledger/db/pglite.ts';
import { openStore, type Store } from '../../src/ledger/db.ts';
import { loadPlan, samplePlan } from '../../src/ledger/plan/load.ts';

/** Both kinds of database, for `describe.each(stores)('… ($kind)', ({ open }) => …)`. Each `open` gives an empty migrated one. */
export const stores: { kind: Store['kind']; open(): Promise<Store> }[] = [
  { kind: 'postgres', open: openPostgres },
  { kind: 'pglite', open: openPglite },
];

export interface Way {
  door: 'hook' | 'connection';
  kind: Store['kind'];
  open(): Promise<Store>;
}

/** Both ways in and out on the database that is the quicker to open. */
export const bothDoors: Way[] = (['hook', 'connection'] as const).map((door) => ({
  ...{ door, kind: 'postgres', open: openPostgres },
}));

/** The same, and hooks on the other database too. */
export const doors: Way[] = [...bothDoors, { door: 'hook', kind: 'pglite', open: openPglite }];

/** An empty migrated PostgreSQL: the quicker to open of the two. */
export async function openPostgres(): Promise<Store> {
  const { url, drop } = await createDatabase();
  const store = await openStore({ databaseUrl: url, dataDir: '' });
  const close = async () => {
    await store.close();
    await drop();
  };
  return { ...store, close };
}

async function openPglite(): Promise<Store> {
  const loadDataDir = new Blob([await readFile(inject('pglite'))]);
  return storeOn(await PGlite.create({ loadDataDir }));
}

/** A PostgreSQL database of its own with the sample plan, loaded at this moment. */
export async function openSample(at: Date, lanes: number): Promise<Store> {
  const store = await openStore({ databaseUrl: await databaseUrl(), dataDir: '', lanes });
  await store.db.transaction((tx) => loadPlan(tx, samplePlan(), at, { sample: true }));
  return store;
}

/** A migrated PostgreSQL database of its own, for tests that start real processes; stays until the run ends. */
export const databaseUrl = async (): Promise<string> => (await createDatabase()).url;

/** From `template`; `template0` gives one without our tables. */
export async function createDatabase(template = inject('template')) {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer((admin) => admin`create database ${admin(name)} template ${admin(template)}`);
  return {
    name,
    url: inject('postgres') + name,
    drop: () => administer((admin) => admin`drop database ${admin(name)} with (force)`),
  };
}

/** What a build of the future leaves in a database. */
export const LATER =
  "insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 99999999999999)";

/** Runs SQL as the server's administrator, outside of the database under test. */
export async function administer<T>(work: (admin: postgres.Sql) => PromiseLike<T>): Promise<T> {
  const admin = postgres(`${inject('postgres')}postgres`, { max: 1, onnotice: () => {} });
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
