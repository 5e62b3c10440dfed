import { and, desc, eq, gt, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { type EntryRow, type Origin, write } from './entries.ts';
import { chainOf } from './facts.ts';
import { Refusal } from './refusal.ts';
import { entries, indicators, postings, tasks } from './schema.ts';

/** 撤回 holds for so long after the message. */
const WITHIN = 10 * 60_000;

/** Acts that 撤回 takes back. */
const recording = ['progress', 'note', 'correct'];

export interface Undone {
  task: { code: string; title: string };
  /** Labels of the indicators whose figures went back, if any. */
  labels: string[];
}

/**
 * Takes back everything that the speaker's last recording message wrote, or only its part on one task: each entry
 * by an entry of its own, its figures withdrawn. Refused after ten minutes, and where others have built on it.
 */
export async function undo(
  tx: Db,
  planId: number,
  origin: Origin & { personId: number },
  code: string | undefined,
  now: Date,
): Promise<Undone[]> {
  const recorded = await lastRecorded(tx, planId, origin.personId, now);
  const chosen = recorded.filter((entry) => code === undefined || entry.chain === code);
  if (chosen.length === 0) {
    throw new Refusal('没有可撤回的记录:只能撤回本人10分钟内的登记。需要改数请发「更正 任务编号 指标 数」。');
  }
  const taskIds = chosen.flatMap((entry) => entry.taskId ?? []);
  const rows = await tx
    .select()
    .from(tasks)
    .where(inArray(tasks.id, taskIds))
    .orderBy(tasks.id)
    .for('update');
  for (const entry of chosen) await refuseIfBuiltOn(tx, entry);
  const undone: Undone[] = [];
  for (const task of rows) {
    const chain = chainOf(task);
    const own = chosen.filter((entry) => entry.taskId === task.id);
    const detail = { undoes: own.map((entry) => entry.seq) };
    const entry = await write(tx, chain, 'undo', detail, origin, now);
    const withdrawn = await tx
      .update(postings)
      .set({ withdrawnBy: entry.id })
      .where(
        inArray(
          postings.entryId,
          own.map((each) => each.id),
        ),
      )
      .returning({ indicatorId: postings.indicatorId });
    const untouched = own.some(
      (each) => each.detail.started === true && each.seq + own.length > task.headSeq,
    );
    if (untouched) await tx.update(tasks).set({ state: 'pending' }).where(eq(tasks.id, task.id));
    undone.push({
      task,
      labels: await labelsOf(
        tx,
        withdrawn.map((each) => each.indicatorId),
      ),
    });
  }
  return undone;
}

/** What the speaker's last recording message wrote and nobody has taken back yet. */
async function lastRecorded(tx: Db, planId: number, personId: number, now: Date): Promise<EntryRow[]> {
  const recent = await tx
    .select()
    .from(entries)
    .where(
      and(
        eq(entries.planId, planId),
        eq(entries.personId, personId),
        inArray(entries.act, [...recording, 'undo']),
        gt(entries.at, new Date(now.getTime() - WITHIN)),
      ),
    )
    .orderBy(desc(entries.id));
  const undone = new Set(
    recent
      .filter((entry) => entry.act === 'undo')
      .flatMap((entry) => (entry.detail.undoes as number[]).map((seq) => `${entry.chain}:${seq}`)),
  );
  const open = recent.filter((entry) => entry.act !== 'undo' && !undone.has(`${entry.chain}:${entry.seq}`));
  const last = open[0];
  if (!last) return [];
  return open.filter((entry) => entry.platform === last.platform && entry.messageId === last.messageId);
}

/** Somebody else's entry on the same figures, or a chief's confirmation of them, stands on this one. */
async function refuseIfBuiltOn(tx: Db, entry: EntryRow): Promise<void> {
  const figures = await tx
    .select({ indicatorId: postings.indicatorId })
    .from(postings)
    .where(eq(postings.entryId, entry.id));
  if (figures.length === 0) return;
  const later = await tx
    .select({ id: postings.id })
    .from(postings)
    .innerJoin(entries, eq(entries.id, postings.entryId))
    .where(
      and(
        inArray(
          postings.indicatorId,
          figures.map((each) => each.indicatorId),
        ),
        gt(postings.entryId, entry.id),
        isNull(postings.withdrawnBy),
        ne(sql`coalesce(${entries.personId}, 0)`, entry.personId ?? 0),
      ),
    )
    .limit(1);
  if (later.length > 0) {
    throw new Refusal(`【${entry.chain}】之后已有他人登记,不能撤回。请发「更正 ${entry.chain} 指标 数」。`);
  }
}

async function labelsOf(tx: Db, ids: number[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.select().from(indicators).where(inArray(indicators.id, ids));
  return rows.map((row) => row.label);
}
