import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from './db.ts';
import { entries, plans, tasks, words } from './schema.ts';
import { sha256 } from './seal.ts';

/** Who did it, in which chat, by which message. */
export interface Origin {
  personId: number | null;
  forPersonId?: number | null;
  platform: string | null;
  chat: string | null;
  messageId: string | null;
}

/** The chain that an entry is written to, with its head as read under the lock of the row that holds it. */
export interface Chain {
  planId: number;
  taskId: number | null;
  name: string;
  headSeq: number;
  headHash: string;
}

export type EntryRow = typeof entries.$inferSelect;

/**
 * Writes one entry at the head of its chain and moves the head. The caller holds the lock of the task's row, or of
 * the plan's, since before it read the head: a chain can't fork. `said` are the words as typed, kept apart.
 */
export async function write(
  tx: Db,
  chain: Chain,
  act: string,
  detail: Record<string, unknown>,
  origin: Origin,
  now: Date,
  said = '',
): Promise<EntryRow> {
  const salt = said === '' ? '' : randomBytes(12).toString('hex');
  const body = {
    planId: chain.planId,
    taskId: chain.taskId,
    chain: chain.name,
    seq: chain.headSeq + 1,
    act,
    personId: origin.personId,
    forPersonId: origin.forPersonId ?? null,
    platform: origin.platform,
    chat: origin.chat,
    messageId: origin.messageId,
    at: now,
    detail,
    wordsHash: said === '' ? null : sha256(salt + said),
    prev: chain.headHash,
  };
  const [entry] = await tx
    .insert(entries)
    .values({ ...body, hash: hashOf(body) })
    .returning();
  if (!entry) throw new Error('the entry came back empty');
  if (said !== '') await tx.insert(words).values({ entryId: entry.id, salt, text: said });
  await moveHead(tx, chain, entry);
  return entry;
}

async function moveHead(tx: Db, chain: Chain, entry: EntryRow): Promise<void> {
  const head = { headSeq: entry.seq, headHash: entry.hash };
  if (chain.taskId === null) await tx.update(plans).set(head).where(eq(plans.id, chain.planId));
  else await tx.update(tasks).set(head).where(eq(tasks.id, chain.taskId));
  Object.assign(chain, head);
}

/** SHA-256 over a canonical text of the entry and the hash before it. */
export function hashOf(entry: Omit<EntryRow, 'id' | 'hash'>): string {
  return sha256(
    JSON.stringify([
      entry.planId,
      entry.chain,
      entry.seq,
      entry.act,
      entry.personId,
      entry.forPersonId,
      entry.platform,
      entry.chat,
      entry.messageId,
      entry.at.toISOString(),
      sorted(entry.detail),
      entry.wordsHash,
      entry.prev,
    ]),
  );
}

/** JSON whose keys stand in one order, however the database gave them back. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
