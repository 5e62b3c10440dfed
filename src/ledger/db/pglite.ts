import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import * as schema from '../schema.ts';
import { withDeadline } from './deadline.ts';
import { away, isLost } from './faults.ts';
import { holdFolder } from './folder.ts';
import { type Serve, serveCommands } from './holder.ts';
import { migrationsFolder } from './migrations.ts';
import type { Store } from './store.ts';
import { within } from './within.ts';

const PULSE = 900;
const FRESH = 'fresh-';

/** Holds the folder for as long as the store is open; throws `FolderHeld` when another process does. */
export async function openPglite(dataDir: string, serve?: Serve): Promise<Store> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const release = await holdFolder(dataDir);
  try {
    const home = join(dataDir, 'pglite');
    if (!existsSync(home)) await initialise(dataDir, home);
    // A sixteenth of PostgreSQL's usual cache halves the memory of the process and costs a ledger nothing.
    const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'];
    const client = await PGlite.create(home, { startParams });
    const store = await storeOn(client);
    const hangUp = serve ? await serveCommands(dataDir, serve) : async () => {};
    const close = async () => {
      await hangUp();
      await store.close();
      await release();
    };
    return { ...store, close };
  } catch (error) {
    await release();
    throw error;
  }
}

/** A store over a PGlite that is open, wherever its data lies. */
export async function storeOn(client: PGlite): Promise<Store> {
  const db = drizzle(client, { schema });
  await migrate(db, { migrationsFolder });
  const aside: Store['aside'] = (milliseconds, work) =>
    withDeadline(milliseconds, ({ race }) => race(() => work(db))).catch((error) => {
      throw isLost(error) ? away(error) : error;
    });
  return {
    db,
    kind: 'pglite',
    within: (milliseconds, work) =>
      within(milliseconds, ({ race }, body) => race(() => db.transaction(body)), work),
    aside,
    alive: () =>
      aside(PULSE, () => db.execute(sql`select 1`)).then(
        () => true,
        () => false,
      ),
    close: () => client.close(),
  };
}

/**
 * Makes a new database in a process of its own, because that takes 750 MB which a process never gives back; under
 * another name, so that one half made, by a process that was killed, is never taken for a whole one.
 */
async function initialise(dataDir: string, home: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith(FRESH)) await rm(join(dataDir, name), { recursive: true, force: true });
  }
  const fresh = await mkdtemp(join(dataDir, FRESH));
  const library = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const script =
    'const [library, home] = process.argv.slice(1);' +
    'require(library).PGlite.create(home).then((database) => database.close());';
  await promisify(execFile)(process.execPath, ['--eval', script, library, fresh]);
  await rename(fresh, home);
}
