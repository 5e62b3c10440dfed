import { and, eq, lte, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { slots } from './schema.ts';

/** A moment from which a push is due, and how late it may still go. */
export interface Slot {
  dueAt: Date;
  expiresAt: Date;
}

/** The last slot behind us that each push looked at; those that a clock once showed too early are left aside. */
export async function lastLooked(db: Db, planId: number, now: Date): Promise<Map<string, Date>> {
  const rows = await db
    .select({ push: slots.push, dueAt: sql<Date>`max(${slots.dueAt})`.mapWith(slots.dueAt) })
    .from(slots)
    .where(and(eq(slots.planId, planId), eq(slots.state, 'looked'), lte(slots.dueAt, now)))
    .groupBy(slots.push);
  return new Map(rows.map(({ push, dueAt }) => [push, dueAt]));
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
