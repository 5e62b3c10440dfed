import { eq } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Origin } from '../entries.ts';
import type { Group } from '../people.ts';
import { notePlan } from '../plan/chain.ts';
import type { Plan } from '../plan.ts';
import { groups } from '../schema.ts';

/** Stops what is said unasked in a group, at once; what is due meanwhile waits for as long as it may still go. */
export async function pause(tx: Db, plan: Plan, group: Group, origin: Origin): Promise<void> {
  await notePlan(tx, plan.id, 'pause', { group: group.code }, origin);
  await tx
    .update(groups)
    .set({ pausedBy: origin.personId, pausedAt: origin.at })
    .where(eq(groups.id, group.id));
}

export async function resume(tx: Db, plan: Plan, paused: Group[], origin: Origin): Promise<void> {
  const codes = paused.map((group) => group.code);
  await notePlan(tx, plan.id, 'resume', { groups: codes }, origin);
  for (const { id } of paused) {
    await tx.update(groups).set({ pausedBy: null, pausedAt: null }).where(eq(groups.id, id));
  }
}
