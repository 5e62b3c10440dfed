import { and, asc, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { FileRequest } from '../acts/fileRequests.ts';
import { type FollowUp, followUpsOf } from '../acts/followUps.ts';
import { isMeeting } from '../acts/meetings.ts';
import { type Day, dayOf, endOf } from '../days.ts';
import type { Db } from '../db.ts';
import { type Verdict, verify } from '../entries/audit.ts';
import type { Plan } from '../plan.ts';
import { entries, meetings, people, tasks } from '../schema.ts';
import { dossierBefore, endedBy } from './dossier/before.ts';
import type { Dossier } from './dossier.ts';
import { type Posts, postsOf } from './past/tenures.ts';

/** A form that belongs to a task, with the task as it stood when the form was decided on. */
export type Form =
  | { is: 'order'; listing: Dossier['listings'][number]; stood: Dossier }
  | { is: 'closeout'; closeout: Dossier['closeouts'][number]; stood: Dossier };

/** A task in a file: as it stood at the file's instant, and its forms. */
export interface Filed {
  dossier: Dossier;
  forms: Form[];
}

/** All that a file's volumes are made from; nothing in it is later than `until`. */
export interface FileContents {
  request: FileRequest;
  /** The first instant that the file doesn't speak of: it was asked for then, or for the end of a day before. */
  until: Date;
  /** The day at whose end it was asked for to stand, if one was named. */
  asOf: Day | null;
  askedAt: Date;
  askedBy: string;
  grantedOn: Day;
  grantedBy: string;
  tasks: Filed[];
  posts: Posts;
  followUps: FollowUp[];
  meetings: { on: Day; place: string; held: boolean; people: number | null; minutes: number | null }[];
  /** Of the whole ledger, when the volumes are made. */
  verdict: Verdict;
}

export async function fileContentsOf(db: Db, plan: Plan, request: FileRequest): Promise<FileContents> {
  const asked = await actOf(db, request.askedEntryId);
  const granted = await actOf(db, request.decidedEntryId);
  const asOf = typeof asked.detail.asOf === 'string' ? asked.detail.asOf : null;
  const until = asOf === null ? after(asked.at) : endOf(plan, asOf);
  const codes = request.codes.length > 0 ? request.codes : await allCodes(db, plan.id);
  const filed: Filed[] = [];
  for (const code of codes) {
    const dossier = await dossierBefore(db, plan, code, until);
    if (dossier) filed.push({ dossier, forms: await formsOf(db, plan, dossier) });
  }
  return {
    ...{ request, until, asOf },
    ...{ askedAt: asked.at, askedBy: asked.by },
    ...{ grantedOn: dayOf(granted.at, plan.timeZone), grantedBy: granted.by },
    tasks: filed,
    posts: await postsOf(db, plan),
    followUps: await decidedBefore(db, plan, filed),
    meetings: await meetingsBefore(db, plan, until),
    verdict: await verify(db),
  };
}

const after = (at: Date): Date => new Date(at.getTime() + 1);

/** The orders that were signed and the close-outs that were asked for, each as its last decision left it. */
async function formsOf(db: Db, plan: Plan, dossier: Dossier): Promise<Form[]> {
  const { task, listings, closeouts } = dossier;
  const stoodAt = async (entryId: number | null) => {
    const at = dossier.entries.find(({ id }) => id === entryId)?.at;
    return (at && (await dossierBefore(db, plan, task.code, after(at)))) ?? dossier;
  };
  const forms: Form[] = [];
  for (const listing of listings) {
    const { orderedEntryId } = listing;
    if (orderedEntryId !== null) forms.push({ is: 'order', listing, stood: await stoodAt(orderedEntryId) });
  }
  for (const closeout of closeouts) {
    if (closeout.outcome === 'withdrawn') continue;
    forms.push({ is: 'closeout', closeout, stood: await stoodAt(endedBy(dossier, closeout)) });
  }
  return forms;
}

/** What was decided by then, done only where it had been done by then. */
async function decidedBefore(db: Db, plan: Plan, filed: readonly Filed[]): Promise<FollowUp[]> {
  const rows = filed.flatMap(({ dossier }) => dossier.followUps);
  return (await followUpsOf(db, plan)).flatMap((each) => {
    const row = rows.find(({ id }) => id === each.id);
    return row ? [{ ...each, doneOn: row.doneEntryId === null ? null : each.doneOn }] : [];
  });
}

const heldBy = alias(entries, 'held');

async function meetingsBefore(db: Db, plan: Plan, until: Date): Promise<FileContents['meetings']> {
  const rows = await db
    .select({ meeting: meetings, heldAt: heldBy.at })
    .from(meetings)
    .leftJoin(heldBy, eq(heldBy.id, meetings.heldEntryId))
    .where(and(eq(meetings.planId, plan.id), isMeeting))
    .orderBy(asc(meetings.startsAt));
  return rows
    .filter(({ meeting }) => meeting.startsAt < until)
    .map(({ meeting: { startsAt, place, people: came, minutes }, heldAt }) => {
      const held = heldAt !== null && heldAt < until;
      const on = dayOf(startsAt, plan.timeZone);
      return { on, place, held, people: held ? came : null, minutes: held ? minutes : null };
    });
}

async function actOf(db: Db, entryId: number | null) {
  const [row] = await db
    .select({ at: entries.at, name: people.address, detail: entries.detail })
    .from(entries)
    .leftJoin(people, eq(people.id, entries.personId))
    .where(eq(entries.id, entryId ?? 0));
  if (!row) throw new Error('a file request without its entry');
  return { at: row.at, by: row.name ?? '', detail: row.detail };
}

const allCodes = async (db: Db, planId: number): Promise<string[]> =>
  (
    await db
      .select({ code: tasks.code })
      .from(tasks)
      .where(and(eq(tasks.planId, planId), eq(tasks.duty, false), eq(tasks.retired, false)))
      .orderBy(asc(tasks.serial))
  ).map(({ code }) => code);
