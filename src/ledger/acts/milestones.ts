import { and, eq, inArray } from 'drizzle-orm';
import type { Day } from '../days.ts';
import type { Db } from '../db.ts';
import type { EntryRow, Origin } from '../entries.ts';
import { type TaskFacts, type TaskRow, writeOn } from '../facts.ts';
import type { IndicatorRow } from '../plan.ts';
import { baselines, indicators, nodes, postings } from '../schema.ts';

/** The figure that a day asks for; null takes the day's node away. */
export interface Milestone {
  due: Day;
  value: number | null;
}

/**
 * Enters milestones, each in the place of the one that its day had: one entry, with what stood before. A task that
 * hasn't begun doesn't begin with it.
 */
export async function setNodes(
  tx: Db,
  task: TaskFacts,
  indicator: IndicatorRow,
  milestones: readonly Milestone[],
  origin: Origin,
): Promise<void> {
  const days = milestones.map(({ due }) => due);
  const ofDays = and(eq(nodes.indicatorId, indicator.id), inArray(nodes.due, days));
  const was = await tx
    .select({ due: nodes.due, value: nodes.value, entryId: nodes.entryId })
    .from(nodes)
    .where(ofDays);
  const detail = { indicator: indicator.code, nodes: milestones, was };
  const entry = await writeOn(tx, task, 'node', detail, origin);
  await tx.delete(nodes).where(ofDays);
  const rows = milestones.flatMap(({ due, value }) =>
    value === null ? [] : [{ indicatorId: indicator.id, due, value, entryId: entry.id }],
  );
  if (rows.length > 0) await tx.insert(nodes).values(rows);
}

/** Whether each of the entry's days still has what it, or one of `ids`, gave that day. */
export async function areInPlace(
  tx: Db,
  task: TaskRow,
  { detail }: EntryRow,
  ids: number[],
): Promise<boolean> {
  const { indicator, nodes: entered } = detail as { indicator: string; nodes: Milestone[] };
  const rows = await tx
    .select({ due: nodes.due, entryId: nodes.entryId })
    .from(nodes)
    .innerJoin(indicators, eq(indicators.id, nodes.indicatorId))
    .where(and(eq(indicators.taskId, task.id), eq(indicators.code, indicator)));
  return entered.every(({ due, value }) => {
    const row = rows.find((each) => each.due === due);
    return row ? ids.includes(row.entryId) : value === null;
  });
}

/** Takes this entry's milestones back: what stood before it stands again. */
export async function withdrawNodes(tx: Db, task: TaskRow, { id, detail }: EntryRow): Promise<void> {
  const { was, indicator } = detail as {
    indicator: string;
    was: { due: Day; value: number; entryId: number }[];
  };
  await tx.delete(nodes).where(eq(nodes.entryId, id));
  const [row] = await tx
    .select({ id: indicators.id })
    .from(indicators)
    .where(and(eq(indicators.taskId, task.id), eq(indicators.code, indicator)));
  if (row && was.length > 0)
    await tx.insert(nodes).values(was.map((each) => ({ ...each, indicatorId: row.id })));
}

/** Where the indicator stood when the ledger began: this entry's posting comes before all others, in place of an earlier one. */
export async function placeBaseline(
  tx: Db,
  indicator: IndicatorRow,
  entryId: number,
  source: string,
): Promise<void> {
  const [posting] = await tx
    .update(postings)
    .set({ place: 0 })
    .where(eq(postings.entryId, entryId))
    .returning({ id: postings.id });
  if (!posting) throw new Error('the baseline has no posting');
  const [before] = await tx.select().from(baselines).where(eq(baselines.indicatorId, indicator.id));
  if (before) {
    await tx.update(postings).set({ withdrawnBy: entryId }).where(eq(postings.id, before.postingId));
  }
  const row = { postingId: posting.id, source };
  await tx
    .insert(baselines)
    .values({ indicatorId: indicator.id, ...row })
    .onConflictDoUpdate({ target: baselines.indicatorId, set: row });
}

/** After a baseline's posting has been taken back: the one before it is the indicator's again, if there was one. */
export async function withdrawBaseline(tx: Db, entryId: number, previous: number | null): Promise<void> {
  const own = tx.select({ id: postings.id }).from(postings).where(eq(postings.entryId, entryId));
  if (previous === null) await tx.delete(baselines).where(inArray(baselines.postingId, own));
  else {
    await tx
      .update(baselines)
      .set({ postingId: previous, source: '' })
      .where(inArray(baselines.postingId, own));
  }
}

/** Where an indicator stood when the ledger began: the posting and its source. */
export async function baselineOf(
  db: Db,
  indicatorId: number,
): Promise<{ postingId: number; source: string } | undefined> {
  const [row] = await db.select().from(baselines).where(eq(baselines.indicatorId, indicatorId));
  return row;
}
