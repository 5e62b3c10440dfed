import { and, count, eq, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import type { Plan } from './people.ts';
import { closeouts, extensions, listings, plans, tasks } from './schema.ts';

export interface RequestsOpen {
  closeouts: number;
  /** Proposed, or proposed to be lifted. */
  listings: number;
  extensions: number;
}

/** How many requests stand that nobody has decided yet. */
export async function requestsOpen(db: Db, plan: Plan): Promise<RequestsOpen> {
  const among = (table: typeof closeouts | typeof listings | typeof extensions, open: SQL | undefined) =>
    sql<number>`(${db
      .select({ open: count() })
      .from(table)
      .innerJoin(tasks, eq(tasks.id, table.taskId))
      .where(and(eq(tasks.planId, plan.id), open))})`.mapWith(Number);
  const [open] = await db
    .select({
      closeouts: among(closeouts, isNull(closeouts.outcome)),
      listings: among(listings, waits()),
      extensions: among(extensions, isNull(extensions.granted)),
    })
    .from(plans)
    .where(eq(plans.id, plan.id));
  return open ?? { closeouts: 0, listings: 0, extensions: 0 };
}

/** A listing that waits for the secretary. */
export const waits = () =>
  and(
    isNull(listings.liftedEntryId),
    isNull(listings.refusedEntryId),
    or(isNull(listings.orderedEntryId), isNotNull(listings.liftProposedEntryId)),
  );
