import {
  bigint,
  bigserial,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import type { EntryAct } from '../terms.ts';
import { day, instant } from './columns.ts';
import { person, planId, sections } from './plan.ts';
import { tasks } from './tasks.ts';

/** One row for each act, never changed and never deleted: a trigger refuses both. */
export const entries = pgTable(
  'entries',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    planId: planId(),
    taskId: integer('task_id').references(() => tasks.id),
    /** `4.3.2`, or `plan` for acts on the plan itself. */
    chain: text().notNull(),
    seq: integer().notNull(),
    act: text().$type<EntryAct>().notNull(),
    personId: person('person_id'),
    /** Where that person sat then: a history stays as it was when people move. */
    sectionId: integer('section_id').references(() => sections.id),
    /** On whose behalf (代报). */
    forPersonId: person('for_person_id'),
    platform: text(),
    chat: text(),
    messageId: text('message_id'),
    at: instant('at').notNull(),
    /** What was done, before and after; figures and codes only, never words typed by a person. */
    detail: jsonb().$type<Record<string, unknown>>().notNull(),
    wordsHash: text('words_hash'),
    prev: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [
    unique().on(table.planId, table.chain, table.seq),
    index().on(table.taskId),
    index().on(table.personId, table.at),
  ],
);

export const entryId = (name = 'entry_id') =>
  bigint(name, { mode: 'number' })
    .notNull()
    .references(() => entries.id);

/**
 * A day's seal over the heads of all chains as they stood then, chained to the one before it: what is cut off below
 * it, it still knows. Never changed and never deleted either.
 */
export const seals = pgTable(
  'seals',
  {
    planId: planId(),
    day: day('day').notNull(),
    heads: jsonb().$type<Heads>().notNull(),
    prev: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.planId, table.day] })],
);

/** Each chain by its name: its last entry's number and hash. */
export type Heads = Record<string, [seq: number, hash: string]>;

/** The words as said, apart from the entry that holds their hash, so that sealing (封存) can remove them. */
export const words = pgTable('words', {
  entryId: entryId().primaryKey(),
  salt: text().notNull(),
  text: text().notNull(),
});
