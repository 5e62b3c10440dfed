import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Day } from './days.ts';
import { type Db, listOf, statement } from './db.ts';
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

const locked = statement<{ planId: number; codes: string }, TaskRow[]>((db) =>
  db
    .select()
    .from(tasks)
    .where(
      and(
        eq(tasks.planId, sql.placeholder('planId')),
        sql`${tasks.code} = any(${sql.placeholder('codes')})`,
        eq(tasks.retired, false),
      ),
    )
    .orderBy(asc(tasks.id))
    .for('update')
    .prepare('lock'),
);

/**
 * Locks the rows of these tasks, always in the order of their ids, so that two messages about the same tasks can't
 * wait for each other. What is read after it stays true until the transaction ends.
 */
export async function lock(tx: Db, planId: number, codes: string[]): Promise<TaskRow[]> {
  return codes.length === 0 ? [] : locked(tx, { planId, codes: listOf(codes) });
}

const byCode = statement<{ planId: number; code: string }, TaskRow[]>((db) =>
  db
    .select()
    .from(tasks)
    .where(
      and(
        eq(tasks.planId, sql.placeholder('planId')),
        eq(tasks.code, sql.placeholder('code')),
        eq(tasks.retired, false),
      ),
    )
    .prepare('task'),
);

export async function factsOf(db: Db, planId: number, code: string): Promise<TaskFacts | undefined> {
  return (await gather(db, await byCode(db, { planId, code })))[0];
}

const ofPlan = statement<{ planId: number }, TaskRow[]>((db) =>
  db
    .select()
    .from(tasks)
    .where(and(eq(tasks.planId, sql.placeholder('planId')), eq(tasks.retired, false)))
    .orderBy(asc(tasks.duty), asc(tasks.serial), asc(tasks.id))
    .prepare('tasks'),
);

/** All tasks of the plan in their order; the standing duties come last. */
export async function allFacts(db: Db, planId: number): Promise<TaskFacts[]> {
  return gather(db, await ofPlan(db, { planId }));
}

const ofTasks = (column: PgColumn) => sql`${column} = any(${sql.placeholder('ids')})`;

const measures = statement<{ ids: string }, (typeof indicators.$inferSelect)[]>((db) =>
  db
    .select()
    .from(indicators)
    .where(and(ofTasks(indicators.taskId), eq(indicators.retired, false)))
    .orderBy(asc(indicators.id))
    .prepare('indicators'),
);

const milestones = statement<{ ids: string }, { taskId: number; node: typeof nodes.$inferSelect }[]>((db) =>
  db
    .select({ taskId: indicators.taskId, node: nodes })
    .from(nodes)
    .innerJoin(indicators, eq(indicators.id, nodes.indicatorId))
    .where(ofTasks(indicators.taskId))
    .orderBy(asc(nodes.due))
    .prepare('nodes'),
);

const orders = statement<{ ids: string }, (typeof listings.$inferSelect)[]>((db) =>
  db
    .select()
    .from(listings)
    .where(and(ofTasks(listings.taskId), isNotNull(listings.orderedEntryId), isNull(listings.liftedEntryId)))
    .prepare('listings'),
);

async function gather(db: Db, rows: TaskRow[]): Promise<TaskFacts[]> {
  if (rows.length === 0) return [];
  const taskIds = rows.map((row) => row.id);
  const ids = listOf(taskIds);
  const [measured, said, due, listed] = await Promise.all([
    measures(db, { ids }),
    standingPostings(db, taskIds),
    milestones(db, { ids }),
    orders(db, { ids }),
  ]);
  const indicatorsOf = by(measured, (row) => row.taskId);
  const postingsOf = by(said, (row) => row.taskId);
  const nodesOf = by(due, (row) => row.taskId);
  const listedOf = new Map(listed.map((row) => [row.taskId, { on: row.orderedOn, term: row.term }]));
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

const standing = statement<{ ids: string }, { taskId: number; posting: PostingRow }[]>((db) =>
  db
    .select({ taskId: indicators.taskId, posting: postings })
    .from(postings)
    .innerJoin(indicators, eq(indicators.id, postings.indicatorId))
    .where(and(ofTasks(indicators.taskId), isNull(postings.withdrawnBy)))
    .orderBy(sql`coalesce(${postings.place}, ${postings.id})`, asc(postings.id))
    .prepare('postings'),
);

/** What stands of the postings on these tasks, in the order in which it counts: a correction in place of what it corrects. */
export const standingPostings = (
  db: Db,
  taskIds: number[],
): Promise<{ taskId: number; posting: PostingRow }[]> => standing(db, { ids: listOf(taskIds) });

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
