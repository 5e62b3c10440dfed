import { bigint, boolean, index, integer, jsonb, pgTable, serial, text, unique } from 'drizzle-orm/pg-core';
import type { Enclosed } from '../reply.ts';
import type { BulletinState, Level, Light } from '../terms.ts';
import { bytes, day, instant } from './columns.ts';
import { entries, entryId } from './entries.ts';
import { person, planId } from './plan.ts';
import { taskId } from './tasks.ts';

/** A quarter's figures, frozen with the draft; never changed once released. */
export const bulletins = pgTable(
  'bulletins',
  {
    id: serial().primaryKey(),
    planId: planId(),
    period: text().notNull(),
    frozenAt: instant('frozen_at').notNull(),
    /** As the reports read them: the ledger keeps them whole. */
    figures: jsonb().$type<object>().notNull(),
    state: text().$type<BulletinState>().notNull(),
    /** The act that it stands by: drafted, held, signed or released. */
    entryId: entryId(),
    /** Pictures and documents made with the draft; they go out as they were seen. */
    enclosed: jsonb().$type<Enclosed[]>().notNull().default([]),
    /** The day of its release. */
    releasedOn: day('released_on'),
    /** A correction that the office has put, until it has gone out; it goes once the secretary has signed it. */
    correctionEntryId: bigint('correction_entry_id', { mode: 'number' }).references(() => entries.id),
    correctionSigned: boolean('correction_signed').notNull().default(false),
  },
  (table) => [unique().on(table.planId, table.period)],
);

/** Finished pictures and documents, as they were handed out: in the database, where every process finds them. */
export const papers = pgTable(
  'papers',
  {
    id: serial().primaryKey(),
    planId: planId(),
    /** `bulletin`, `order`, `ledger` … */
    kind: text().notNull(),
    /** The file's name as its reader sees it, with its ending. */
    name: text().notNull(),
    /** The media type. */
    type: text().notNull(),
    /** The narrowest thing in it: decides where it may be shown. */
    level: text().$type<Level>().notNull(),
    bytes: bytes().notNull(),
    madeAt: instant('made_at').notNull(),
    entryId: bigint('entry_id', { mode: 'number' }).references(() => entries.id),
  },
  (table) => [index().on(table.planId, table.kind)],
);

/** 调卷: a file of tasks asked for by somebody outside, and what the secretary said to it. */
export const fileRequests = pgTable('file_requests', {
  id: serial().primaryKey(),
  planId: planId(),
  /** Empty: of the whole plan. */
  codes: text().array().notNull(),
  /** The letter it is asked by (文号), who asks (调阅单位) and who handles it there (经办人). */
  letter: text().notNull(),
  body: text().notNull(),
  handler: text().notNull(),
  askedEntryId: entryId('asked_entry_id'),
  askedBy: person('asked_by').notNull(),
  decidedEntryId: bigint('decided_entry_id', { mode: 'number' }).references(() => entries.id),
  granted: boolean(),
  /** The volumes, once they are made. */
  paperIds: integer('paper_ids').array().notNull(),
});

/** Changes of a task's light, as the morning's look found them. The light itself is computed. */
export const lights = pgTable(
  'lights',
  {
    id: serial().primaryKey(),
    taskId: taskId(),
    light: text().$type<Light>().notNull(),
    day: day('day').notNull(),
  },
  (table) => [unique().on(table.taskId, table.day)],
);
