import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import * as schema from '../schema.ts';
import { withDeadline } from './deadline.ts';
import { away, isLost, isRefused } from './faults.ts';
import { holdFolder } from './folder.ts';
import { type Serve, serveCommands } from './holder.ts';
import { makeFolder } from './makeFolder.ts';
import { migrationsFolder } from './migrations.ts';
import { withPlainDates } from './plainDates.ts';
import { withPrepared } from './prepared.ts';
import { pulse } from './pulse.ts';
import { NEW, needRoom, withRoom } from './room.ts';
import type { Store } from './store.ts';
import { within } from './within.ts';

const FRESH = 'fresh-';
/** An eighth of PostgreSQL's usual cache, which costs a ledger nothing, saves a third of the process's memory. */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'];

/** Holds the folder for as long as the store is open; throws `FolderHeld` when another process does, and `DiskFull`. */
export async function openPglite(dataDir: string, serve?: Serve): Promise<Store> {
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const undo of opened.splice(0).reverse()) await undo();
  };
  try {
    makeFolder(dataDir);
    opened.push(await holdFolder(dataDir));
    const home = await homeIn(dataDir);
    needRoom(dataDir);
    const client = await PGlite.create(home, { startParams });
    opened.push(() => client.close());
    const store = await storeOn(withRoom(client, dataDir));
    if (serve) opened.push(await serveCommands(dataDir, serve));
    return { ...store, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A store over a PGlite that is open, wherever its data lies. */
export async function storeOn(client: PGlite): Promise<Store> {
  const db = drizzle(withPlainDates(withPrepared(client)), { schema });
  await migrate(db, { migrationsFolder });
  const aside: Store['aside'] = (milliseconds, work) =>
    withDeadline(milliseconds, ({ race }) => race(() => work(db))).catch((error) => {
      throw isLost(error) || isRefused(error) ? away(error) : error;
    });
  return {
    db,
    kind: 'pglite',
    within: (milliseconds, work) =>
      within(milliseconds, ({ race }, body) => race(() => db.transaction(body)), work),
    aside,
    alive: pulse(aside),
    close: () => client.close(),
  };
}

/**
 * Where the database lies; made at the first start, in a process of its own, because that takes 750 MB which a
 * process never gives back, and under another name, so that one half made is never taken for a whole one.
 */
async function homeIn(dataDir: string): Promise<string> {
  const home = join(dataDir, 'pglite');
  const halves = (await readdir(dataDir)).filter((name) => name.startsWith(FRESH));
  // The process that was making one may outlive its parent for a moment and still be writing.
  for (const name of halves) await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 5 });
  if (existsSync(home)) return home;
  needRoom(dataDir, NEW);
  const fresh = await mkdtemp(join(dataDir, FRESH));
  const library = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const script =
    'const [library, home] = process.argv.slice(1);' +
    'require(library).PGlite.create(home).then((database) => database.close());';
  await promisify(execFile)(process.execPath, ['--eval', script, library, fresh]);
  await rename(fresh, home);
  return home;
}
