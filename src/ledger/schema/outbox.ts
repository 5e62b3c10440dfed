import { sql } from 'drizzle-orm';
import { bigserial, boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Reply } from '../reply.ts';
import type { LetterState, PlatformName } from '../terms.ts';
import { instant } from './columns.ts';
import { groups, person, planId } from './plan.ts';

/** The outbox: one message to one chat. */
export const letters = pgTable(
  'letters',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    planId: planId(),
    /** What, for whom, which period: the guarantee that it is said once. */
    key: text().notNull().unique(),
    push: text().notNull(),
    /** `none`: there was no way to whom it is for. */
    platform: text().$type<PlatformName | 'none'>().notNull(),
    groupId: integer('group_id').references(() => groups.id),
    personId: person('person_id'),
    account: text(),
    /** The budget its sends are counted against. */
    robot: text().notNull(),
    reply: jsonb().$type<Reply>().notNull(),
    tasks: text().array().notNull(),
    /** What it tells, step by step, so that a later look knows it has been told. */
    marks: text().array().notNull(),
    uuid: text().notNull(),
    /** A bulletin of unknown fate is never repeated unasked. */
    once: boolean().notNull().default(false),
    /** Leaves only while pushes may: 08:30–17:30 on working days. */
    quiet: boolean().notNull().default(true),
    state: text().$type<LetterState>().notNull(),
    attempt: integer().notNull().default(0),
    /** Goes again after an unknown fate where a repeat would show twice: says 〔补发〕. */
    again: boolean().notNull().default(false),
    createdAt: instant('created_at').notNull(),
    dueAt: instant('due_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** When it first left: for half an hour from then the platforms know a repeat. */
    leftAt: instant('left_at'),
    /** When its last attempt began and, once that one's fate is known, when it ended. */
    triedAt: instant('tried_at'),
    /** Null while something is still to become of it. */
    endedAt: instant('ended_at'),
    /** Class, code, host and path of the last fault; never an address with a key in it. */
    why: text(),
    /** When the person it went to acknowledged it (收到). */
    seenAt: instant('seen_at'),
  },
  (table) => [
    index('letters_open').on(table.planId, table.robot, table.dueAt).where(sql`ended_at is null`),
    index('letters_unseen').on(table.personId).where(sql`seen_at is null`),
    index().on(table.planId, table.createdAt),
    index().on(table.robot, table.triedAt),
  ],
);

/** Each robot's row is the lock under which its budget of a minute is spent. */
export const robots = pgTable('robots', {
  robot: text().primaryKey(),
  pausedUntil: instant('paused_until'),
});

/** Chats in which somebody has spoken with the bot over its connection: WeCom lets it speak unasked in no others. */
export const metChats = pgTable('met_chats', {
  chat: text().primaryKey(),
  at: instant('at').notNull(),
});

/** The moments from which each push was due: one at which it looked, or one that went by without anybody looking. */
export const slots = pgTable(
  'slots',
  {
    planId: planId(),
    push: text().notNull(),
    dueAt: instant('due_at').notNull(),
    state: text().$type<'looked' | 'missed'>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.planId, table.push, table.dueAt] })],
);
