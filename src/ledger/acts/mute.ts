import { and, count, eq, gt, not } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { isUndone, type Origin } from '../entries.ts';
import type { TaskFacts } from '../facts.ts';
import type { Plan } from '../plan.ts';
import { entries } from '../schema.ts';
import { note } from './report.ts';

/** Days for which a muted task asks nothing of anybody one to one; its light and its place in lists stay. */
export const MUTED_FOR = 30;
const A_DAY = 24 * 60 * 60_000;

/** How often a task has been muted so far. */
export async function mutesOf(db: Db, task: TaskFacts): Promise<number> {
  const [row] = await db
    .select({ times: count() })
    .from(entries)
    .where(and(eq(entries.taskId, task.id), eq(entries.act, 'mute'), not(isUndone)));
  return row?.times ?? 0;
}

export async function mute(tx: Db, task: TaskFacts, origin: Origin): Promise<void> {
  await note(tx, task, 'mute', { days: MUTED_FOR }, origin);
}

/** Ids of the tasks that are muted at this moment. */
export async function mutedAt(db: Db, plan: Plan, now: Date): Promise<Set<number>> {
  const since = new Date(now.getTime() - MUTED_FOR * A_DAY);
  const rows = await db
    .select({ taskId: entries.taskId })
    .from(entries)
    .where(and(eq(entries.planId, plan.id), eq(entries.act, 'mute'), gt(entries.at, since), not(isUndone)));
  return new Set(rows.flatMap(({ taskId }) => taskId ?? []));
}
