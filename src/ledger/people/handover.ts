import { and, arrayContains, asc, eq, inArray, isNotNull, isNull, lte, ne, or, sql } from 'drizzle-orm';
import type { Day } from '../days.ts';
import type { Db } from '../db.ts';
import { type Chain, nobody, type Origin, write } from '../entries.ts';
import { type TaskRow, writeOn } from '../facts.ts';
import { lockPlan, planChain } from '../plan/chain.ts';
import type { Plan } from '../plan.ts';
import { closeouts, entries, extensions, followUps, handovers, people, sections, tasks } from '../schema.ts';
import type { Role } from '../terms.ts';
import { rosterChanged } from './roster.ts';
import { relieve } from './staff.ts';

/** Roles that belong to a section's post and pass with it. */
const ofPost: readonly Role[] = ['chief', 'discipline'];

/** Notes that a section's post passes to somebody on a day; one that has come passes at once. */
export async function handOver(
  tx: Db,
  plan: Plan,
  { sectionId, section, personId, on }: { sectionId: number; section: string; personId: number; on: Day },
  origin: Origin,
  today: Day,
): Promise<void> {
  await lockTasks(tx, sectionId);
  const locked = await lockPlan(tx, plan.id);
  const chain = planChain(locked);
  const detail = { section, to: personId, on };
  const entry = await write(tx, chain, 'handover', detail, origin);
  // A day that was named before is replaced.
  await tx
    .update(handovers)
    .set({ endedEntryId: entry.id })
    .where(and(eq(handovers.sectionId, sectionId), isNull(handovers.endedEntryId)));
  await tx.insert(handovers).values({ planId: plan.id, sectionId, personId, on, entryId: entry.id });
  if (on <= today) await takeOver(tx, plan, today, origin.at);
}

/** The section that has no chief once its own goes elsewhere: nobody else is, and no successor is named. */
export async function leftVacant(
  db: Db,
  { id, sectionId }: { id: number; sectionId: number },
): Promise<string | undefined> {
  const isChief = and(eq(people.sectionId, sectionId), arrayContains(people.roles, ['chief']));
  const others = await db.$count(people, and(isChief, eq(people.active, true), ne(people.id, id)));
  const named = await db.$count(
    handovers,
    and(eq(handovers.sectionId, sectionId), isNull(handovers.endedEntryId)),
  );
  if (others + named > 0) return undefined;
  const [section] = await db.select().from(sections).where(eq(sections.id, sectionId));
  return section?.name;
}

/** Lets every handover whose day has come take effect, once. */
export async function takeOver(db: Db, plan: Plan, today: Day, now: Date): Promise<void> {
  const due = and(eq(handovers.planId, plan.id), isNull(handovers.endedEntryId), lte(handovers.on, today));
  const waiting = await db.select({ id: handovers.id }).from(handovers).where(due).limit(1);
  if (waiting.length === 0) return;
  await db.transaction(async (tx) => {
    const rows = await tx.select().from(handovers).where(due).orderBy(asc(handovers.on), asc(handovers.id));
    // Tasks before the plan, as everybody locks them.
    for (const { sectionId } of rows) await lockTasks(tx, sectionId);
    const chain = planChain(await lockPlan(tx, plan.id));
    for (const { id } of rows) {
      const [row] = await tx
        .select()
        .from(handovers)
        .where(and(eq(handovers.id, id), isNull(handovers.endedEntryId)));
      if (row) await pass(tx, chain, row, now);
    }
    await rosterChanged(tx, plan.id);
  });
}

/** The post's roles go to the successor, who sits in the section from now on; what the predecessor asked for waits. */
async function pass(tx: Db, chain: Chain, row: typeof handovers.$inferSelect, now: Date): Promise<void> {
  const { sectionId, personId } = row;
  const [successor] = await tx.select().from(people).where(eq(people.id, personId));
  const [section] = await tx.select().from(sections).where(eq(sections.id, sectionId));
  if (!successor || !section) throw new Error(`a handover names nobody: ${row.id}`);
  const before = await tx
    .select()
    .from(people)
    .where(
      // Whoever had the post and has been switched off meanwhile is a predecessor too.
      and(eq(people.sectionId, sectionId), ne(people.id, personId), sql`'chief' = any(${people.roles})`),
    );
  const from = before.map(({ id }) => id);
  const detail = { section: section.code, to: personId, from, ...(successor.active ? {} : { void: true }) };
  const entry = await write(tx, chain, 'takeover', detail, nobody(now));
  await tx.update(handovers).set({ endedEntryId: entry.id }).where(eq(handovers.id, row.id));
  if (!successor.active) return;
  const passed = new Set<Role>(['chief', ...before.flatMap(({ roles }) => roles.filter(isOfPost))]);
  const kept = successor.roles.filter((role) => role !== 'staff' && !passed.has(role));
  const post = before[0]?.post ?? successor.post;
  await tx
    .update(people)
    .set({ sectionId, roles: [...passed, ...kept], post })
    .where(eq(people.id, personId));
  await passFollowUps(tx, sectionId, from, personId);
  await relieve(tx, successor.sectionId === sectionId ? from : [...from, personId], now);
  for (const { id, roles } of before) {
    await tx
      .update(people)
      .set({ roles: roles.filter((role) => !isOfPost(role)) })
      .where(eq(people.id, id));
  }
  await holdRequests(tx, sectionId, from, now);
}

