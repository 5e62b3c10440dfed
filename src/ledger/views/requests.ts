import { and, count, eq, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Plan } from '../plan.ts';
import { closeouts, extensions, listings, plans, tasks } from '../schema.ts';

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
      .where(and(eq(tasks.planId, plan.id), eq(tasks.retired, false), open))})`.mapWith(Number);
  const [open] = await db
    .select({
      closeouts: among(closeouts, isNull(closeouts.outcome)),
      listings: among(listings, waits()),
      extensions: among(extensions, undecided()),
    })
    .from(plans)
    .where(eq(plans.id, plan.id));
  return open ?? { closeouts: 0, listings: 0, extensions: 0 };
}

/** What was asked for on a task that has been closed since is nobody's to decide any more. */
const isOpen = () => ne(tasks.state, 'closed');

/** A listing that waits for the secretary; one that is in force can be lifted of a closed task too. */
export const waits = () =>
  and(
    isNull(listings.liftedEntryId),
    isNull(listings.refusedEntryId),
    or(and(isNull(listings.orderedEntryId), isOpen()), isNotNull(listings.liftProposedEntryId)),
  );

/** An extension that waits for its decision. */
export const undecided = () => and(isNull(extensions.granted), isOpen());
