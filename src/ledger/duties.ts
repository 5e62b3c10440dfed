import { and, eq } from 'drizzle-orm';
import type { Db } from './db.ts';
import { factsOf, type IndicatorRow, lock, type TaskFacts } from './facts.ts';
import type { Plan } from './people.ts';
import { indicators, tasks } from './schema.ts';

/** An indicator with its task, locked and as it stands. */
export interface Counted {
  task: TaskFacts;
  indicator: IndicatorRow;
}

/** What one act counts for: the standing duty's indicator and the plan's that is one with it, and any `more` by their codes. */
export async function countsFor(tx: Db, plan: Plan, duty: string, more: string[] = []): Promise<Counted[]> {
  const all = await tx
    .select({ task: tasks.code, mergedWith: tasks.mergedWith, indicator: indicators.code })
    .from(indicators)
    .innerJoin(tasks, eq(tasks.id, indicators.taskId))
    .where(and(eq(tasks.planId, plan.id), eq(indicators.retired, false)))
    .orderBy(tasks.id);
  const own = all.find(({ task }) => task === duty);
  const wanted = [own?.indicator, own?.mergedWith, ...more];
  const named = all.filter(({ indicator }) => wanted.includes(indicator));
  await lock(
    tx,
    plan.id,
    named.map(({ task }) => task),
  );
  const found: Counted[] = [];
  for (const { task: code, indicator: wantedCode } of named) {
    const task = await factsOf(tx, plan, code);
    const indicator = task?.indicators.find((each) => each.code === wantedCode);
    if (task && indicator) found.push({ task, indicator });
  }
  return found;
}
