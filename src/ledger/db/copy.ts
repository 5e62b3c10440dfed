import { asc, getTableColumns, getTableName, is, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '../db.ts';
import * as schema from '../schema.ts';

/** Rows of so many at a time. */
const PAGE = 500;

/** What was sent, is being said or belongs to one installation; the ledger itself knows nothing of it. */
const traffic: ReadonlySet<PgTable> = new Set<PgTable>([
  schema.inbox,
  schema.quarantine,
  schema.conversations,
  schema.invites,
  schema.attempts,
  schema.letters,
  schema.robots,
  schema.slots,
  schema.facts,
  schema.metChats,
  schema.leases,
]);

/** Every table, each after those it refers to. */
const tables: readonly PgTable[] = inOrder(Object.values(schema).filter((each) => is(each, PgTable)));

function inOrder(all: PgTable[]): PgTable[] {
  const placed = new Set<PgTable>();
  const place = (table: PgTable): void => {
    if (placed.has(table)) return;
    for (const key of getTableConfig(table).foreignKeys) place(key.reference().foreignTable);
    placed.add(table);
  };
  for (const table of all) place(table);
  return [...placed];
}

/** Copies the ledger into an empty one, but nothing of what was sent or is being said. */
export async function copyLedger(from: Db, to: Db): Promise<void> {
  await to.transaction(async (tx) => {
    for (const table of tables) if (!traffic.has(table)) await copyTable(from, tx, table);
  });
}

/** Copies everything into an empty database, all or nothing; gives back how many rows each table has. */
export async function copyAll(from: Db, to: Db): Promise<Map<string, number>> {
  return to.transaction(async (tx) => {
    const rows = new Map<string, number>();
    for (const table of tables) rows.set(getTableName(table), await copyTable(from, tx, table));
    return rows;
  });
}

async function copyTable(from: Db, to: Db, table: PgTable): Promise<number> {
  const { columns, primaryKeys } = getTableConfig(table);
  const keys = [...columns.filter((column) => column.primary), ...primaryKeys.flatMap((key) => key.columns)];
  // A table without a key of its own has a unique column, and few rows.
  const order = (keys.length > 0 ? keys : columns.slice(0, 1)).map((column) => asc(column));
  let copied = 0;
  for (;;) {
    const rows = await from
      .select()
      .from(table)
      .orderBy(...order)
      .limit(PAGE)
      .offset(copied);
    if (rows.length > 0) await to.insert(table).values(rows as (typeof table.$inferInsert)[]);
    copied += rows.length;
    if (rows.length < PAGE) break;
  }
  if ('id' in getTableColumns(table) && copied > 0) await countOn(to, getTableName(table));
  return copied;
}

/** The next row's number follows the last one's. */
async function countOn(to: Db, name: string): Promise<void> {
  await to.execute(
    sql`select setval(pg_get_serial_sequence(${name}, 'id'), (select max(id) from ${sql.identifier(name)}))`,
  );
}
