import { and, asc, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { Db } from '../../db.ts';
import type { Plan } from '../../plan.ts';
import { entries, extensions, listings, sections, tasks } from '../../schema.ts';
import type { EntryAct } from '../../terms.ts';
import type { Course, Key } from '../past.ts';

/** Acts after which a task stands otherwise than before. */
const turning: EntryAct[] = [
  'submit',
  'verify',
  'return',
  'relapsed',
  'undo',
  'amend',
  'node',
  'order',
  'lift',
  'grant',
];

/** The courses of all tasks of a plan, by the task's id, and what they are read with. */
export async function coursesOf(db: Db, plan: Plan): Promise<{ of(taskId: number): Course; key: Key }> {
  const { id, seq, act, at, detail, taskId } = entries;
  const deeds = await db
    .select({ id, seq, act, at, detail, taskId })
    .from(entries)
    .where(
      and(
        eq(entries.planId, plan.id),
        isNotNull(taskId),
        or(inArray(act, turning), sql`${detail} ->> 'started' = 'true'`),
      ),
    )
    .orderBy(asc(id));
  const ofPlan = eq(tasks.planId, plan.id);
  const listed = await db
    .select({ row: listings })
    .from(listings)
    .innerJoin(tasks, eq(tasks.id, listings.taskId))
    .where(ofPlan)
    .orderBy(asc(listings.id));
  const moved = await db
    .select({ row: extensions })
    .from(extensions)
    .innerJoin(tasks, eq(tasks.id, extensions.taskId))
    .where(ofPlan)
    .orderBy(asc(extensions.id));
  const of = {
    deeds: byTask(deeds),
    listings: byTask(listed.map(({ row }) => row)),
    extensions: byTask(moved.map(({ row }) => row)),
  };
  return {
    of: (task) => ({
      deeds: of.deeds.get(task) ?? [],
      listings: of.listings.get(task) ?? [],
      extensions: of.extensions.get(task) ?? [],
    }),
    key: await keyOf(db, plan),
  };
}

function byTask<Row extends { taskId: number | null }>(rows: Row[]): Map<number | null, Row[]> {
  const found = new Map<number | null, Row[]>();
  for (const row of rows) {
    const own = found.get(row.taskId);
    if (own) own.push(row);
    else found.set(row.taskId, [row]);
  }
  return found;
}

export async function keyOf(db: Db, plan: Plan): Promise<Key> {
  const units = await db
    .select({ id: sections.id, code: sections.code })
    .from(sections)
    .where(eq(sections.planId, plan.id));
  return { timeZone: plan.timeZone, sectionIds: new Map(units.map((unit) => [unit.code, unit.id])) };
}
