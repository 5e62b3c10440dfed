import { and, asc, eq, sql } from 'drizzle-orm';
import type { Day } from '../days.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db.ts';
import type { Origin } from '../entries.ts';
import type { TaskFacts } from '../facts.ts';
import type { Plan } from '../plan.ts';
import { entries, lookbacks, tasks } from '../schema.ts';
import { note } from './report.ts';

export interface Lookback {
  on: Day;
  result: 'holds' | 'relapsed';
}

/** What closed tasks were found to be, the oldest first. */
export async function lookbacksOf(db: Db, taskId: number, timeZone: string): Promise<Lookback[]> {
  const rows = await db
    .select({ at: entries.at, result: lookbacks.result })
    .from(lookbacks)
    .innerJoin(entries, eq(entries.id, lookbacks.entryId))
    .where(eq(lookbacks.taskId, taskId))
    .orderBy(asc(lookbacks.id));
  return rows.map(({ at, result }) => ({ on: dayOf(at, timeZone), result }));
}

/**
 * Looks back at a closed task. One that has relapsed is open again, with its old deadline: what was late stays so; the
 * day of its first closure stands in the entry and with the close-out.
 */
export async function lookBack(
  tx: Db,
  task: TaskFacts,
  result: Lookback['result'],
  origin: Origin,
): Promise<void> {
  const entry = await note(tx, task, result, { closedOn: task.closedOn }, origin);
  await tx.insert(lookbacks).values({ taskId: task.id, entryId: entry.id, result });
  if (result === 'holds') return;
  await tx
    .update(tasks)
    .set({ state: 'active', closedOn: null, submittedOn: null })
    .where(eq(tasks.id, task.id));
}

/** The closed tasks of the plan, each with the day of its last look-back; empty text where there was none. */
export async function lookedBackAt(db: Db, plan: Plan): Promise<Map<number, Day>> {
  const rows = await db
    .select({ taskId: tasks.id, at: sql<Date | null>`max(${entries.at})`.mapWith(entries.at) })
    .from(tasks)
    .leftJoin(lookbacks, eq(lookbacks.taskId, tasks.id))
    .leftJoin(entries, eq(entries.id, lookbacks.entryId))
    .where(and(eq(tasks.planId, plan.id), eq(tasks.state, 'closed')))
    .groupBy(tasks.id);
  return new Map(rows.map(({ taskId, at }) => [taskId, at === null ? '' : dayOf(at, plan.timeZone)]));
}
