import { and, arrayOverlaps, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { awaits } from '../outbox.ts';
import type { Plan } from '../plan.ts';
import { closeouts, entries, extensions, letters, listings, tasks } from '../schema.ts';
import { inPlan, undecided, waits } from './matters.ts';
import { spoken } from './told.ts';

/** Something that waits for a decision. */
export interface Undecided {
  what: 'close-out' | 'extension' | 'listing';
  taskId: number;
  mark: string;
  /** Whose word brought it to whoever is to decide now. */
  by: number | null;
  /** Who has been asked for it since then; null where a group read it in somebody's place. */
  asked: (number | null)[];
}

/** All of a plan, but what waits for a new chief's word first. */
export async function undecidedOf(db: Db, plan: Plan): Promise<Undecided[]> {
  const found = await waiting(db, plan);
  if (found.length === 0) return [];
  const ids = found.map(({ entryId }) => entryId);
  const since = await db
    .select({ id: entries.id, by: entries.personId, at: entries.at })
    .from(entries)
    .where(inArray(entries.id, ids));
  const marks = found.map(({ what, taskId }) => awaits(what, taskId));
  const told = await db
    .select({ marks: letters.marks, personId: letters.personId, at: letters.createdAt })
    .from(letters)
    .where(and(eq(letters.planId, plan.id), spoken, arrayOverlaps(letters.marks, marks)));
  return found.flatMap(({ what, taskId, entryId }) => {
    const mark = awaits(what, taskId);
    const from = since.find(({ id }) => id === entryId);
    if (!from) return [];
    const asked = told.filter((each) => each.marks.includes(mark) && each.at >= from.at);
    return [{ what, taskId, mark, by: from.by, asked: asked.map(({ personId }) => personId) }];
  });
}

/** Each with the last entry that it rests on. */
async function waiting(db: Db, plan: Plan) {
  const asked = await db
    .select({ taskId: closeouts.taskId, entryId: closeouts.requestedEntryId, steps: closeouts.steps })
    .from(closeouts)
    .innerJoin(tasks, eq(tasks.id, closeouts.taskId))
    .where(and(inPlan(plan), isNull(closeouts.outcome), eq(closeouts.held, false)));
  const longer = await db
    .select({ taskId: extensions.taskId, entryId: extensions.askedEntryId })
    .from(extensions)
    .innerJoin(tasks, eq(tasks.id, extensions.taskId))
    .where(and(inPlan(plan), undecided, eq(extensions.held, false)));
  const proposed = await db
    .select({
      taskId: listings.taskId,
      entryId: sql<number>`coalesce(${listings.liftProposedEntryId}, ${listings.proposedEntryId})`.mapWith(
        listings.proposedEntryId,
      ),
    })
    .from(listings)
    .innerJoin(tasks, eq(tasks.id, listings.taskId))
    .where(and(inPlan(plan), waits));
  return [
    ...asked.map(({ taskId, entryId, steps }) => ({
      ...{ what: 'close-out' as const, taskId },
      entryId: steps.at(-1)?.entryId ?? entryId,
    })),
    ...longer.map((each) => ({ what: 'extension' as const, ...each })),
    ...proposed.map((each) => ({ what: 'listing' as const, ...each })),
  ];
}
