import { and, desc, eq, lte, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { slots } from './schema.ts';

/** A moment from which a push is due, and how late it may still go. */
export interface Slot {
  dueAt: Date;
  expiresAt: Date;
}

/** The last slot behind us that a push looked at; those that a clock once showed too early are left aside. */
export async function lastLooked(db: Db, planId: number, push: string, now: Date): Promise<Date | null> {
  const [row] = await db
    .select({ dueAt: slots.dueAt })
    .from(slots)
    .where(
      and(eq(slots.planId, planId), eq(slots.push, push), eq(slots.state, 'looked'), lte(slots.dueAt, now)),
    )
    .orderBy(desc(slots.dueAt))
    .limit(1);
  return row?.dueAt ?? null;
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
