import { index, jsonb, pgTable, primaryKey, serial, text } from 'drizzle-orm/pg-core';
import type { Reply } from '../reply.ts';
import { instant } from './columns.ts';
import { person } from './plan.ts';

/** Messages taken, each with the reply that was given: whoever brings one again gets the same reply and no effect. */
export const inbox = pgTable(
  'inbox',
  {
    platform: text().notNull(),
    bot: text().notNull(),
    messageId: text('message_id').notNull(),
    sender: text().notNull(),
    chat: text().notNull(),
    personId: person('person_id'),
    at: instant('at').notNull(),
    proof: text().notNull(),
    reply: jsonb().$type<Reply>(),
    /** When its answer went out over a connection, where a copy of the message isn't answered again. */
    answeredAt: instant('answered_at'),
  },
  (table) => [
    primaryKey({ columns: [table.platform, table.bot, table.messageId, table.sender] }),
    index().on(table.proof),
  ],
);

/** Well-signed calls that could not be used, for the admin to see. */
export const quarantine = pgTable('quarantine', {
  id: serial().primaryKey(),
  platform: text().notNull(),
  at: instant('at').notNull(),
  reason: text().notNull(),
});

/** What the bot and a person are in the middle of in a chat. */
export const conversations = pgTable(
  'conversations',
  {
    personId: person('person_id').notNull(),
    chat: text().notNull(),
    at: instant('at').notNull(),
    /** The task last shown here, for 这项. */
    lastTask: text('last_task'),
    /** What 下一页 brings. */
    rest: jsonb().$type<Reply[]>(),
    /** What the bot asked, and what it would have recorded for each answer. */
    question: jsonb().$type<unknown>(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.chat] })],
);
