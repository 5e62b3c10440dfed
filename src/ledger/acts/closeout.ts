import { and, arrayOverlaps, desc, eq } from 'drizzle-orm';
import type { Day } from '../days.ts';
import type { Db } from '../db.ts';
import type { EntryRow, Origin } from '../entries.ts';
import type { TaskFacts, TaskRow } from '../facts.ts';
import { awaits, retract } from '../outbox.ts';
import type { Plan } from '../plan.ts';
import { has } from '../rules/audience.ts';
import { stepsLeft, type TaskInHand } from '../rules/task.ts';
import { closeouts, people, tasks } from '../schema.ts';
import { note } from './report.ts';

/** A task as the steps of its close-out need to know it, with the request that stands, if one does. */
export interface InHand extends TaskInHand {
  request: typeof closeouts.$inferSelect | null;
}

type Speaker = Origin & { personId: number };

export async function inHand(db: Db, plan: Plan, task: TaskRow): Promise<InHand> {
  const posts = await db
    .select({ id: people.id, sectionId: people.sectionId, roles: people.roles })
    .from(people)
    .where(
      and(
        eq(people.planId, plan.id),
        eq(people.active, true),
        arrayOverlaps(people.roles, ['office', 'secretary']),
      ),
    );
  const request = task.state === 'submitted' ? await standing(db, task.id) : null;
  const { state, sectionId, coSectionIds } = task;
  // Whoever is switched off leads nothing: who does is to be settled.
  const isThere = plan.setup.leaders.some(({ id }) => id === task.leaderId);
  return {
    ...{ state, sectionId, coSectionIds, leaderId: isThere ? task.leaderId : null },
    officeLed: posts.some((post) => has(post, 'office') && post.sectionId === task.sectionId),
    secretaryLed: posts.some((post) => has(post, 'secretary') && post.id === task.leaderId),
    chain: plan.settings.closeout,
    taken: request?.steps ?? [],
    held: request?.held ?? false,
    request,
  };
}

async function standing(db: Db, taskId: number): Promise<InHand['request']> {
  const row = await latest(db, taskId);
  return row?.outcome === null ? row : null;
}

async function latest(db: Db, taskId: number): Promise<InHand['request']> {
  const [row] = await db
    .select()
    .from(closeouts)
    .where(eq(closeouts.taskId, taskId))
    .orderBy(desc(closeouts.id))
    .limit(1);
  return row ?? null;
}

/** The request: the first step of the chain. What is missing stands with it. */
export async function request(
  tx: Db,
  task: TaskFacts,
  { missing, insisted, on }: { missing: string[]; insisted: boolean; on: Day },
  origin: Speaker,
): Promise<void> {
  const entry = await note(tx, task, 'submit', { missing, insisted }, origin);
  await tx.insert(closeouts).values({
    taskId: task.id,
    requestedEntryId: entry.id,
    missing,
    insisted,
    steps: [{ step: 'request', personId: origin.personId, entryId: entry.id }],
  });
  await tx.update(tasks).set({ state: 'submitted', submittedOn: on }).where(eq(tasks.id, task.id));
}

/** The next step, agreed to; `closes` when it is the last. Gives back which one it was. */
export async function agree(
  tx: Db,
  task: TaskFacts,
  hand: InHand,
  { closes, on }: { closes: boolean; on: Day },
  origin: Speaker,
): Promise<string> {
  const { step, id, steps } = nextOf(hand);
  const entry = await note(tx, task, 'verify', { step, closes }, origin);
  await tx
    .update(closeouts)
    .set({
      steps: [...steps, { step, personId: origin.personId, entryId: entry.id }],
      ...(closes ? { outcome: 'closed' } : {}),
    })
    .where(eq(closeouts.id, id));
  if (closes) await tx.update(tasks).set({ state: 'closed', closedOn: on }).where(eq(tasks.id, task.id));
  const over = closes ? (['close-out', 'extension', 'listing'] as const) : (['close-out'] as const);
  await retract(
    tx,
    over.map((what) => awaits(what, task.id)),
    origin.at,
  );
  return step;
}

/** Sends the request back. A task that was handed in and came back is as late as if it never had been. */
export async function giveBack(tx: Db, task: TaskFacts, hand: InHand, origin: Origin): Promise<string> {
  const { step, id } = nextOf(hand);
  await note(tx, task, 'return', { step }, origin);
  await tx.update(closeouts).set({ outcome: 'returned' }).where(eq(closeouts.id, id));
  await tx.update(tasks).set({ state: 'active', submittedOn: null }).where(eq(tasks.id, task.id));
  await retract(tx, [awaits('close-out', task.id)], origin.at);
  return step;
}

/** Whether the request of this entry can still be taken back: it stands, and nobody has taken a step since. */
export async function isUntouched(db: Db, task: TaskRow, entryId: number): Promise<boolean> {
  const row = await standing(db, task.id);
  return row?.requestedEntryId === entryId && row.steps.length === 1;
}

/** Whether somebody else has asked for or agreed to the close-out since this entry, and that still holds. */
export async function isReliedOn(db: Db, task: TaskRow, { id, personId }: EntryRow): Promise<boolean> {
  if (task.state !== 'submitted' && task.state !== 'closed') return false;
  const row = await latest(db, task.id);
  return row?.steps.some((step) => step.entryId > id && step.personId !== personId) ?? false;
}

/** Takes the request of this entry back. */
export async function withdraw(tx: Db, taskId: number, entryId: number): Promise<void> {
  await tx.update(closeouts).set({ outcome: 'withdrawn' }).where(eq(closeouts.requestedEntryId, entryId));
  await tx.update(tasks).set({ state: 'active', submittedOn: null }).where(eq(tasks.id, taskId));
}

function nextOf(hand: InHand) {
  const [step] = stepsLeft(hand);
  if (step === undefined || hand.request === null) throw new Error('no close-out stands on this task');
  return { step, id: hand.request.id, steps: hand.request.steps };
}
