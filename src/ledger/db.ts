import type { Serve } from './db/holder.ts';
import type { Store } from './db/store.ts';

export { CommitUnknown, codeOf, DatabaseAway } from './db/faults.ts';
export { FolderHeld } from './db/folder.ts';
export { askHolder, type Serve } from './db/holder.ts';
export { isNew, MOVED } from './db/home.ts';
export { makeFolder } from './db/makeFolder.ts';
export { DiskFull } from './db/room.ts';
export { given, listOf, statement } from './db/statement.ts';
export type { Db, Store } from './db/store.ts';
export { Unfit } from './db/unfit.ts';

export interface StoreOptions {
  /** Without one the database is PGlite's, in `dataDir`. */
  databaseUrl?: string;
  dataDir: string;
  /** Makes no ledger where there is none. */
  existing?: boolean;
  /** Connections to PostgreSQL. */
  lanes?: number;
  /** Runs the commands that a command line brings while this process holds `dataDir`; PGlite only. */
  serve?: Serve;
}

/**
 * Opens the database and brings it up to date, and loads only its own driver. Throws `DatabaseAway`, `FolderHeld`,
 * `DiskFull` or `Unfit`.
 */
export async function openStore({
  databaseUrl,
  dataDir,
  existing = false,
  lanes = 8,
  serve,
}: StoreOptions): Promise<Store> {
  if (databaseUrl === undefined) {
    const { openPglite } = await import('./db/pglite.ts');
    return openPglite(dataDir, existing, serve);
  }
  const { openPostgres } = await import('./db/postgres.ts');
  return openPostgres(databaseUrl, lanes, existing);
}
