import { integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/**
 * What only one process may do: hold a platform's connection. By the database's own clock, because processes needn't
 * agree on theirs.
 */
export const leases = pgTable('leases', {
  name: text().primaryKey(),
  /** Goes up with each holder, so that an earlier one can't renew. */
  term: integer().notNull(),
  until: instant('until').notNull(),
  /** How the holder last described what it does. */
  state: text().notNull(),
  why: text(),
  since: instant('since').notNull(),
});

/** Facts about the installation: when the beat last looked, the proof that SECRET_KEY is the one used before. */
export const facts = pgTable(
  'facts',
  { name: text().notNull(), value: jsonb().$type<unknown>().notNull() },
  (table) => [uniqueIndex().on(table.name)],
);
