import { sql } from 'drizzle-orm';
import { type Db, given } from '../db.ts';
import type { Reply } from '../reply.ts';
import { conversations } from '../schema.ts';

/** For so long a question, a page and 这项 hold; then the bot has forgotten them. */
const HOLDS = 10 * 60_000;

/** What the bot and a person are in the middle of in a chat. The question belongs to whoever asked it. */
export interface Conversation {
  lastTask: string | null;
  rest: Reply[] | null;
  question: unknown;
}

const nothing: Conversation = { lastTask: null, rest: null, question: null };

/** What was kept of it, as far as it still holds. */
export function standing(row: typeof conversations.$inferSelect | null, now: Date): Conversation {
  if (!row || Math.abs(now.getTime() - row.at.getTime()) > HOLDS) return nothing;
  return { lastTask: row.lastTask, rest: row.rest ?? null, question: row.question ?? null };
}

/** What 这项 means after something that was about these; null where that is not one task. */
export function theOnly(codes: readonly (string | null)[]): string | null {
  const [first = null, ...others] = new Set(codes);
  return others.length === 0 ? first : null;
}

/** What the message's answer leaves between the bot and its speaker, to be written as a part of another statement. */
export type Left = Conversation & { personId: number; chat: string; at: Date };

export function remembering(db: Db) {
  const row = {
    at: given('at', conversations.at),
    lastTask: given('lastTask', conversations.lastTask),
    rest: given('rest', conversations.rest),
    question: given('question', conversations.question),
  };
  return db
    .insert(conversations)
    .values({
      personId: given('personId', conversations.personId),
      chat: given('chat', conversations.chat),
      ...row,
    })
    .onConflictDoUpdate({
      target: [conversations.personId, conversations.chat],
      set: {
        at: sql`excluded.at`,
        lastTask: sql`excluded.last_task`,
        rest: sql`excluded.rest`,
        question: sql`excluded.question`,
      },
    })
    .returning({ personId: conversations.personId });
}
