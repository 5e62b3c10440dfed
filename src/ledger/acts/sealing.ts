import { and, eq, inArray, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Db } from '../db.ts';
import { type Chain, type EntryRow, type Origin, write } from '../entries.ts';
import type { FileRow } from '../files.ts';
import {
  baselines,
  conversations,
  entries,
  evidence,
  files,
  inbox,
  letters,
  postings,
  tasks,
  words,
} from '../schema.ts';

/** Stands where sealed words stood. */
const SEALED = '已封存';

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

/** What was removed of an entry; null where nothing was left to remove. */
export interface Sealed {
  words: boolean;
  /** So many files lose their bytes. */
  files: number;
  /** Where the same bytes stand behind something else, which keeps them: the tasks' codes. */
  elsewhere: string[];
}

/**
 * Removes the words of an entry and the files that came with it for good (封存), wherever the ledger holds them: fact and
 * hashes stay, and why it was done is an entry of its own. `asShown` gives the words as our texts begin them, for the
 * answers and letters that are kept. The caller holds the chain's lock.
 */
export async function sealEntry(
  tx: Db,
  chain: Chain,
  entry: EntryRow,
  asShown: (said: string) => string,
  origin: Origin,
): Promise<Sealed | null> {
  const [kept] = await tx.select().from(words).where(eq(words.entryId, entry.id)).for('update');
  const brought = await filesWith(tx, entry);
  if (!kept && brought.length === 0) return null;
  const detail = { entry: entry.seq, ...(brought.length === 0 ? {} : { files: brought.length }) };
  await write(tx, chain, 'seal', detail, origin);
  const elsewhere = await sealFiles(tx, brought, origin.at);
  if (kept) await removeWords(tx, entry, asShown(kept.text), origin.at);
  return { words: kept !== undefined, files: brought.length, elsewhere };
}

/** The files that an entry brought, or that it says were kept. */
async function filesWith(tx: Db, { id, act, taskId, detail }: EntryRow): Promise<FileRow[]> {
  const own =
    act === 'file'
      ? and(eq(files.taskId, taskId ?? 0), eq(files.hash, String(detail.sha256)))
      : eq(files.entryId, id);
  const isLeft = inArray(files.state, ['wanted', 'stored']);
  return tx.select().from(files).where(and(own, isLeft)).for('update');
}

/** Says behind which other tasks the same bytes stand: those keep them. */
async function sealFiles(tx: Db, brought: FileRow[], now: Date): Promise<string[]> {
  const ids = brought.map(({ id }) => id);
  if (ids.length === 0) return [];
  const state = sql`case when ${files.state} = 'wanted' then 'gone' else 'sealed' end`;
  await tx
    .update(files)
    .set({ state, name: SEALED, sealedSource: null, why: SEALED, endedAt: now })
    .where(inArray(files.id, ids));
  const hashes = brought.flatMap(({ hash }) => hash ?? []);
  if (hashes.length === 0) return [];
  const others = await tx
    .selectDistinct({ code: tasks.code })
    .from(files)
    .innerJoin(tasks, eq(tasks.id, files.taskId))
    .where(and(inArray(files.hash, hashes), eq(files.state, 'stored')));
  return others.map(({ code }) => code);
}

async function removeWords(tx: Db, entry: EntryRow, shown: string, now: Date): Promise<void> {
  await tx.delete(words).where(eq(words.entryId, entry.id));
  await tx.update(evidence).set({ name: SEALED, keptAt: '' }).where(eq(evidence.entryId, entry.id));
  const own = tx.select({ id: postings.id }).from(postings).where(eq(postings.entryId, entry.id));
  await tx.update(baselines).set({ source: SEALED }).where(inArray(baselines.postingId, own));
  await forget(tx, entry, shown, now);
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
