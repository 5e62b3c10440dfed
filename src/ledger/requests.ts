import { and, count, eq, isNull } from 'drizzle-orm';
import type { Db } from './db.ts';
import type { Plan } from './people.ts';
import { closeouts, extensions, tasks } from './schema.ts';

/** How many requests stand that nobody has decided yet. */
export async function requestsOpen(db: Db, plan: Plan): Promise<{ closeouts: number; extensions: number }> {
  const [asked] = await db
    .select({ open: count() })
    .from(closeouts)
    .innerJoin(tasks, eq(tasks.id, closeouts.taskId))
    .where(and(eq(tasks.planId, plan.id), isNull(closeouts.outcome)));
  const [longer] = await db
    .select({ open: count() })
    .from(extensions)
    .innerJoin(tasks, eq(tasks.id, extensions.taskId))
    .where(and(eq(tasks.planId, plan.id), isNull(extensions.granted)));
  return { closeouts: asked?.open ?? 0, extensions: longer?.open ?? 0 };
}
