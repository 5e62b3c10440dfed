import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Origin } from '../entries.ts';
import { type PostingRow, standingPostings, type TaskFacts } from '../facts.ts';
import type { IndicatorRow } from '../plan.ts';
import { confirmed, type Figure, figureOf } from '../rules/figure.ts';
import { spanOf } from '../rules/period.ts';
import { entries, people, postings, tasks } from '../schema.ts';
import { note } from './report.ts';

/** What counts of an indicator's period once its clerk's figures do. */
export interface Confirmed {
  indicator: IndicatorRow;
  period: string;
  before: Figure;
  after: Figure;
}

/** Codes of the tasks on which clerks of these sections have reported figures that still wait. */
export async function waitingTasks(db: Db, planId: number, sectionIds: number[]): Promise<string[]> {
  const rows = await db
    .selectDistinct({ code: tasks.code, id: tasks.id })
    .from(postings)
    .innerJoin(entries, eq(entries.id, postings.entryId))
    .innerJoin(people, eq(people.id, entries.personId))
    .innerJoin(tasks, eq(tasks.id, entries.taskId))
    .where(and(eq(entries.planId, planId), waits, isOf(sectionIds)))
    .orderBy(tasks.id);
  return rows.map((row) => row.code);
}

const waits = and(eq(postings.confirmed, false), isNull(postings.withdrawnBy));

/**
 * Whose figures these sections' chiefs confirm: their own clerks' on their own tasks, and on the tasks that they lead
 * those of somebody who has since gone to a section that has no part in it.
 */
const isOf = (sectionIds: number[]) =>
  or(
    and(
      inArray(people.sectionId, sectionIds),
      or(eq(tasks.sectionId, people.sectionId), sql`${people.sectionId} = any(${tasks.coSectionIds})`),
    ),
    and(
      inArray(tasks.sectionId, sectionIds),
      sql`${people.sectionId} <> all(${tasks.coSectionIds} || ${tasks.sectionId})`,
    ),
  );

/**
 * Lets figures of the sections' clerks on this task count, in one entry. The caller holds the task's lock; nothing
 * is written where none of them waits.
 */
export async function confirm(
  tx: Db,
  task: TaskFacts,
  sectionIds: number[],
  origin: Origin,
): Promise<Confirmed[]> {
  const rows = (await standingPostings(tx, [task.id])).map(({ posting }) => posting);
  const ids = await waitingIn(tx, rows, sectionIds);
  if (ids.size === 0) return [];
  const settled = rows.map((row) => (ids.has(row.id) ? { ...row, confirmed: true } : row));
  const counted = changes(task, rows, settled, ids);
  const figures = counted.map(({ indicator, ...rest }) => ({ indicator: indicator.code, ...rest }));
  await note(tx, task, 'confirm', { postings: [...ids], figures }, origin);
  await tx
    .update(postings)
    .set({ confirmed: true })
    .where(inArray(postings.id, [...ids]));
  task.postings = settled;
  return counted;
}

async function waitingIn(tx: Db, rows: PostingRow[], sectionIds: number[]): Promise<Set<number>> {
  const open = rows.filter((row) => !row.confirmed).map((row) => row.id);
  if (open.length === 0) return new Set();
  const own = await tx
    .select({ id: postings.id })
    .from(postings)
    .innerJoin(entries, eq(entries.id, postings.entryId))
    .innerJoin(people, eq(people.id, entries.personId))
    .innerJoin(tasks, eq(tasks.id, entries.taskId))
    .where(and(inArray(postings.id, open), isOf(sectionIds)));
  return new Set(own.map((row) => row.id));
}

/** One for each indicator and period, in the order of the indicators. */
function changes(
  task: TaskFacts,
  before: PostingRow[],
  after: PostingRow[],
  ids: ReadonlySet<number>,
): Confirmed[] {
  return task.indicators.flatMap((indicator) => {
    const touched = before.filter((row) => ids.has(row.id) && row.indicatorId === indicator.id);
    return [...new Set(touched.map((row) => row.period))].map((period) => {
      const figure = (rows: PostingRow[]) =>
        figureOf(confirmed({ ...task, postings: rows }), indicator, spanOf(period));
      return { indicator, period, before: figure(before), after: figure(after) };
    });
  });
}
