import { is, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import * as schema from '../schema.ts';
import { connect } from './connect.ts';
import { withDeadline } from './deadline.ts';
import { away, isLost, isRefused } from './faults.ts';
import { migrationsFolder } from './migrationsFolder.ts';
import type { Db } from './store.ts';
import { noLedger, Unfit } from './unfit.ts';
import { refuseNewer } from './version.ts';
import { createWire } from './wire.ts';

/** Any number will do, if no other program locks the same one in this database. */
const lock = sql`select pg_advisory_xact_lock(4207301)`;
/** For so long a start waits for the migrations of another one. */
const PATIENCE = 300_000;

/** Whether our tables are there, and how many of somebody else's: an extension's are nobody's. */
const found = {
  ours: sql<boolean>`to_regclass('entries') is not null and to_regclass('drizzle.__drizzle_migrations') is not null`,
  others: sql<boolean>`exists (select 1 from pg_class where relkind in ('r', 'p') and relnamespace = current_schema()::regnamespace
    and not exists (select 1 from pg_depend where objid = pg_class.oid and deptype = 'e'))`,
};

/** Throws `Unfit` where somebody else's tables are, or where there is no ledger and none is to be made. */
async function refuseOthers(db: Pick<Db, 'select'>, existing: boolean): Promise<void> {
  const [{ ours, others } = { ours: false, others: false }] = await db
    .select(found)
    .from(sql`(select 1) as once`);
  if (ours) return;
  if (others) throw new Unfit('DATABASE_URL:这个数据库里是别的程序的表,未作任何改动;请另建一个空库');
  if (existing) throw noLedger('DATABASE_URL:这个数据库');
}

/** Of a backup that was put back in part, what holds its tables together comes last. */
async function refuseTorn(db: Pick<Db, 'select'>): Promise<void> {
  const [held] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(sql`pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`);
  const tables = Object.values(schema).filter((each) => is(each, PgTable));
  const wanted = tables.reduce((sum, table) => sum + getTableConfig(table).foreignKeys.length, 0);
  if ((held?.count ?? 0) < wanted)
    throw new Unfit('DATABASE_URL:这个数据库没有恢复完整,请建一个空库,把备份重新恢复一次');
}

/**
 * Brings the database up to date, whole or not at all; of several processes that start at once one does it, the others
 * wait. Over a wire of ours: a transaction of postgres.js throws where nobody can catch it when its line is cut between
 * two statements, and then waits for ever.
 */
export async function migratePostgres(url: string, existing: boolean): Promise<void> {
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
          await refuseOthers(db, existing);
          await migrate(db, { migrationsFolder });
          await refuseNewer(db);
          await refuseTorn(db);
        }),
      ),
    );
  } catch (error) {
    throw isLost(error) || isRefused(error) ? away(error) : error;
  } finally {
    await connection.end({ timeout: gone ? 0 : 5 });
  }
}
