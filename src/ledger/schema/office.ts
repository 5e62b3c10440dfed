import { bigint, boolean, index, integer, pgTable, serial, text, unique } from 'drizzle-orm/pg-core';
import type { Register } from '../terms.ts';
import { day, instant } from './columns.ts';
import { entries, entryId } from './entries.ts';
import { person, planId, sections } from './plan.ts';
import { tasks } from './tasks.ts';

export const meetings = pgTable(
  'meetings',
  {
    id: serial().primaryKey(),
    planId: planId(),
    startsAt: instant('starts_at').notNull(),
    place: text().notNull(),
    heldEntryId: bigint('held_entry_id', { mode: 'number' }).references(() => entries.id),
    people: integer(),
    minutes: integer(),
  },
  (table) => [index().on(table.planId)],
);

/** What a meeting decided or a leader ordered: somebody, something, by a day. */
export const followUps = pgTable(
  'follow_ups',
  {
    id: serial().primaryKey(),
    planId: planId(),
    taskId: integer('task_id').references(() => tasks.id),
    meetingId: integer('meeting_id').references(() => meetings.id),
    entryId: entryId(),
    ownerId: person('owner_id'),
    due: day('due'),
    doneEntryId: bigint('done_entry_id', { mode: 'number' }).references(() => entries.id),
  },
  (table) => [index().on(table.planId)],
);

/** Who reports and confirms in somebody's stead (代办), through which day. */
export const deputies = pgTable(
  'deputies',
  {
    id: serial().primaryKey(),
    personId: person('person_id').notNull(),
    forPersonId: person('for_person_id').notNull(),
    until: day('until').notNull(),
    entryId: entryId(),
    endedEntryId: bigint('ended_entry_id', { mode: 'number' }).references(() => entries.id),
  },
  (table) => [index().on(table.personId)],
);

/** A section's post that passes to somebody on a day (交接). */
export const handovers = pgTable(
  'handovers',
  {
    id: serial().primaryKey(),
    planId: planId(),
    sectionId: integer('section_id')
      .notNull()
      .references(() => sections.id),
    personId: person('person_id').notNull(),
    on: day('on_day').notNull(),
    entryId: entryId(),
    /** Once it has taken effect, been taken back, or come to nothing because the successor had gone. */
    endedEntryId: bigint('ended_entry_id', { mode: 'number' }).references(() => entries.id),
  },
  (table) => [index().on(table.planId)],
);

/** A line of a short register: all have one shape, and the words stand apart. */
export const registerRows = pgTable(
  'register_rows',
  {
    id: serial().primaryKey(),
    planId: planId(),
    register: text().$type<Register>().notNull(),
    number: integer().notNull(),
    entryId: entryId(),
    /** Whose it is, or which section was visited. */
    sectionId: integer('section_id').references(() => sections.id),
    education: boolean().notNull().default(false),
    day: day('day').notNull(),
    due: day('due'),
    doneEntryId: bigint('done_entry_id', { mode: 'number' }).references(() => entries.id),
  },
  (table) => [unique().on(table.planId, table.register, table.number)],
);
