import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  serial,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import type { Audience, PlanSettings, PlatformName, Role } from '../terms.ts';
import { day, instant } from './columns.ts';

export const plans = pgTable('plans', {
  id: serial().primaryKey(),
  code: text().notNull().unique(),
  title: text().notNull(),
  org: text().notNull(),
  year: integer().notNull(),
  starts: day('starts').notNull(),
  ends: day('ends').notNull(),
  /** The ledger's first day: what ended before it lights nothing. */
  since: day('since').notNull(),
  timeZone: text('time_zone').notNull(),
  note: text().notNull().default(''),
  settings: jsonb().$type<PlanSettings>().notNull(),
  contact: jsonb().$type<{ name: string; phone: string }>().notNull(),
  sample: boolean().notNull().default(false),
  /** A sample that the bureau's own plan has replaced: nobody is in it any more, only its entries stand. */
  retired: boolean().notNull().default(false),
  /** Rises with every change of tasks, indicators, sections, people or groups; what is cached hangs on it. */
  version: integer().notNull().default(1),
  /** Head of the plan's own chain of entries, as on a task. */
  headSeq: integer('head_seq').notNull().default(0),
  headHash: text('head_hash').notNull().default(''),
});

export const planId = () =>
  integer('plan_id')
    .notNull()
    .references(() => plans.id);

export const sections = pgTable(
  'sections',
  {
    id: serial().primaryKey(),
    planId: planId(),
    code: text().notNull(),
    name: text().notNull(),
    /** `resident`: the discipline inspectors posted here, who are never reminded, lit, listed or counted. */
    kind: text().$type<'leadership' | 'section' | 'unit' | 'resident'>().notNull(),
    aliases: text().array().notNull(),
    rank: integer().notNull(),
    retired: boolean().notNull().default(false),
  },
  (table) => [unique().on(table.planId, table.code)],
);

export const people = pgTable(
  'people',
  {
    id: serial().primaryKey(),
    planId: planId(),
    name: text().notNull(),
    post: text().notNull(),
    /** How the person is addressed (称呼). */
    address: text().notNull(),
    sectionId: integer('section_id')
      .notNull()
      .references(() => sections.id),
    roles: text().array().$type<Role[]>().notNull(),
    rank: integer().notNull(),
    active: boolean().notNull().default(true),
  },
  (table) => [unique().on(table.planId, table.name)],
);

export const person = (name: string) => integer(name).references(() => people.id);

export const accounts = pgTable(
  'accounts',
  {
    platform: text().$type<PlatformName>().notNull(),
    account: text().notNull(),
    personId: person('person_id').notNull(),
    boundAt: instant('bound_at').notNull(),
    /** The last message from this account: a person with two is written to where they last spoke. */
    spokeAt: instant('spoke_at'),
  },
  (table) => [primaryKey({ columns: [table.platform, table.account] }), index().on(table.personId)],
);

export const groups = pgTable(
  'groups',
  {
    id: serial().primaryKey(),
    planId: planId(),
    code: text().notNull(),
    name: text().notNull(),
    platform: text().$type<PlatformName>().notNull(),
    chatId: text('chat_id').notNull(),
    audience: text().$type<Audience>().notNull(),
    sectionId: integer('section_id').references(() => sections.id),
    /** Push address and signing secret, sealed with SECRET_KEY. */
    sealedAddress: text('sealed_address'),
    sealedSecret: text('sealed_secret'),
    pausedBy: person('paused_by'),
    pausedAt: instant('paused_at'),
    /** Why pushes to it have stopped for good: the robot was removed, the group dissolved. */
    gone: text(),
  },
  (table) => [unique().on(table.planId, table.code), unique().on(table.platform, table.chatId)],
);

/** The plan's own table of days off and days worked; it wins over the official one in the product. */
export const calendarDays = pgTable(
  'calendar_days',
  {
    planId: planId(),
    day: day('day').notNull(),
    kind: text().$type<'off' | 'work'>().notNull(),
    source: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.planId, table.day] })],
);

/** One-time codes for 绑定 and 登记本群; only their hashes are kept. */
export const invites = pgTable('invites', {
  hash: text().primaryKey(),
  planId: planId(),
  personId: person('person_id'),
  audience: text().$type<Audience>(),
  sectionId: integer('section_id').references(() => sections.id),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});

/** Codes tried in vain, counted by account. */
export const attempts = pgTable(
  'attempts',
  {
    id: serial().primaryKey(),
    platform: text().notNull(),
    account: text().notNull(),
    at: instant('at').notNull(),
  },
  (table) => [index().on(table.platform, table.account, table.at)],
);
