import type { Db } from '../db.ts';
import { metChats } from '../schema.ts';

/** Notes that somebody has spoken with the bot in a chat over its connection. */
export async function meet(db: Db, chat: string, now: Date): Promise<void> {
  await db.insert(metChats).values({ chat, at: now }).onConflictDoNothing();
}

/** Those chats, as `chatKey` names them. */
export async function chatsMet(db: Db): Promise<Set<string>> {
  const rows = await db.select({ chat: metChats.chat }).from(metChats);
  return new Set(rows.map(({ chat }) => chat));
}
