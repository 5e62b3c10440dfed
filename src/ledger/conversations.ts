import { and, eq } from 'drizzle-orm';
import type { Db } from './db.ts';
import { conversations } from './schema.ts';

/** For so long a question, a page and 这项 hold; then the bot has forgotten them. */
const HOLDS = 10 * 60_000;

/** What the bot and a person are in the middle of in a chat. The two JSON fields belong to whoever wrote them. */
export interface Conversation {
  lastTask: string | null;
  rest: unknown;
  question: unknown;
}

const nothing: Conversation = { lastTask: null, rest: null, question: null };

export async function recall(db: Db, personId: number, chat: string, now: Date): Promise<Conversation> {
  const [row] = await db
    .select()
    .from(conversations)
    .where(and(eq(conversations.personId, personId), eq(conversations.chat, chat)));
  if (!row || Math.abs(now.getTime() - row.at.getTime()) > HOLDS) return nothing;
  return { lastTask: row.lastTask, rest: row.rest ?? null, question: row.question ?? null };
}

export async function remember(
  tx: Db,
  personId: number,
  chat: string,
  now: Date,
  state: Conversation,
): Promise<void> {
  const row = { ...state, at: now };
  await tx
    .insert(conversations)
    .values({ personId, chat, ...row })
    .onConflictDoUpdate({ target: [conversations.personId, conversations.chat], set: row });
}
