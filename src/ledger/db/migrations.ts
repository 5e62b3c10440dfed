import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { away, isLost, isRefused } from './faults.ts';
import { connect } from './lanes.ts';

/** The same distance from the sources and from what is compiled into .build. */
export const migrationsFolder = fileURLToPath(new URL('../../../drizzle', import.meta.url));

/** Any number will do, if no other program locks the same one in this database. */
const LOCK = 4_207_301;
/** For so long a start waits for the migrations of another one. */
const PATIENCE = 300_000;

/** Brings the database up to date; of several processes that start at once one does it, the others wait. */
export async function migratePostgres(url: string): Promise<void> {
  const sql = connect(url, { connection: { statement_timeout: PATIENCE, lock_timeout: PATIENCE } });
  try {
    await sql`select pg_advisory_lock(${LOCK})`;
    await migrate(drizzle(sql), { migrationsFolder });
  } catch (error) {
    throw isLost(error) || isRefused(error) ? away(error) : error;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
