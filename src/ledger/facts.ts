import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Day } from './days.ts';
import { type Db, listOf, statement } from './db.ts';
import { type Chain, type EntryRow, type Origin, type With, write } from './entries.ts';
import { type IndicatorRow, indicatorsEver, type Plan, type Setup } from './plan.ts';
import type { Node, Posting } from './rules/indicator.ts';
import { indicators, listings, nodes, postings, tasks } from './schema.ts';
import type { EntryAct } from './terms.ts';

export type TaskRow = typeof tasks.$inferSelect;
export type PostingRow = typeof postings.$inferSelect;

/** A task with all that its figures, its light and its place in the counts are computed from. */
export interface TaskFacts extends TaskRow {
  indicators: IndicatorRow[];
  postings: Posting[];
  nodes: Node[];
  /** Set while the task is listed. */
  listed: { on: Day | null; term: Day | null } | null;
}

const locked = statement<{ planId: number; codes: string }, unknown>((db) =>
  db
    .select({ id: tasks.id })
    .from(tasks)
    .where(
      and(
        eq(tasks.planId, sql.placeholder('planId')),
        // Not `= any(…)`, for which PostgreSQL would make a new plan each time.
        sql`${tasks.code} in (select unnest(${sql.placeholder('codes')}::text[]))`,
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
export async function lock(tx: Db, planId: number, codes: string[]): Promise<void> {
  if (codes.length > 0) await locked(tx, { planId, codes: listOf(codes) });
}

interface Recorded {
  task: TaskRow;
  postings: Columns<Posting>[];
  nodes: [number, Day, number][];
  listed: [Day | null, Day | null] | null;
}

type Columns<T extends Posting> = [
  ...[T['indicatorId'], T['personId'], T['period'], T['happenedOn'], T['op'], T['value']],
  ...[T['part'], T['facet'], T['confirmed']],
];

/**
 * A task and what is recorded on it, in one row: what there may be many of comes as a list of lists. `offset 0` keeps
 * PostgreSQL from joining the other way round: its plan is made once for a connection, and while a table looks empty
 * it would read all of it.
 */
const recorded = (db: Db) =>
  db
    .select({
      task: tasks,
      postings: sql<Recorded['postings']>`(
        select coalesce(json_agg(json_build_array(p.indicator_id, p.person_id, p.period, p.happened_on, p.op, p.value,
          p.part, p.facet, p.confirmed) order by coalesce(p.place, p.id), p.id), '[]')
        from ${indicators} i cross join lateral (
          select * from ${postings} p where p.indicator_id = i.id and p.withdrawn_by is null offset 0) p
        where i.task_id = tasks.id)`,
      nodes: sql<Recorded['nodes']>`(
        select coalesce(json_agg(json_build_array(n.indicator_id, n.due, n.value) order by n.due), '[]')
        from ${indicators} i cross join lateral (
          select * from ${nodes} n where n.indicator_id = i.id offset 0) n
        where i.task_id = tasks.id)`,
      listed: sql<Recorded['listed']>`(
        select json_build_array(l.ordered_on, l.term) from ${listings} l
        where l.task_id = tasks.id and l.ordered_entry_id is not null and l.lifted_entry_id is null
        order by l.id desc limit 1)`,
    })
    .from(tasks);

const ofPlan = eq(tasks.planId, sql.placeholder('planId'));

const byCode = statement<{ planId: number; code: string }, Recorded[]>((db) =>
  recorded(db)
    .where(and(ofPlan, eq(tasks.code, sql.placeholder('code')), eq(tasks.retired, false)))
    .prepare('task'),
);

const inOrder = [asc(tasks.duty), asc(tasks.serial), asc(tasks.id)];

const all = statement<{ planId: number }, Recorded[]>((db) =>
  recorded(db)
    .where(and(ofPlan, eq(tasks.retired, false)))
    .orderBy(...inOrder)
    .prepare('tasks'),
);

const ever = statement<{ planId: number }, Recorded[]>((db) =>
  recorded(db)
    .where(ofPlan)
    .orderBy(...inOrder)
    .prepare('tasks ever'),
);

export async function factsOf(db: Db, plan: Plan, code: string): Promise<TaskFacts | undefined> {
  const [row] = await byCode(db, { planId: plan.id, code });
  return row && factsIn(plan.setup.indicators, row);
}

/** All tasks of the plan in their order; the standing duties come last. */
export async function allFacts(db: Db, plan: Plan): Promise<TaskFacts[]> {
  const rows = await all(db, { planId: plan.id });
  return rows.map((row) => factsIn(plan.setup.indicators, row));
}

/** The same with the tasks and indicators among them that are no longer in use. */
export async function factsEver(db: Db, plan: Plan): Promise<TaskFacts[]> {
  const rows = await ever(db, { planId: plan.id });
  const indicators = await indicatorsEver(db, plan);
  return rows.map((row) => factsIn(indicators, row));
}

const factsIn = (
  measured: Setup['indicators'],
  { task, postings: said, nodes: due, listed }: Recorded,
): TaskFacts => ({
  ...task,
  indicators: measured.get(task.id) ?? [],
  postings: said.map(([indicatorId, personId, period, happenedOn, op, value, part, facet, confirmed]) => ({
    ...{ indicatorId, personId, period, happenedOn, op, value, part, facet, confirmed },
  })),
  nodes: due.map(([indicatorId, day, value]) => ({ indicatorId, due: day, value })),
  listed: listed && { on: listed[0], term: listed[1] },
});

const standing = statement<{ ids: string }, { taskId: number; posting: PostingRow }[]>((db) =>
  db
    .select({ taskId: indicators.taskId, posting: postings })
    .from(postings)
    .innerJoin(indicators, eq(indicators.id, postings.indicatorId))
    .where(and(sql`${indicators.taskId} = any(${sql.placeholder('ids')})`, isNull(postings.withdrawnBy)))
    .orderBy(sql`coalesce(${postings.place}, ${postings.id})`, asc(postings.id))
    .prepare('postings'),
);

/** What stands of the postings on these tasks, in the order in which it counts: a correction in place of what it corrects. */
export const standingPostings = (
  db: Db,
  taskIds: number[],
): Promise<{ taskId: number; posting: PostingRow }[]> => standing(db, { ids: listOf(taskIds) });

export const chainOf = (task: TaskRow): Chain => ({
  planId: task.planId,
  taskId: task.id,
  name: task.code,
  headSeq: task.headSeq,
  headHash: task.headHash,
});

/** Writes one entry on a task whose lock the caller has held since before it read it; on return `task` has the new head. */
export async function writeOn(
  tx: Db,
  task: TaskRow,
  act: EntryAct,
  detail: Record<string, unknown>,
  origin: Origin,
  more?: With,
): Promise<EntryRow> {
  const entry = await write(tx, chainOf(task), act, detail, origin, more);
  Object.assign(task, { headSeq: entry.seq, headHash: entry.hash });
  return entry;
}
