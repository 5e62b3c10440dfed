import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { shipped } from '../../shipped.ts';
import { connect } from './connect.ts';
import { withDeadline } from './deadline.ts';
import { away, isLost, isRefused } from './faults.ts';
import { createWire } from './wire.ts';

export const migrationsFolder = fileURLToPath(shipped('drizzle'));

/** Any number will do, if no other program locks the same one in this database. */
const lock = sql`select pg_advisory_xact_lock(4207301)`;
/** For so long a start waits for the migrations of another one. */
const PATIENCE = 300_000;

/**
 * Brings the database up to date, whole or not at all; of several processes that start at once one does it, the others
 * wait. Over a wire of ours: a transaction of postgres.js throws where nobody can catch it when its line is cut between
 * two statements, and then waits for ever.
 */
export async function migratePostgres(url: string): Promise<void> {
  let gone = false;
  const connection = connect(url, {
    connection: { statement_timeout: PATIENCE, lock_timeout: PATIENCE },
    onclose: () => {
      gone = true;
    },
  });
  const { client, transact } = createWire(connection, () => gone);
  const db = drizzle({ client });
  try {
    await withDeadline(PATIENCE, ({ race }) =>
      race(() =>
        transact(async () => {
          await db.execute(lock);
          await migrate(db, { migrationsFolder });
        }),
      ),
    );
  } catch (error) {
    throw isLost(error) || isRefused(error) ? away(error) : error;
  } finally {
    await connection.end({ timeout: gone ? 0 : 5 });
  }
}
