import { bigint, boolean, index, jsonb, pgTable, serial, text } from 'drizzle-orm/pg-core';
import { day } from './columns.ts';
import { entries, entryId } from './entries.ts';
import { taskId } from './tasks.ts';

export const listings = pgTable(
  'listings',
  {
    id: serial().primaryKey(),
    taskId: taskId(),
    proposedEntryId: entryId('proposed_entry_id'),
    orderedEntryId: bigint('ordered_entry_id', { mode: 'number' }).references(() => entries.id),
    /** The secretary's no to the proposal. */
    refusedEntryId: bigint('refused_entry_id', { mode: 'number' }).references(() => entries.id),
    /** Set while the office proposes to lift it. */
    liftProposedEntryId: bigint('lift_proposed_entry_id', { mode: 'number' }).references(() => entries.id),
    liftedEntryId: bigint('lifted_entry_id', { mode: 'number' }).references(() => entries.id),
    orderedOn: day('ordered_on'),
    term: day('term'),
    liftedOn: day('lifted_on'),
  },
  (table) => [index().on(table.taskId)],
);

export const extensions = pgTable(
  'extensions',
  {
    id: serial().primaryKey(),
    taskId: taskId(),
    askedEntryId: entryId('asked_entry_id'),
    decidedEntryId: bigint('decided_entry_id', { mode: 'number' }).references(() => entries.id),
    from: day('from_day').notNull(),
    to: day('to_day').notNull(),
    /** Asked for after the deadline had passed (逾期后申请). */
    late: boolean().notNull(),
    granted: boolean(),
    /** Whoever asked has handed over since: it waits for the successor's word. */
    held: boolean().notNull().default(false),
  },
  (table) => [index().on(table.taskId)],
);

export const closeouts = pgTable(
  'closeouts',
  {
    id: serial().primaryKey(),
    taskId: taskId(),
    requestedEntryId: entryId('requested_entry_id'),
    missing: jsonb().$type<string[]>().notNull(),
    insisted: boolean().notNull().default(false),
    /** Steps taken so far, in order; nobody stands at two of them. */
    steps: jsonb().$type<{ step: string; personId: number; entryId: number }[]>().notNull(),
    outcome: text().$type<'closed' | 'returned' | 'withdrawn'>(),
    /** Whoever asked has handed over since: it waits for the successor's word. */
    held: boolean().notNull().default(false),
  },
  (table) => [index().on(table.taskId)],
);

export const lookbacks = pgTable(
  'lookbacks',
  {
    id: serial().primaryKey(),
    taskId: taskId(),
    entryId: entryId(),
    result: text().$type<'holds' | 'relapsed'>().notNull(),
  },
  (table) => [index().on(table.taskId)],
);
