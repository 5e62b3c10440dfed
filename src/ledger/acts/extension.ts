import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Day } from '../days.ts';
import type { Db } from '../db.ts';
import type { Origin } from '../entries.ts';
import type { TaskFacts } from '../facts.ts';
import { awaits, retract } from '../outbox.ts';
import { entries, extensions, tasks } from '../schema.ts';
import { note } from './report.ts';

export interface Extension {
  id: number;
  /** Who asked. */
  personId: number | null;
  from: Day;
  to: Day;
  /** Asked for after the deadline had passed (逾期后申请). */
  late: boolean;
  /** Null while it waits for its decision. */
  granted: boolean | null;
  /** Whoever asked has handed over: it waits for the successor's word. */
  held: boolean;
}

/** All that were asked for on this task, the oldest first. */
export async function extensionsOf(db: Db, taskId: number): Promise<Extension[]> {
  const { id, from, to, late, granted, held } = extensions;
  return db
    .select({ id, personId: entries.personId, from, to, late, granted, held })
    .from(extensions)
    .innerJoin(entries, eq(entries.id, extensions.askedEntryId))
    .where(eq(extensions.taskId, taskId))
    .orderBy(asc(extensions.id));
}

/** Asks for a later deadline; the one that stands holds until it is granted. */
export async function ask(
  tx: Db,
  task: TaskFacts & { deadline: Day },
  { to, late }: { to: Day; late: boolean },
  origin: Origin,
): Promise<void> {
  const from = task.deadline;
  const entry = await note(tx, task, 'extend', { from, to, late }, origin);
  await tx.insert(extensions).values({ taskId: task.id, askedEntryId: entry.id, from, to, late });
}

/** Grants it, possibly to another day than was asked for, which moves the deadline; or refuses it. */
export async function decide(
  tx: Db,
  task: TaskFacts,
  extension: Extension,
  decision: { granted: true; to: Day } | { granted: false },
  origin: Origin,
): Promise<void> {
  const to = decision.granted ? decision.to : extension.to;
  const act = decision.granted ? 'grant' : 'refuse';
  // The deadline may have been moved since it was asked for.
  const from = task.deadline ?? extension.from;
  const entry = await note(tx, task, act, { from, to }, origin);
  await tx
    .update(extensions)
    .set({ granted: decision.granted, decidedEntryId: entry.id, from, to })
    .where(eq(extensions.id, extension.id));
  await retract(tx, [awaits('extension', task.id)], origin.at);
  if (decision.granted) await tx.update(tasks).set({ deadline: to }).where(eq(tasks.id, task.id));
}

/** Whether the request of this entry still waits for its decision. */
export async function isUndecided(db: Db, entryId: number): Promise<boolean> {
  const rows = await db
    .select({ id: extensions.id })
    .from(extensions)
    .where(and(eq(extensions.askedEntryId, entryId), isNull(extensions.granted)));
  return rows.length > 0;
}

/** Takes the request of this entry back; the entry stays. */
export async function withdrawExtension(tx: Db, entryId: number): Promise<void> {
  await tx.delete(extensions).where(eq(extensions.askedEntryId, entryId));
}
