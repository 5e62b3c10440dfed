import { and, desc, eq, gte, isNull, or } from 'drizzle-orm';
import type { Day } from '../days.ts';
import type { Db } from '../db.ts';
import type { Origin } from '../entries.ts';
import type { TaskFacts } from '../facts.ts';
import { awaits, retract } from '../outbox.ts';
import type { Plan } from '../plan.ts';
import { entries, listings, tasks } from '../schema.ts';
import { note } from './report.ts';

export type Listing = typeof listings.$inferSelect;

/** The listing that is proposed or in force; null where there is none. */
export async function listingOf(db: Db, taskId: number): Promise<Listing | null> {
  const [row] = await db
    .select()
    .from(listings)
    .where(and(eq(listings.taskId, taskId), isNull(listings.refusedEntryId), isNull(listings.liftedEntryId)))
    .orderBy(desc(listings.id))
    .limit(1);
  return row ?? null;
}

/** Whether any task of the plan was listed on this day or later. */
export async function isAnyOrdered(db: Db, plan: Plan, since: Day): Promise<boolean> {
  const rows = await db
    .select({ id: listings.id })
    .from(listings)
    .innerJoin(tasks, eq(tasks.id, listings.taskId))
    .where(and(eq(tasks.planId, plan.id), gte(listings.orderedOn, since)))
    .limit(1);
  return rows.length > 0;
}

/** 拟挂牌: takes effect only when the secretary agrees. The reason stands in the entry's words alone. */
export async function propose(tx: Db, task: TaskFacts, term: Day | null, origin: Origin): Promise<void> {
  const entry = await note(tx, task, 'list', { term }, origin);
  await tx.insert(listings).values({ taskId: task.id, proposedEntryId: entry.id, term });
}

/** 同意挂牌: in force from today; a term named with the agreement holds instead of the proposed one. */
export async function order(
  tx: Db,
  task: TaskFacts,
  listing: Listing,
  { term, on }: { term: Day | null; on: Day },
  origin: Origin,
): Promise<Day | null> {
  const holds = term ?? listing.term;
  const entry = await note(tx, task, 'order', { term: holds }, origin);
  await change(tx, listing, { orderedEntryId: entry.id, orderedOn: on, term: holds });
  await retract(tx, [awaits('listing', task.id)], origin.at);
  return holds;
}

/** 不同意挂牌, or 不同意摘牌 of one that is in force, which then stays so. */
export async function decline(tx: Db, task: TaskFacts, listing: Listing, origin: Origin): Promise<void> {
  const isOrdered = listing.orderedEntryId !== null;
  const entry = await note(tx, task, isOrdered ? 'unlift' : 'unlist', {}, origin);
  await change(tx, listing, isOrdered ? { liftProposedEntryId: null } : { refusedEntryId: entry.id });
  await retract(tx, [awaits('listing', task.id)], origin.at);
}

/** 拟摘牌. */
export async function proposeLift(tx: Db, task: TaskFacts, listing: Listing, origin: Origin): Promise<void> {
  const entry = await note(tx, task, 'delist', {}, origin);
  await change(tx, listing, { liftProposedEntryId: entry.id });
}

/** 同意摘牌. */
export async function lift(
  tx: Db,
  task: TaskFacts,
  listing: Listing,
  on: Day,
  origin: Origin,
): Promise<void> {
  const entry = await note(tx, task, 'lift', {}, origin);
  await change(tx, listing, { liftedEntryId: entry.id, liftedOn: on });
  await retract(tx, [awaits('listing', task.id)], origin.at);
}

/** Who made the proposal that waits for the secretary, to list or to lift; null where none waits. */
export async function proposerOf(db: Db, listing: Listing | null): Promise<number | null> {
  const entryId = listing?.orderedEntryId === null ? listing.proposedEntryId : listing?.liftProposedEntryId;
  if (entryId == null) return null;
  const [row] = await db.select({ by: entries.personId }).from(entries).where(eq(entries.id, entryId));
  return row?.by ?? null;
}

/** Whether the proposal of this entry, to list or to lift, still waits for the secretary. */
export async function isProposed(db: Db, entryId: number): Promise<boolean> {
  const rows = await db
    .select({ id: listings.id })
    .from(listings)
    .where(
      or(
        and(
          eq(listings.proposedEntryId, entryId),
          isNull(listings.orderedEntryId),
          isNull(listings.refusedEntryId),
        ),
        and(eq(listings.liftProposedEntryId, entryId), isNull(listings.liftedEntryId)),
      ),
    );
  return rows.length > 0;
}

/** Takes the proposal of this entry back; the entry stays. */
export async function withdrawProposal(tx: Db, entryId: number): Promise<void> {
  await tx.delete(listings).where(eq(listings.proposedEntryId, entryId));
  await tx
    .update(listings)
    .set({ liftProposedEntryId: null })
    .where(eq(listings.liftProposedEntryId, entryId));
}

const change = (tx: Db, listing: Listing, values: Partial<Listing>) =>
  tx.update(listings).set(values).where(eq(listings.id, listing.id));
