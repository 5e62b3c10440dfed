import { bigint, boolean, integer, jsonb, pgTable, serial, text, unique } from 'drizzle-orm/pg-core';
import type { Clock, Comparator, IndicatorKind, Level, Ratio, TaskState } from '../terms.ts';
import { day, figure } from './columns.ts';
import { person, planId, sections } from './plan.ts';

export const categories = pgTable(
  'categories',
  {
    id: serial().primaryKey(),
    planId: planId(),
    code: text().notNull(),
    title: text().notNull(),
  },
  (table) => [unique().on(table.planId, table.code)],
);

export const measures = pgTable(
  'measures',
  {
    id: serial().primaryKey(),
    planId: planId(),
    code: text().notNull(),
    title: text().notNull(),
    category: text().notNull(),
  },
  (table) => [unique().on(table.planId, table.code)],
);

export const tasks = pgTable(
  'tasks',
  {
    id: serial().primaryKey(),
    planId: planId(),
    /** 1–42; null for the standing duties G1–G9. */
    serial: integer(),
    code: text().notNull(),
    title: text().notNull(),
    category: text(),
    measure: text(),
    /** Leader, section and deadline are null while 待明确. */
    leaderId: person('leader_id'),
    sectionId: integer('section_id').references(() => sections.id),
    coSectionIds: integer('co_section_ids').array().notNull(),
    deadline: day('deadline'),
    clock: text().$type<Clock>().notNull(),
    level: text().$type<Level>().notNull(),
    standard: text().notNull(),
    duty: boolean().notNull().default(false),
    /** The indicator elsewhere that the duty's figure is one with (G1 and 1.3.1/2). */
    mergedWith: text('merged_with'),
    sourceText: text('source_text').notNull().default(''),
    sourcePlace: text('source_place').notNull().default(''),
    state: text().$type<TaskState>().notNull().default('pending'),
    /** Set while a close-out is asked for, and kept after it: a request made in time is not overdue. */
    submittedOn: day('submitted_on'),
    closedOn: day('closed_on'),
    retired: boolean().notNull().default(false),
    /** Head of the task's chain of entries; whoever writes an entry holds this row's lock. */
    headSeq: integer('head_seq').notNull().default(0),
    headHash: text('head_hash').notNull().default(''),
  },
  (table) => [unique().on(table.planId, table.code)],
);

export const taskId = () =>
  integer('task_id')
    .notNull()
    .references(() => tasks.id);

export const indicators = pgTable(
  'indicators',
  {
    id: serial().primaryKey(),
    taskId: taskId(),
    /** `4.3.2/3`; a paper to be handed in is `1.1.2/d1`. */
    code: text().notNull(),
    label: text().notNull(),
    aliases: text().array().notNull(),
    unit: text().notNull(),
    unitAliases: text('unit_aliases').array().notNull(),
    comparator: text().$type<Comparator>().notNull(),
    /** A range's lower bound. */
    target: figure('target').notNull(),
    targetHigh: figure('target_high'),
    clock: text().$type<Clock>().notNull(),
    subject: text().$type<'bureau' | 'person' | 'unclear'>().notNull(),
    class: text().$type<'chase' | 'monitor'>().notNull(),
    kind: text().$type<IndicatorKind>().notNull(),
    /** Null where the task's own level holds. */
    level: text().$type<Level>(),
    preset: boolean().notNull().default(false),
    explicit: boolean().notNull().default(false),
    ratio: jsonb().$type<Ratio>(),
    retired: boolean().notNull().default(false),
  },
  (table) => [unique().on(table.taskId, table.code)],
);

export const indicatorId = () =>
  integer('indicator_id')
    .notNull()
    .references(() => indicators.id);

export const nodes = pgTable(
  'nodes',
  {
    id: serial().primaryKey(),
    indicatorId: indicatorId(),
    due: day('due').notNull(),
    value: figure('value').notNull(),
    entryId: bigint('entry_id', { mode: 'number' }).notNull(),
  },
  (table) => [unique().on(table.indicatorId, table.due)],
);
