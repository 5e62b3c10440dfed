import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Day } from './days.ts';
import type { Db } from './db.ts';
import type { Chain } from './entries.ts';
import type { Indicator, Node, Posting } from './rules/indicator.ts';
import { indicators, listings, nodes, postings, tasks } from './schema.ts';

export type TaskRow = typeof tasks.$inferSelect;
export type PostingRow = typeof postings.$inferSelect;
export type IndicatorRow = Indicator &
  Pick<typeof indicators.$inferSelect, 'aliases' | 'unitAliases' | 'ratio' | 'taskId' | 'preset'>;

/** A task with all that its figures, its light and its place in the counts are computed from. */
export interface TaskFacts extends TaskRow {
  indicators: IndicatorRow[];
  postings: Posting[];
  nodes: Node[];
  /** Set while the task is listed. */
  listed: { on: Day | null; term: Day | null } | null;
}

/**
 * Locks the rows of these tasks, always in the order of their ids, so that two messages about the same tasks can't
 * wait for each other. What is read after it stays true until the transaction ends.
 */
export async function lock(tx: Db, planId: number, codes: string[]): Promise<TaskRow[]> {
  if (codes.length === 0) return [];
  return tx
    .select()
    .from(tasks)
    .where(and(eq(tasks.planId, planId), inArray(tasks.code, codes), eq(tasks.retired, false)))
    .orderBy(asc(tasks.id))
    .for('update');
}

export async function factsOf(db: Db, planId: number, code: string): Promise<TaskFacts | undefined> {
  const rows = await db
    .select()
    .from(tasks)
    .where(and(eq(tasks.planId, planId), eq(tasks.code, code), eq(tasks.retired, false)));
  return (await gather(db, rows))[0];
}

/** All tasks of the plan in their order; the standing duties come last. */
export async function allFacts(db: Db, planId: number): Promise<TaskFacts[]> {
  const rows = await db
    .select()
    .from(tasks)
    .where(and(eq(tasks.planId, planId), eq(tasks.retired, false)))
    .orderBy(asc(tasks.duty), asc(tasks.serial), asc(tasks.id));
  return gather(db, rows);
}

async function gather(db: Db, rows: TaskRow[]): Promise<TaskFacts[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const measured = await db
    .select()
    .from(indicators)
    .where(and(inArray(indicators.taskId, ids), eq(indicators.retired, false)))
    .orderBy(asc(indicators.id));
  const said = await standingPostings(db, ids);
  const milestones = await db
    .select({ taskId: indicators.taskId, node: nodes })
    .from(nodes)
    .innerJoin(indicators, eq(indicators.id, nodes.indicatorId))
    .where(inArray(indicators.taskId, ids))
    .orderBy(asc(nodes.due));
  const orders = await db
    .select()
    .from(listings)
    .where(
      and(inArray(listings.taskId, ids), isNotNull(listings.orderedEntryId), isNull(listings.liftedEntryId)),
    );
  const indicatorsOf = by(measured, (row) => row.taskId);
  const postingsOf = by(said, (row) => row.taskId);
  const nodesOf = by(milestones, (row) => row.taskId);
  const listedOf = new Map(orders.map((row) => [row.taskId, { on: row.orderedOn, term: row.term }]));
  return rows.map((row) => ({
    ...row,
    indicators: (indicatorsOf.get(row.id) ?? []).map((each) => ({
      ...each,
      denominatorOf: each.ratio?.of ?? null,
    })),
    postings: (postingsOf.get(row.id) ?? []).map((each) => each.posting),
    nodes: (nodesOf.get(row.id) ?? []).map((each) => each.node),
    listed: listedOf.get(row.id) ?? null,
  }));
}

/** What stands of the postings on these tasks, in the order in which it counts: a correction in place of what it corrects. */
export async function standingPostings(
  db: Db,
  taskIds: number[],
): Promise<{ taskId: number; posting: PostingRow }[]> {
  return db
    .select({ taskId: indicators.taskId, posting: postings })
    .from(postings)
    .innerJoin(indicators, eq(indicators.id, postings.indicatorId))
    .where(and(inArray(indicators.taskId, taskIds), isNull(postings.withdrawnBy)))
    .orderBy(sql`coalesce(${postings.place}, ${postings.id})`, asc(postings.id));
}

function by<T>(rows: T[], key: (row: T) => number): Map<number, T[]> {
  const grouped = new Map<number, T[]>();
  for (const row of rows) {
    const list = grouped.get(key(row));
    if (list) list.push(row);
    else grouped.set(key(row), [row]);
  }
  return grouped;
}

export const chainOf = (task: TaskRow): Chain => ({
  planId: task.planId,
  taskId: task.id,
  name: task.code,
  headSeq: task.headSeq,
  headHash: task.headHash,
});
