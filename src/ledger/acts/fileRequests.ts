import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import type { Day } from '../days.ts';
import type { Db } from '../db.ts';
import type { Origin } from '../entries.ts';
import { awaits, retract } from '../outbox.ts';
import { notePlan } from '../plan/chain.ts';
import type { Plan } from '../plan.ts';
import { fileRequests } from '../schema.ts';

export type FileRequest = typeof fileRequests.$inferSelect;

/** Who outside asks, by which letter, and who handles it there: typed words, kept in the row and no entry. */
export interface Caller {
  letter: string;
  body: string;
  handler: string;
}

/** 调卷, of a day's end or of this instant: waits for the secretary. Gives back the number by which it is decided. */
export async function askForFile(
  tx: Db,
  plan: Plan,
  what: { codes: string[]; asOf?: Day },
  caller: Caller,
  origin: Origin & { personId: number },
): Promise<number> {
  const entry = await notePlan(tx, plan.id, 'callFile', what, origin);
  const [row] = await tx
    .insert(fileRequests)
    .values({
      ...caller,
      planId: plan.id,
      codes: what.codes,
      askedEntryId: entry.id,
      askedBy: origin.personId,
      paperIds: [],
    })
    .returning({ id: fileRequests.id });
  if (!row) throw new Error('the request came back empty');
  return row.id;
}

/** Those that wait for the secretary, the oldest first. */
export const waitingFiles = (db: Db, planId: number): Promise<FileRequest[]> =>
  db
    .select()
    .from(fileRequests)
    .where(and(eq(fileRequests.planId, planId), isNull(fileRequests.granted)))
    .orderBy(asc(fileRequests.id));

/** 同意调卷, 不同意调卷. The volumes are made and handed out by the next look. */
export async function decideFile(
  tx: Db,
  plan: Plan,
  { id }: FileRequest,
  granted: boolean,
  origin: Origin,
): Promise<void> {
  const act = granted ? 'grantFile' : 'refuseFile';
  const entry = await notePlan(tx, plan.id, act, { request: id }, origin);
  await tx.update(fileRequests).set({ granted, decidedEntryId: entry.id }).where(eq(fileRequests.id, id));
  await retract(tx, [awaits('file', id)], origin.at);
}

export const granted = (planId: number) =>
  and(eq(fileRequests.planId, planId), eq(fileRequests.granted, true));

/** Granted ones whose volumes aren't made yet. */
export const filesToMake = (db: Db, planId: number): Promise<FileRequest[]> =>
  db
    .select()
    .from(fileRequests)
    .where(and(granted(planId), eq(fileRequests.paperIds, [])))
    .orderBy(asc(fileRequests.id));

/** The last ones whose volumes are made: telling them again says nothing twice. */
export const filesMade = (db: Db, planId: number, most: number): Promise<FileRequest[]> =>
  db.select().from(fileRequests).where(granted(planId)).orderBy(desc(fileRequests.id)).limit(most);

/** Notes which papers are its volumes; false where somebody else has made them meanwhile. */
export async function volumesMade(tx: Db, id: number, paperIds: number[]): Promise<boolean> {
  const rows = await tx
    .update(fileRequests)
    .set({ paperIds })
    .where(and(eq(fileRequests.id, id), eq(fileRequests.paperIds, [])))
    .returning({ id: fileRequests.id });
  return rows.length > 0;
}
