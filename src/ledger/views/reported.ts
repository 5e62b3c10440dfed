import { and, asc, eq, gte, sql } from 'drizzle-orm';
import { addDays, type Day, dayOf, startOf } from '../days.ts';
import type { Db } from '../db.ts';
import type { Plan } from '../plan.ts';
import { notUndone } from '../rules/deed.ts';
import { entries, people, tasks, words } from '../schema.ts';

/** The day of each task's last entry, by the task's id. */
export async function lastEntries(db: Db, plan: Plan): Promise<Map<number, Day>> {
  const rows = await db
    .select({ taskId: entries.taskId, at: sql<Date>`max(${entries.at})`.mapWith(entries.at) })
    .from(entries)
    .where(eq(entries.planId, plan.id))
    .groupBy(entries.taskId);
  return new Map(
    rows.flatMap(({ taskId, at }) => (taskId === null ? [] : [[taskId, dayOf(at, plan.timeZone)] as const])),
  );
}

/** A note that is older by days explains nothing any more. */
const EXPLAINS = 30;

/**
 * The last note that the lead section lately gave on each of these tasks, by the task's id, as it was typed. Left out are notes taken back or sealed, orders kept as notes, and messages about several tasks: not all of those may stand
 * where this one does.
 */
export async function explanations(
  db: Db,
  plan: Plan,
  taskIds: number[],
  today: Day,
): Promise<Map<number, string>> {
  if (taskIds.length === 0) return new Map();
  const rows = await db
    .select({ entry: entries, text: words.text, section: people.sectionId, lead: tasks.sectionId })
    .from(entries)
    .innerJoin(tasks, eq(tasks.id, entries.taskId))
    .leftJoin(people, eq(people.id, entries.personId))
    .leftJoin(words, eq(words.entryId, entries.id))
    .where(and(eq(entries.planId, plan.id), gte(entries.at, startOf(plan, addDays(today, -EXPLAINS)))))
    .orderBy(asc(entries.id));
  const standing = new Set(notUndone(rows.map(({ entry }) => entry)));
  const alone = ({ messageId }: typeof entries.$inferSelect) =>
    messageId !== null && rows.filter(({ entry }) => entry.messageId === messageId).length === 1;
  return new Map(
    rows.flatMap(({ entry, text, section, lead }) =>
      entry.act === 'note' &&
      entry.detail.meant === undefined &&
      entry.taskId !== null &&
      taskIds.includes(entry.taskId) &&
      text !== null &&
      section === lead &&
      standing.has(entry) &&
      alone(entry)
        ? [[entry.taskId, text] as const]
        : [],
    ),
  );
}
