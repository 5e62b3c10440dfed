import { getTableColumns, getTableName, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Db } from './db.ts';
import * as schema from './schema.ts';

/** What the ledger says: plan, people, tasks and their history. Each table after those it refers to. */
const ledger: readonly PgTable[] = [
  schema.plans,
  schema.sections,
  schema.people,
  schema.accounts,
  schema.groups,
  schema.categories,
  schema.measures,
  schema.tasks,
  schema.indicators,
  schema.nodes,
  schema.entries,
  schema.words,
  schema.postings,
  schema.baselines,
  schema.evidence,
  schema.listings,
  schema.extensions,
  schema.closeouts,
  schema.lookbacks,
  schema.meetings,
  schema.followUps,
  schema.bulletins,
  schema.lights,
  schema.calendarDays,
];

const PAGE = 500;

/** Copies the ledger into an empty one, but nothing of what was sent or is being said. */
export async function copyLedger(from: Db, to: Db): Promise<void> {
  await to.transaction(async (tx) => {
    for (const table of ledger) await copyTable(from, tx, table);
  });
}

async function copyTable(from: Db, to: Db, table: PgTable): Promise<void> {
  const rows = await from.select().from(table);
  for (let at = 0; at < rows.length; at += PAGE) {
    await to.insert(table).values(rows.slice(at, at + PAGE) as (typeof table.$inferInsert)[]);
  }
  if (!('id' in getTableColumns(table)) || rows.length === 0) return;
  const name = getTableName(table);
  await to.execute(
    sql`select setval(pg_get_serial_sequence(${name}, 'id'), (select max(id) from ${sql.identifier(name)}))`,
  );
}
