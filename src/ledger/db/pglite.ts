import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import * as schema from '../schema.ts';
import { withDeadline } from './deadline.ts';
import { away, codeOf, isLost, isRefused } from './faults.ts';
import { holdFolder } from './folder.ts';
import { type Serve, serveCommands } from './holder.ts';
import { broken, homeIn, refuseMissing } from './home.ts';
import { makeFolder } from './makeFolder.ts';
import { migrationsFolder } from './migrationsFolder.ts';
import { withPlainDates } from './plainDates.ts';
import { withPrepared } from './prepared.ts';
import { pulse } from './pulse.ts';
import { needRoom, withRoom } from './room.ts';
import type { Store } from './store.ts';
import { refuseNewer } from './version.ts';
import { within } from './within.ts';

/** An eighth of PostgreSQL's usual cache, which costs a ledger nothing, saves a third of the process's memory. */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'];

/** Holds the folder for as long as the store is open; throws `FolderHeld` when another process does, `DiskFull` and `Unfit`. */
export async function openPglite(dataDir: string, existing: boolean, serve?: Serve): Promise<Store> {
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const undo of opened.splice(0).reverse()) await undo();
  };
  try {
    if (existing) refuseMissing(dataDir);
    makeFolder(dataDir);
    opened.push(await holdFolder(dataDir));
    const home = await homeIn(dataDir);
    needRoom(dataDir);
    const client = await PGlite.create(home, { startParams }).catch((error) => {
      throw codeOf(error) === '' ? broken(home, error) : error;
    });
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
  await refuseNewer(db);
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
