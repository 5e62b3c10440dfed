import { desc, eq, gte, sql } from 'drizzle-orm';
import type { Day } from './days.ts';
import type { Db } from './db.ts';
import type { Plan } from './plan.ts';
import { lights, tasks } from './schema.ts';
import type { Light } from './terms.ts';

/** A task as it is lit now; null for one that bears no light. */
interface Lit {
  id: number;
  light: Light | null;
}

/** A task whose light became another one. */
export interface Change {
  taskId: number;
  light: Light;
  /** Null for the first light that was kept of it. */
  before: Light | null;
  day: Day;
}

/** Keeps the lights that have changed since they were last looked at; a day has one light, the first one seen on it. */
export async function keepLights(tx: Db, plan: Plan, seen: readonly Lit[], today: Day): Promise<void> {
  const kept = await tx
    .selectDistinctOn([lights.taskId], { taskId: lights.taskId, light: lights.light })
    .from(lights)
    .innerJoin(tasks, eq(tasks.id, lights.taskId))
    .where(eq(tasks.planId, plan.id))
    .orderBy(lights.taskId, desc(lights.day));
  const last = new Map(kept.map(({ taskId, light }) => [taskId, light]));
  const changed = seen.flatMap(({ id, light }) =>
    light !== null && light !== last.get(id) ? [{ taskId: id, light, day: today }] : [],
  );
  if (changed.length > 0) await tx.insert(lights).values(changed).onConflictDoNothing();
}

/** How lights changed from this day on, in the order in which they did. */
export async function lightsSince(db: Db, plan: Plan, since: Day): Promise<Change[]> {
  const before = sql<Light | null>`lag(${lights.light}) over (partition by ${lights.taskId} order by ${lights.day})`;
  const changes = db
    .select({ taskId: lights.taskId, light: lights.light, before: before.as('before'), day: lights.day })
    .from(lights)
    .innerJoin(tasks, eq(tasks.id, lights.taskId))
    .where(eq(tasks.planId, plan.id))
    .as('changes');
  return db
    .select({ taskId: changes.taskId, light: changes.light, before: changes.before, day: changes.day })
    .from(changes)
    .where(gte(changes.day, since))
    .orderBy(changes.day, changes.taskId);
}
