import { and, eq, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import type { Day } from '../days.ts';
import type { Db } from '../db.ts';
import type { Plan } from '../plan.ts';
import { closeouts, extensions, listings, tasks } from '../schema.ts';

/** Codes of the tasks on which something waits for a decision. */
export interface Matters {
  closeouts: string[];
  listings: string[];
  extensions: string[];
}

export const inPlan = ({ id }: Plan) => and(eq(tasks.planId, id), eq(tasks.retired, false));

/** What is asked for with listings and extensions. */
export interface Wanted {
  proposed: { code: string; term: Day | null; lift: boolean }[];
  longer: { code: string; from: Day; to: Day; late: boolean }[];
}

/** What was asked for on a task that has been closed since is nobody's to decide any more. */
const isOpen = ne(tasks.state, 'closed');

/** A listing that waits for the secretary; one that is in force can be lifted of a closed task too. */
export const waits = and(
  isNull(listings.liftedEntryId),
  isNull(listings.refusedEntryId),
  or(and(isNull(listings.orderedEntryId), isOpen), isNotNull(listings.liftProposedEntryId)),
);

/** An extension that waits for its decision. */
export const undecided = and(isNull(extensions.granted), isOpen);

export async function mattersOf(db: Db, plan: Plan): Promise<Matters> {
  const asked = await db
    .select({ code: tasks.code })
    .from(closeouts)
    .innerJoin(tasks, eq(tasks.id, closeouts.taskId))
    .where(and(inPlan(plan), isNull(closeouts.outcome)))
    .orderBy(tasks.id);
  const { proposed, longer } = await wantedOf(db, plan);
  const codes = (rows: { code: string }[]) => rows.map((row) => row.code);
  return { closeouts: codes(asked), listings: codes(proposed), extensions: codes(longer) };
}

export async function wantedOf(db: Db, plan: Plan): Promise<Wanted> {
  return {
    proposed: await db
      .select({
        ...{ code: tasks.code, term: listings.term },
        lift: sql<boolean>`${listings.orderedEntryId} is not null`,
      })
      .from(listings)
      .innerJoin(tasks, eq(tasks.id, listings.taskId))
      .where(and(inPlan(plan), waits))
      .orderBy(tasks.id),
    longer: await db
      .select({ code: tasks.code, from: extensions.from, to: extensions.to, late: extensions.late })
      .from(extensions)
      .innerJoin(tasks, eq(tasks.id, extensions.taskId))
      .where(and(inPlan(plan), undecided))
      .orderBy(tasks.id),
  };
}

/** The codes of the tasks whose deadline was moved or is asked to be. */
export async function extendedTasks(db: Db, plan: Plan): Promise<string[]> {
  const rows = await db
    .selectDistinct({ code: tasks.code })
    .from(extensions)
    .innerJoin(tasks, eq(tasks.id, extensions.taskId))
    .where(and(inPlan(plan), or(eq(extensions.granted, true), undecided)));
  return rows.map(({ code }) => code);
}