/** What a meeting or a leader wants done on the section's tasks stays with the post. */
async function passFollowUps(tx: Db, sectionId: number, from: number[], to: number): Promise<void> {
  if (from.length === 0) return;
  const own = tx.select({ id: tasks.id }).from(tasks).where(eq(tasks.sectionId, sectionId));
  await tx
    .update(followUps)
    .set({ ownerId: to })
    .where(
      and(inArray(followUps.ownerId, from), inArray(followUps.taskId, own), isNull(followUps.doneEntryId)),
    );
}

const isOfPost = (role: Role): boolean => ofPost.includes(role);

async function lockTasks(tx: Db, sectionId: number): Promise<TaskRow[]> {
  return tx.select().from(tasks).where(eq(tasks.sectionId, sectionId)).orderBy(asc(tasks.id)).for('update');
}

/** Close-outs and extensions that the predecessors asked for and nobody has decided: each is noted on its task. */
async function holdRequests(tx: Db, sectionId: number, from: number[], now: Date): Promise<void> {
  if (from.length === 0) return;
  for (const task of await lockTasks(tx, sectionId)) {
    const asked = await openRequests(tx, task.id);
    const closeout = asked.closeout && from.includes(asked.closeout.personId ?? 0) ? asked.closeout.id : null;
    const extension =
      asked.extension && from.includes(asked.extension.personId ?? 0) ? asked.extension.id : null;
    if (closeout === null && extension === null) continue;
    const detail = { closeout: closeout !== null, extension: extension !== null };
    await writeOn(tx, task, 'suspend', detail, nobody(now));
    if (closeout !== null) await tx.update(closeouts).set({ held: true }).where(eq(closeouts.id, closeout));
    if (extension !== null)
      await tx.update(extensions).set({ held: true }).where(eq(extensions.id, extension));
  }
}

async function openRequests(tx: Db, taskId: number) {
  const [closeout] = await tx
    .select({ id: closeouts.id, personId: entries.personId })
    .from(closeouts)
    .innerJoin(entries, eq(entries.id, closeouts.requestedEntryId))
    .where(and(eq(closeouts.taskId, taskId), isNull(closeouts.outcome)));
  const [extension] = await tx
    .select({ id: extensions.id, personId: entries.personId })
    .from(extensions)
    .innerJoin(entries, eq(entries.id, extensions.askedEntryId))
    .where(and(eq(extensions.taskId, taskId), isNull(extensions.granted)));
  return { closeout, extension };
}

/** A task with what was asked for on it by somebody who has handed over. */
export interface HeldRequest {
  task: TaskRow;
  closeoutId: number | null;
  extensionId: number | null;
}

/** What waits for the word of a section's new chief, in the order of the tasks. */
export async function heldRequests(db: Db, planId: number): Promise<HeldRequest[]> {
  return db
    .select({ task: tasks, closeoutId: closeouts.id, extensionId: extensions.id })
    .from(tasks)
    .leftJoin(closeouts, and(eq(closeouts.taskId, tasks.id), closeouts.held, isNull(closeouts.outcome)))
    .leftJoin(
      extensions,
      and(
        eq(extensions.taskId, tasks.id),
        extensions.held,
        isNull(extensions.granted),
        ne(tasks.state, 'closed'),
      ),
    )
    .where(
      and(
        eq(tasks.planId, planId),
        eq(tasks.retired, false),
        or(isNotNull(closeouts.id), isNotNull(extensions.id)),
      ),
    )
    .orderBy(asc(tasks.id));
}

/** The successor stands by what was asked for on this task: it goes on. The caller holds the task's lock. */
export async function uphold(tx: Db, task: TaskRow, origin: Origin): Promise<void> {
  await writeOn(tx, task, 'uphold', {}, origin);
  await tx.update(closeouts).set({ held: false }).where(eq(closeouts.taskId, task.id));
  await tx.update(extensions).set({ held: false }).where(eq(extensions.taskId, task.id));
}
