import { eq } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { PLAN } from '../entries/dailySeal.ts';
import { type Chain, type EntryRow, type Origin, write } from '../entries.ts';
import type { PlanRow } from '../plan.ts';
import { plans } from '../schema.ts';
import type { EntryAct } from '../terms.ts';

/** The plan's row, locked: whoever writes to the plan's own chain of entries holds it. */
export async function lockPlan(tx: Db, planId: number): Promise<PlanRow> {
  const [plan] = await tx.select().from(plans).where(eq(plans.id, planId)).for('update');
  if (!plan) throw new Error(`there is no plan ${planId}`);
  return plan;
}

export const planChain = (plan: PlanRow): Chain => ({
  planId: plan.id,
  taskId: null,
  name: PLAN,
  headSeq: plan.headSeq,
  headHash: plan.headHash,
});

/** One entry in the plan's own chain, under its lock. */
export async function notePlan(
  tx: Db,
  planId: number,
  act: EntryAct,
  detail: Record<string, unknown>,
  origin: Origin,
): Promise<EntryRow> {
  return write(tx, planChain(await lockPlan(tx, planId)), act, detail, origin);
}
