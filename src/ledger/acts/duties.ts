import { and, eq } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { factsOf, lock, type TaskFacts } from '../facts.ts';
import type { IndicatorRow, Plan } from '../plan.ts';
import { counterOf, type Counted as What } from '../rules/counter.ts';
import { indicators, tasks } from '../schema.ts';

/** An indicator with its task, locked and as it stands. */
export interface Counted {
  task: TaskFacts;
  indicator: IndicatorRow;
}

/** What one act counts for: the standing duty's indicator and the plan's that is one with it, and any `more` by their codes. */
export async function countsFor(tx: Db, plan: Plan, what: What, more: string[] = []): Promise<Counted[]> {
  const all = await tx
    .select({
      ...{ task: tasks.code, title: tasks.title, mergedWith: tasks.mergedWith },
      ...{ code: indicators.code, label: indicators.label, kind: indicators.kind, clock: indicators.clock },
    })
    .from(indicators)
    .innerJoin(tasks, eq(tasks.id, indicators.taskId))
    .where(and(eq(tasks.planId, plan.id), eq(tasks.retired, false), eq(indicators.retired, false)))
    .orderBy(tasks.id);
  const own = counterOf(what, all);
  const wanted = [own?.code, own?.mergedWith, ...more];
  const named = all.filter(({ code }) => wanted.includes(code));
  await lock(
    tx,
    plan.id,
    named.map(({ task }) => task),
  );
  const found: Counted[] = [];
  // One for all indicators of a task: what is written on the one moves the head of the other.
  const read = new Map<string, TaskFacts | undefined>();
  for (const { task: of, code: wantedCode } of named) {
    if (!read.has(of)) read.set(of, await factsOf(tx, plan, of));
    const task = read.get(of);
    const indicator = task?.indicators.find((each) => each.code === wantedCode);
    if (task && indicator) found.push({ task, indicator });
  }
  return found;
}
