import { and, eq, ne } from 'drizzle-orm';
import type { Db } from './db.ts';
import { inbox, quarantine } from './schema.ts';

/** What makes a message one message, however often and by whatever way it comes. */
export interface MessageKey {
  platform: string;
  bot: string;
  messageId: string;
  sender: string;
}

const at = (key: MessageKey) =>
  and(
    eq(inbox.platform, key.platform),
    eq(inbox.bot, key.bot),
    eq(inbox.messageId, key.messageId),
    eq(inbox.sender, key.sender),
  );

/**
 * Claims the message inside the transaction of its effect. `new`: it is ours, and every other copy waits until we
 * commit. Otherwise the reply that was given before.
 */
export async function take(
  tx: Db,
  key: MessageKey,
  from: { chat: string; proof: string },
  now: Date,
): Promise<{ is: 'new' } | { is: 'seen'; reply: unknown }> {
  const taken = await tx
    .insert(inbox)
    .values({ ...key, ...from, at: now })
    .onConflictDoNothing()
    .returning({ messageId: inbox.messageId });
  if (taken.length > 0) return { is: 'new' };
  return { is: 'seen', reply: (await kept(tx, key))?.reply ?? null };
}

export async function keep(tx: Db, key: MessageKey, reply: unknown, personId: number | null): Promise<void> {
  await tx.update(inbox).set({ reply, personId }).where(at(key));
}

/** The stored reply of a message whose effect is committed; undefined where there is none. */
export async function kept(db: Db, key: MessageKey): Promise<{ reply: unknown } | undefined> {
  const [row] = await db.select({ reply: inbox.reply }).from(inbox).where(at(key));
  return row;
}

/**
 * Decides the fate of a message whose COMMIT was not answered: either its row is there, or this one takes its place
 * and the lost transaction can never commit. A transaction still under way is waited for.
 */
export async function settle(db: Db, key: MessageKey, otherwise: unknown, now: Date): Promise<unknown> {
  const taken = await db
    .insert(inbox)
    .values({ ...key, chat: '', proof: '', at: now, reply: otherwise })
    .onConflictDoNothing()
    .returning({ messageId: inbox.messageId });
  return taken.length > 0 ? otherwise : ((await kept(db, key))?.reply ?? null);
}

/**
 * Whether the same proof came with another message id. DingTalk's signature doesn't cover the body, so this is how
 * a captured pair shows; two real messages can share a millisecond, so it is noted and not refused.
 */
export async function proofSeen(tx: Db, key: MessageKey, proof: string): Promise<boolean> {
  const rows = await tx
    .select({ messageId: inbox.messageId })
    .from(inbox)
    .where(and(eq(inbox.proof, proof), eq(inbox.platform, key.platform), ne(inbox.messageId, key.messageId)))
    .limit(1);
  return rows.length > 0;
}

/** Sets a well-signed call aside that couldn't be used; the admin sees the reason. */
export async function setAside(db: Db, platform: string, reason: string, now: Date): Promise<void> {
  await db.insert(quarantine).values({ platform, reason, at: now });
}
