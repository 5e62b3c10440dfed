import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type * as schema from '../schema.ts';

/** A database or a transaction, on either driver. Inside a transaction only the transaction may be used. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

export interface Store {
  db: Db;
  kind: 'postgres' | 'pglite';
  /**
   * Runs the work in a transaction that is committed within the time or known not to be. Throws `DatabaseAway` or
   * `CommitUnknown`; what the work itself throws passes through after the rollback. The work is run again after a
   * deadlock, so it must have no effect outside of the transaction.
   */
  within<T>(milliseconds: number, work: (tx: Db) => Promise<T>): Promise<T>;
  /**
   * Asks on a fresh connection, after a `CommitUnknown`, whether the commit landed. On PostgreSQL the lost
   * connections are ended first, so that the answer can't change afterwards.
   */
  aside<T>(milliseconds: number, work: (db: Db) => Promise<T>): Promise<T>;
  /** Whether the database answers; itself answers within a second. */
  alive(): Promise<boolean>;
  close(): Promise<void>;
}
