import { sql } from 'drizzle-orm';
import { bigint, bigserial, boolean, index, integer, pgTable, serial, text } from 'drizzle-orm/pg-core';
import type { PlatformName } from '../terms.ts';
import { day, figure, instant } from './columns.ts';
import { entries, entryId } from './entries.ts';
import { person, planId } from './plan.ts';
import { indicatorId, tasks } from './tasks.ts';

/** What entries say about figures. A figure is the fold of its postings; none is stored beside them. */
export const postings = pgTable(
  'postings',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    entryId: entryId(),
    indicatorId: indicatorId(),
    /** Whose figure, on an indicator that each person has to meet. */
    personId: person('person_id'),
    /** `2026-04`, `2026-Q2`, `2026-H1`, `2026`, `2026-W17` or `once`. */
    period: text().notNull(),
    happenedOn: day('happened_on').notNull(),
    op: text().$type<'add' | 'set'>().notNull(),
    /** A ratio's denominator. */
    value: figure('value'),
    /** A ratio's numerator. */
    part: figure('part'),
    /** Which part of an indicator with several (文件, 会议). */
    facet: text(),
    /** False while a clerk's figure waits for the chief. */
    confirmed: boolean().notNull(),
    /** Where it stands among the others when it corrects one: at that one's id. Null: at its own. */
    place: bigint({ mode: 'number' }),
    /** The entry that took it back, or put another in its place. */
    withdrawnBy: bigint('withdrawn_by', { mode: 'number' }).references(() => entries.id),
  },
  (table) => [index().on(table.indicatorId), index().on(table.entryId)],
);

export const baselines = pgTable('baselines', {
  indicatorId: indicatorId().primaryKey(),
  postingId: bigint('posting_id', { mode: 'number' })
    .notNull()
    .references(() => postings.id),
  source: text().notNull(),
});

export const evidence = pgTable(
  'evidence',
  {
    id: serial().primaryKey(),
    indicatorId: indicatorId(),
    entryId: entryId(),
    kind: text().notNull(),
    name: text().notNull(),
    datedOn: day('dated_on'),
    keptAt: text('kept_at').notNull(),
    fileHash: text('file_hash'),
    withdrawnBy: bigint('withdrawn_by', { mode: 'number' }).references(() => entries.id),
  },
  (table) => [index().on(table.indicatorId), index().on(table.entryId)],
);

/** Files that people sent: fetched from their platform after the message, then kept under their hash. */
export const files = pgTable(
  'files',
  {
    id: serial().primaryKey(),
    planId: planId(),
    personId: person('person_id').notNull(),
    platform: text().$type<PlatformName>().notNull(),
    chat: text().notNull(),
    messageId: text('message_id').notNull(),
    kind: text().$type<'picture' | 'video' | 'file'>().notNull(),
    /** As its sender called it; empty where that isn't known. */
    name: text().notNull(),
    /** How the platform gives it out, sealed with SECRET_KEY; removed once it has been fetched or can't be any more. */
    sealedSource: text('sealed_source'),
    /** `over`: it can't be had. `sealed`: its bytes are to be removed; `gone`: they are, and its hash stays. */
    state: text().$type<'wanted' | 'stored' | 'over' | 'sealed' | 'gone'>().notNull(),
    /** Class, host and path of the last fault; null while it is being tried. */
    why: text(),
    /** SHA-256 of its bytes, its media type by what they are, and their number. */
    hash: text(),
    type: text(),
    size: integer(),
    /** What it stands behind; null while its sender hasn't said. */
    taskId: integer('task_id').references(() => tasks.id),
    evidenceId: integer('evidence_id').references(() => evidence.id),
    /** The entry that it came with. */
    entryId: bigint('entry_id', { mode: 'number' }).references(() => entries.id),
    /** The first file with the same bytes that stands behind a task. */
    sameAs: integer('same_as'),
    attempts: integer().notNull().default(0),
    at: instant('at').notNull(),
    /** When its last try began and, where that failed, when it ended. */
    triedAt: instant('tried_at'),
    endedAt: instant('ended_at'),
  },
  (table) => [
    index('files_wanted').on(table.triedAt).where(sql`state = 'wanted'`),
    index().on(table.taskId),
    index().on(table.planId, table.hash),
  ],
);
