import { and, arrayOverlaps, desc, eq, gt, ne, sql } from 'drizzle-orm';
import { type Day, dayOf } from './days.ts';
import type { Db } from './db.ts';
import type { Plan } from './people.ts';
import { entries, letters, people } from './schema.ts';

/**
 * The outbox is the memory of what was said: on which day each of these steps was told. What missed its time wasn't.
 */
export async function told(db: Db, plan: Plan, push: string, marks: string[]): Promise<Map<string, Day>> {
  if (marks.length === 0) return new Map();
  const rows = await db
    .select({ marks: letters.marks, at: letters.createdAt })
    .from(letters)
    .where(
      and(
        eq(letters.planId, plan.id),
        eq(letters.push, push),
        ne(letters.state, 'expired'),
        arrayOverlaps(letters.marks, marks),
      ),
    )
    .orderBy(desc(letters.createdAt));
  return new Map(
    rows.flatMap((row) => row.marks.map((mark) => [mark, dayOf(row.at, plan.timeZone)] as const)),
  );
}

/** The last letters of a push to a group, newest first. */
export async function lastToGroup(
  db: Db,
  plan: Plan,
  push: string,
  groupId: number,
  most: number,
): Promise<{ marks: string[]; day: Day }[]> {
  const rows = await db
    .select({ marks: letters.marks, at: letters.createdAt })
    .from(letters)
    .where(and(eq(letters.push, push), eq(letters.groupId, groupId), ne(letters.state, 'expired')))
    .orderBy(desc(letters.createdAt))
    .limit(most);
  return rows.map((row) => ({ marks: row.marks, day: dayOf(row.at, plan.timeZone) }));
}

/** The day of each task's last entry. */
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

/** Names of people whom nothing could reach in the last days. */
export async function undelivered(db: Db, plan: Plan, now: Date): Promise<string[]> {
  const rows = await db
    .selectDistinct({ name: people.address })
    .from(letters)
    .innerJoin(people, eq(people.id, letters.personId))
    .where(
      and(
        eq(letters.planId, plan.id),
        eq(letters.state, 'dead'),
        gt(letters.createdAt, new Date(now.getTime() - 3 * 24 * 60 * 60_000)),
      ),
    );
  return rows.map((row) => row.name);
}
