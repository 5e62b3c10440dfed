import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Origin } from '../entries.ts';
import { lockPlan, notePlan } from '../plan/chain.ts';
import type { Plan } from '../plan.ts';
import { groups, letters } from '../schema.ts';
import { NEEDLESS } from './fate.ts';

/** A post to a group that rests on no authorisation, all its parts together. */
export interface Waiting {
  push: string;
  group: { code: string; name: string };
  ids: number[];
  until: Date;
}

/** What waits for somebody's word, in the order in which it was made. The plan is locked: it is settled once. */
export async function draftsWaiting(tx: Db, plan: Plan, now: Date): Promise<Waiting[]> {
  await lockPlan(tx, plan.id);
  const rows = await tx
    .select({ id: letters.id, push: letters.push, until: letters.expiresAt, group: groups })
    .from(letters)
    .innerJoin(groups, eq(groups.id, letters.groupId))
    .where(
      and(
        eq(letters.planId, plan.id),
        eq(letters.state, 'draft'),
        isNull(letters.endedAt),
        gt(letters.expiresAt, now),
      ),
    )
    .orderBy(asc(letters.id));
  const found = new Map<string, Waiting>();
  for (const { id, push, until, group } of rows) {
    const key = `${push}:${group.id}`;
    const { code, name } = group;
    const before = found.get(key) ?? { push, group: { code, name }, ids: [], until };
    found.set(key, { ...before, ids: [...before.ids, id], until });
  }
  return [...found.values()];
}

/** 同意发出: it leaves as any letter does. 不予发出: it never does, and counts as not told. */
export async function settleDraft(
  tx: Db,
  plan: Plan,
  { push, group, ids }: Waiting,
  goes: boolean,
  origin: Origin,
): Promise<void> {
  await notePlan(tx, plan.id, goes ? 'post' : 'withhold', { push, group: group.code }, origin);
  await tx
    .update(letters)
    .set(
      goes
        ? { state: 'pending', dueAt: origin.at }
        : { state: 'expired', endedAt: origin.at, why: NEEDLESS.withheld },
    )
    .where(inArray(letters.id, ids));
}
