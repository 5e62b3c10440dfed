import { and, eq, inArray, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Db } from './db.ts';
import { type Chain, type EntryRow, type Origin, write } from './entries.ts';
import { baselines, conversations, entries, evidence, inbox, letters, postings, words } from './schema.ts';

/** Stands where sealed words stood. */
export const SEALED = '已封存';

export async function entryAt(
  db: Db,
  planId: number,
  chain: string,
  seq: number,
): Promise<EntryRow | undefined> {
  const [entry] = await db
    .select()
    .from(entries)
    .where(and(eq(entries.planId, planId), eq(entries.chain, chain), eq(entries.seq, seq)));
  return entry;
}

/**
 * Removes the words of an entry for good (封存), wherever the ledger holds them: fact and hash stay, and why it was
 * done is an entry of its own. `asShown` gives the words as our texts begin them, for the answers and letters that are
 * kept. The caller holds the chain's lock. False where no words are left to remove.
 */
export async function sealWords(
  tx: Db,
  chain: Chain,
  entry: EntryRow,
  asShown: (said: string) => string,
  origin: Origin,
  now: Date,
  said: string,
): Promise<boolean> {
  const [kept] = await tx.select().from(words).where(eq(words.entryId, entry.id)).for('update');
  if (!kept) return false;
  await write(tx, chain, 'seal', { entry: entry.seq }, origin, now, said);
  await tx.delete(words).where(eq(words.entryId, entry.id));
  await tx.update(evidence).set({ name: SEALED, keptAt: '' }).where(eq(evidence.entryId, entry.id));
  const own = tx.select({ id: postings.id }).from(postings).where(eq(postings.entryId, entry.id));
  await tx.update(baselines).set({ source: SEALED }).where(inArray(baselines.postingId, own));
  await forget(tx, entry, asShown(kept.text), now);
  return true;
}

/** The answer that was kept for the message itself, and whatever else was or would be told in its words. */
async function forget(tx: Db, entry: EntryRow, shown: string, now: Date): Promise<void> {
  const reply = { lines: [SEALED] };
  const { platform, messageId } = entry;
  if (platform !== null && messageId !== null) {
    await tx
      .update(inbox)
      .set({ reply })
      .where(and(eq(inbox.platform, platform), eq(inbox.messageId, messageId)));
  }
  const inJson = JSON.stringify(shown).slice(1, -1);
  const tells = (column: AnyPgColumn) => sql`position(${inJson} in ${column}::text) > 0`;
  await tx.update(inbox).set({ reply }).where(tells(inbox.reply));
  await tx.delete(conversations).where(tells(conversations.rest));
  const unsent = inArray(letters.state, ['draft', 'pending', 'waiting']);
  await tx
    .update(letters)
    .set({ state: 'expired', endedAt: now, why: '内容已封存' })
    .where(and(unsent, tells(letters.reply)));
  await tx.update(letters).set({ reply }).where(tells(letters.reply));
}
