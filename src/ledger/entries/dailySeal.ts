import { desc, eq } from 'drizzle-orm';
import type { Day } from '../days.ts';
import type { Db } from '../db.ts';
import { sorted } from '../entries.ts';
import { plans, seals, tasks } from '../schema.ts';
import { sha256 } from '../seal.ts';

export type DailySeal = typeof seals.$inferSelect;

/** The name of the plan's own chain of entries. */
export const PLAN = 'plan';

export interface Head {
  planId: number;
  chain: string;
  seq: number;
  hash: string;
}

/** Where each chain of every plan, or of one, ends by the row that it hangs on. */
export async function headsOf(db: Db, planId?: number): Promise<Head[]> {
  const ofTasks = await db
    .select({ planId: tasks.planId, chain: tasks.code, seq: tasks.headSeq, hash: tasks.headHash })
    .from(tasks)
    .where(planId === undefined ? undefined : eq(tasks.planId, planId));
  const ofPlans = await db
    .select({ planId: plans.id, seq: plans.headSeq, hash: plans.headHash })
    .from(plans)
    .where(planId === undefined ? undefined : eq(plans.id, planId));
  return [...ofTasks, ...ofPlans.map((each) => ({ ...each, chain: PLAN }))];
}

/**
 * Seals the day, once, with whatever stands at its first look. A clock that was set back seals nothing: seals stand
 * in the order of their days.
 */
export async function sealDay(db: Db, planId: number, day: Day): Promise<void> {
  const before = await lastSeal(db, planId);
  if (before && before.day >= day) return;
  const heads = (await headsOf(db, planId)).filter(({ seq }) => seq > 0);
  const seal = {
    planId,
    day,
    heads: Object.fromEntries(
      heads.map(({ chain, seq, hash }): [string, [number, string]] => [chain, [seq, hash]]),
    ),
    prev: before?.hash ?? '',
  };
  await db
    .insert(seals)
    .values({ ...seal, hash: hashOfSeal(seal) })
    .onConflictDoNothing();
}

export async function lastSeal(db: Db, planId: number): Promise<DailySeal | undefined> {
  const [seal] = await db
    .select()
    .from(seals)
    .where(eq(seals.planId, planId))
    .orderBy(desc(seals.day))
    .limit(1);
  return seal;
}

export const hashOfSeal = ({ planId, day, heads, prev }: Omit<DailySeal, 'hash'>): string =>
  sha256(JSON.stringify([planId, day, sorted(heads), prev]));
