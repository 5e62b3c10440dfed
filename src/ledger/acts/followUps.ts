import { and, asc, desc, eq, isNotNull, lte } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type Day, dayOf, startOf } from '../days.ts';
import type { Db } from '../db.ts';
import type { EntryRow, Origin } from '../entries.ts';
import type { TaskFacts } from '../facts.ts';
import { awaits, retract } from '../outbox.ts';
import type { Plan } from '../plan.ts';
import { entries, followUps, meetings, people, sections, tasks, words } from '../schema.ts';
import type { Level, TaskState } from '../terms.ts';
import { isMeeting } from './meetings.ts';
import { note } from './report.ts';

/** What a meeting decided or a leader ordered on a task, and what became of it. */
export interface FollowUp {
  id: number;
  entryId: number;
  /** Its place among the task's follow-ups, from 1: how people name it. */
  row: number;
  task: {
    id: number;
    code: string;
    title: string;
    level: Level;
    state: TaskState;
    retired: boolean;
    sectionId: number | null;
    coSectionIds: number[];
    leaderId: number | null;
  };
  /** Decided at a meeting (议定), or else ordered by a leader (交办). */
  byMeeting: boolean;
  /** The words of the decision; null once they are sealed. They may stand only where the task may. */
  what: string | null;
  decidedOn: Day;
  byId: number | null;
  ownerId: number | null;
  /** How the owner is addressed, and of which section. */
  owner: string | null;
  section: string | null;
  due: Day | null;
  doneOn: Day | null;
}

const done = alias(entries, 'done');

/** All of the plan in the order in which they were decided. */
export async function followUpsOf(db: Db, plan: Plan, taskId?: number): Promise<FollowUp[]> {
  const rows = await db
    .select({
      followUp: followUps,
      task: tasks,
      act: entries.detail,
      at: entries.at,
      byId: entries.personId,
      what: words.text,
      owner: people.address,
      section: sections.name,
      doneAt: done.at,
    })
    .from(followUps)
    .innerJoin(tasks, eq(tasks.id, followUps.taskId))
    .innerJoin(entries, eq(entries.id, followUps.entryId))
    .leftJoin(done, eq(done.id, followUps.doneEntryId))
    .leftJoin(words, eq(words.entryId, followUps.entryId))
    .leftJoin(people, eq(people.id, followUps.ownerId))
    .leftJoin(sections, eq(sections.id, people.sectionId))
    .where(
      and(eq(followUps.planId, plan.id), taskId === undefined ? undefined : eq(followUps.taskId, taskId)),
    )
    .orderBy(asc(followUps.id));
  const day = (at: Date) => dayOf(at, plan.timeZone);
  const counted = new Map<number, number>();
  return rows.map(({ followUp, task, act, at, byId, what, owner, section, doneAt }) => {
    const row = (counted.get(task.id) ?? 0) + 1;
    counted.set(task.id, row);
    const { id, code, title, level, state, retired, sectionId, coSectionIds, leaderId } = task;
    return {
      id: followUp.id,
      entryId: followUp.entryId,
      row,
      task: { id, code, title, level, state, retired, sectionId, coSectionIds, leaderId },
      byMeeting: act.meeting === true,
      what,
      decidedOn: day(at),
      byId,
      ownerId: followUp.ownerId,
      owner,
      section,
      due: followUp.due,
      doneOn: doneAt === null ? null : day(doneAt),
    };
  });
}

/** What still waits, the earliest day first and what has none last. */
export async function openFollowUps(db: Db, plan: Plan): Promise<FollowUp[]> {
  const open = (await followUpsOf(db, plan)).filter(({ doneOn, task }) => doneOn === null && !task.retired);
  return open.toSorted((one, other) => ((one.due ?? '9') < (other.due ?? '9') ? -1 : 1));
}

/** What still waits and is due by this day, that day included; of a closed task nothing is asked any more. */
export async function dueFollowUps(db: Db, plan: Plan, by: Day): Promise<FollowUp[]> {
  return (await openFollowUps(db, plan)).filter(
    ({ due, task }) => due !== null && due <= by && task.state !== 'closed',
  );
}

/**
 * What a meeting asks after: all that was decided and waits, and what was done since the last meeting that was held
 * before this day.
 */
export async function toAskAfter(db: Db, plan: Plan, today: Day): Promise<FollowUp[]> {
  const [last] = await db
    .select({ startsAt: meetings.startsAt })
    .from(meetings)
    .where(
      and(
        eq(meetings.planId, plan.id),
        isNotNull(meetings.heldEntryId),
        lte(meetings.startsAt, startOf(plan, today)),
      ),
    )
    .orderBy(desc(meetings.startsAt))
    .limit(1);
  const since = last ? dayOf(last.startsAt, plan.timeZone) : plan.starts;
  return (await followUpsOf(db, plan)).filter(
    ({ byMeeting, doneOn, task }) => byMeeting && !task.retired && (doneOn === null || doneOn >= since),
  );
}

/** Writes what was decided: one entry on the task, and the follow-up. The words are the item's own. */
export async function assign(
  tx: Db,
  task: TaskFacts,
  { ownerId, due, byMeeting }: { ownerId: number | null; due: Day | null; byMeeting: boolean },
  origin: Origin,
): Promise<EntryRow> {
  const entry = await note(tx, task, 'assign', { owner: ownerId, due, meeting: byMeeting }, origin);
  const meetingId = byMeeting ? await meetingBefore(tx, task.planId, origin.at) : null;
  await tx
    .insert(followUps)
    .values({ planId: task.planId, taskId: task.id, meetingId, entryId: entry.id, ownerId, due });
  return entry;
}

async function meetingBefore(tx: Db, planId: number, now: Date): Promise<number | null> {
  const [row] = await tx
    .select({ id: meetings.id })
    .from(meetings)
    .where(and(eq(meetings.planId, planId), isMeeting, lte(meetings.startsAt, now)))
    .orderBy(desc(meetings.startsAt))
    .limit(1);
  return row?.id ?? null;
}

/** 已办结. */
export async function settle(
  tx: Db,
  task: TaskFacts,
  { id, row, entryId }: FollowUp,
  origin: Origin,
): Promise<void> {
  const entry = await note(tx, task, 'settle', { row }, origin);
  await tx.update(followUps).set({ doneEntryId: entry.id }).where(eq(followUps.id, id));
  await retract(tx, [awaits('follow-up', entryId)], origin.at);
}

/** Whether what this entry decided has been done since. */
export async function isSettled(db: Db, entryId: number): Promise<boolean> {
  const rows = await db
    .select({ id: followUps.id })
    .from(followUps)
    .where(and(eq(followUps.entryId, entryId), isNotNull(followUps.doneEntryId)));
  return rows.length > 0;
}

/** Takes back what this entry decided, or that it was done. The entries stay. */
export async function withdrawFollowUp(tx: Db, entryId: number): Promise<void> {
  await tx.update(followUps).set({ doneEntryId: null }).where(eq(followUps.doneEntryId, entryId));
  await tx.delete(followUps).where(eq(followUps.entryId, entryId));
}
