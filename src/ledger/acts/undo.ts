import { eq, inArray } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type EntryRow, type Origin, saying } from '../entries.ts';
import { type TaskRow, writeOn } from '../facts.ts';
import { heardOf } from '../outbox/heard.ts';
import { awaits, retract } from '../outbox.ts';
import type { Plan } from '../plan.ts';
import { Refusal } from '../refusal.ts';
import type { Shows } from '../rules/audience.ts';
import { confirmedBy } from '../rules/deed.ts';
import { indicators, postings, tasks } from '../schema.ts';
import { withdraw } from './closeout.ts';
import { withdrawEvidence } from './evidence.ts';
import { withdrawExtension } from './extension.ts';
import { withdrawFollowUp } from './followUps.ts';
import { withdrawProposal } from './listing.ts';
import { unhold } from './meetings.ts';
import { withdrawBaseline, withdrawNodes } from './milestones.ts';
import { withdrawRow } from './registers.ts';
import { refuseIfBuiltOn } from './undo/builtOn.ts';
import { refuseIfPassed, undoPlan } from './undo/plan.ts';
import { isWanted, lastRecorded, type Named, type Wanted, whyNothing } from './undo/scope.ts';
import { refuseIfHidden } from './undo/shown.ts';

export interface Undone {
  /** Null for what was done to the plan itself. */
  task: TaskRow | null;
  acts: string[];
  /** Who had already been asked to decide or do what goes back. */
  asked: number[];
  /** Labels of the indicators whose figures went back, if any. */
  labels: string[];
}

/**
 * Takes back everything that the speaker's last recording message wrote, or only the part that is wanted, in one
 * entry for each task. Refused after ten minutes, where others have built on it, and where it may not be shown.
 */
export async function undo(
  tx: Db,
  plan: Plan,
  origin: Origin & { personId: number },
  wanted: Wanted,
  shows: Shows,
): Promise<Undone[]> {
  const planId = plan.id;
  const named: Named = (rows) => refuseIfHidden(tx, plan, rows, shows);
  const recorded = await lastRecorded(tx, planId, origin, named);
  const chosen = recorded.filter((entry) => isWanted(entry, wanted));
  if (chosen.length === 0) {
    throw new Refusal(await whyNothing(tx, planId, origin.personId, recorded, wanted, named));
  }
  await named(chosen);
  const taskIds = chosen.flatMap((entry) => entry.taskId ?? []);
  const rows = await tx
    .select()
    .from(tasks)
    .where(inArray(tasks.id, taskIds))
    .orderBy(tasks.id)
    .for('update');
  for (const task of rows) {
    const own = chosen.filter((entry) => entry.taskId === task.id);
    for (const entry of own) await refuseIfBuiltOn(tx, task, entry, own);
  }
  const ofPlan = chosen.filter((entry) => entry.taskId === null);
  await refuseIfPassed(tx, planId, ofPlan);
  const undone: Undone[] = [];
  for (const task of rows) {
    const own = chosen.filter((entry) => entry.taskId === task.id);
    const detail = { undoes: own.map((entry) => entry.seq) };
    const { headSeq: last } = task;
    const entry = await writeOn(tx, task, 'undo', detail, saying(origin, ''));
    const asked = await heardOf(tx, own.flatMap(askedBy), own[0]?.at ?? origin.at);
    await retract(tx, own.flatMap(askedBy), origin.at);
    const labels = await labelsOf(tx, await revert(tx, task, own, { by: entry.id, last }));
    undone.push({ task, acts: [...new Set(own.map((each) => each.act))], asked, labels });
  }
  if (ofPlan.length > 0) {
    await undoPlan(tx, planId, ofPlan, origin);
    undone.push({ task: null, acts: ofPlan.map((each) => each.act), asked: [], labels: [] });
  }
  return undone;
}

/**
 * Puts back what these entries changed; gives back the indicators whose figures that concerns. `by` is the id of the entry
 * that takes them back, `last` the number of the task's last one before it.
 */
async function revert(
  tx: Db,
  task: TaskRow,
  own: EntryRow[],
  { by, last }: { by: number; last: number },
): Promise<number[]> {
  const ids = own.map((each) => each.id);
  // What a correction replaced comes back before the correction goes: in one message both may be undone.
  await tx.update(postings).set({ withdrawnBy: null }).where(inArray(postings.withdrawnBy, ids));
  const withdrawn = await tx
    .update(postings)
    .set({ withdrawnBy: by })
    .where(inArray(postings.entryId, ids))
    .returning({ indicatorId: postings.indicatorId });
  await withdrawEvidence(tx, ids, by);
  const unconfirmed = own.flatMap(confirmedBy);
  if (unconfirmed.length > 0) {
    await tx.update(postings).set({ confirmed: false }).where(inArray(postings.id, unconfirmed));
  }
  for (const entry of own) await withdrawRequest(tx, task, entry);
  const untouched = own.some(({ detail, seq }) => detail.started === true && seq + own.length > last);
  if (untouched) await tx.update(tasks).set({ state: 'pending' }).where(eq(tasks.id, task.id));
  return withdrawn.map((each) => each.indicatorId);
}

/** What an entry asked somebody to decide or do. */
function askedBy({ act, id, taskId }: EntryRow): string[] {
  if (act === 'submit') return [awaits('close-out', taskId ?? 0)];
  if (act === 'extend') return [awaits('extension', taskId ?? 0)];
  if (act === 'list' || act === 'delist') return [awaits('listing', taskId ?? 0)];
  return act === 'assign' ? [awaits('follow-up', id)] : [];
}

/** What waited for somebody's decision no longer does. */
async function withdrawRequest(tx: Db, task: TaskRow, entry: EntryRow): Promise<void> {
  if (entry.act === 'submit') await withdraw(tx, task.id, entry.id);
  if (entry.act === 'extend') await withdrawExtension(tx, entry.id);
  if (entry.act === 'list' || entry.act === 'delist') await withdrawProposal(tx, entry.id);
  if (entry.act === 'node') await withdrawNodes(tx, task, entry);
  if (entry.act === 'baseline') await withdrawBaseline(tx, entry.id, entry.detail.previous as number | null);
  if (entry.act === 'enter' || entry.act === 'finish') await withdrawRow(tx, entry.id);
  if (entry.act === 'held') await unhold(tx, entry.id);
  if (entry.act === 'assign' || entry.act === 'settle') await withdrawFollowUp(tx, entry.id);
}

async function labelsOf(tx: Db, ids: number[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.select().from(indicators).where(inArray(indicators.id, ids));
  return rows.map((row) => row.label);
}
