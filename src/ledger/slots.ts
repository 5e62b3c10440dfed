import { and, eq, lte, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { slots } from './schema.ts';

/** A moment from which a push is due, and how late it may still go. */
export interface Slot {
  dueAt: Date;
  expiresAt: Date;
}

/**
 * The last slot behind us that a push looked at; those that a clock once showed too early are left aside. For one that
 * never looked it is the first that any push did: from then on somebody was there to look. Null before that.
 */
export async function lastLooked(db: Db, planId: number, now: Date): Promise<(push: string) => Date | null> {
  const rows = await db
    .select({
      push: slots.push,
      first: sql<Date>`min(${slots.dueAt})`.mapWith(slots.dueAt),
      last: sql<Date>`max(${slots.dueAt})`.mapWith(slots.dueAt),
    })
    .from(slots)
    .where(and(eq(slots.planId, planId), eq(slots.state, 'looked'), lte(slots.dueAt, now)))
    .groupBy(slots.push);
  const last = new Map(rows.map((row) => [row.push, row.last]));
  // That moment itself is still to be looked at by whoever hasn't.
  const before =
    rows.length === 0 ? null : new Date(Math.min(...rows.map(({ first }) => first.getTime())) - 1);
  return (push) => last.get(push) ?? before;
}

/**
 * Takes the slot, in the transaction that puts its letters; false for whoever comes second. One that a clock set too
 * far made look missed can still be taken.
 */
export async function take(
  tx: Db,
  planId: number,
  push: string,
  { dueAt }: Slot,
  state: 'looked' | 'missed',
): Promise<boolean> {
  const rows = await tx
    .insert(slots)
    .values({ planId, push, dueAt, state })
    .onConflictDoUpdate({
      target: [slots.planId, slots.push, slots.dueAt],
      set: { state },
      setWhere: sql`${slots.state} = 'missed' and ${state} = 'looked'`,
    })
    .returning({ dueAt: slots.dueAt });
  return rows.length > 0;
}
