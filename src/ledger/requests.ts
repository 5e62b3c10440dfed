import { and, count, eq, isNotNull, isNull, or } from 'drizzle-orm';
import type { Db } from './db.ts';
import type { Plan } from './people.ts';
import { closeouts, extensions, listings, tasks } from './schema.ts';

export interface RequestsOpen {
  closeouts: number;
  /** Proposed, or proposed to be lifted. */
  listings: number;
  extensions: number;
}

/** How many requests stand that nobody has decided yet. */
export async function requestsOpen(db: Db, plan: Plan): Promise<RequestsOpen> {
  const [asked] = await db
    .select({ open: count() })
    .from(closeouts)
    .innerJoin(tasks, eq(tasks.id, closeouts.taskId))
    .where(and(eq(tasks.planId, plan.id), isNull(closeouts.outcome)));
  const [proposed] = await db
    .select({ open: count() })
    .from(listings)
    .innerJoin(tasks, eq(tasks.id, listings.taskId))
    .where(and(eq(tasks.planId, plan.id), waits()));
  const [longer] = await db
    .select({ open: count() })
    .from(extensions)
    .innerJoin(tasks, eq(tasks.id, extensions.taskId))
    .where(and(eq(tasks.planId, plan.id), isNull(extensions.granted)));
  return { closeouts: asked?.open ?? 0, listings: proposed?.open ?? 0, extensions: longer?.open ?? 0 };
}

/** A listing that waits for the secretary. */
export const waits = () =>
  and(
    isNull(listings.liftedEntryId),
    isNull(listings.refusedEntryId),
    or(isNull(listings.orderedEntryId), isNotNull(listings.liftProposedEntryId)),
  );
