import { and, count, eq, gte, isNotNull } from 'drizzle-orm';
import { type Day, startOf } from './days.ts';
import type { Db } from './db.ts';
import type { Plan } from './people.ts';
import { entries, tasks } from './schema.ts';

/** How many entries of each act were written on the plan's tasks from this day on; standing duties apart. */
export async function actsSince(db: Db, plan: Plan, since: Day): Promise<Map<string, number>> {
  const rows = await db
    .select({ act: entries.act, times: count() })
    .from(entries)
    .innerJoin(tasks, eq(tasks.id, entries.taskId))
    .where(and(eq(entries.planId, plan.id), isNotNull(tasks.serial), gte(entries.at, startOf(plan, since))))
    .groupBy(entries.act);
  return new Map(rows.map(({ act, times }) => [act, times]));
}
