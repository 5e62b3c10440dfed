import { drizzle } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import * as schema from '../schema.ts';
import { connect } from './connect.ts';
import { withDeadline } from './deadline.ts';
import { door } from './door.ts';
import { away, isLost, isRefused } from './faults.ts';
import { createLanes } from './lanes.ts';
import { migratePostgres } from './migrations.ts';
import { pulse } from './pulse.ts';
import type { Db, Store } from './store.ts';
import { type Transact, within } from './within.ts';

/** Brings the database up to date first. Throws `DatabaseAway` or `Unfit`. */
export async function openPostgres(url: string, count: number, existing: boolean): Promise<Store> {
  await migratePostgres(url, existing);
  const lanes = createLanes(url, count);
  const transact: Transact = (deadline, work) =>
    lanes.use(deadline, (lane) =>
      lane.wire.transact(
        () => work(lane.db),
        () => {
          lane.committing = true;
        },
      ),
    );

  async function aside<T>(milliseconds: number, work: (db: Db) => Promise<T>): Promise<T> {
    const sql = connect(url);
    try {
      return await withDeadline(milliseconds, ({ race }) =>
        race(async () => {
          await endBackends(sql, lanes.lost);
          return work(drizzle(sql, { schema }));
        }),
      );
    } catch (error) {
      throw isLost(error) || isRefused(error) ? away(error) : error;
    } finally {
      void sql.end({ timeout: 0 });
    }
  }

  return {
    db: drizzle({ client: door(lanes), schema }),
    kind: 'postgres',
    within: (milliseconds, work) => within(milliseconds, transact, work),
    aside,
    alive: pulse(aside),
    close: lanes.close,
  };
}

/** Ends the server's side of lost connections, and with it whatever they had not committed. */
async function endBackends(sql: postgres.Sql, names: Set<string>): Promise<void> {
  const ended = [...names];
  while (ended.length > 0) {
    const left = await sql`
      select pg_terminate_backend(pid), pg_sleep(0.01)
      from pg_stat_activity where application_name in ${sql(ended)}`;
    if (left.length === 0) break;
  }
  for (const name of ended) names.delete(name);
}
