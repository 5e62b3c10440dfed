import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { type EntryRow, nobody } from './entries.ts';
import { writeOn } from './facts.ts';
import { entries, evidence, files, indicators, tasks } from './schema.ts';
import type { Level } from './terms.ts';

export type FileRow = typeof files.$inferSelect;

/**
 * Puts files behind a task, and behind a piece of evidence where they have one; from the task alone they may still be put
 * there. The caller holds the task's lock.
 */
export async function bind(
  tx: Db,
  ids: number[],
  to: { taskId: number; evidenceId: number | null; entry: Pick<EntryRow, 'id'> },
  now: Date,
): Promise<FileRow[]> {
  const bound = await tx
    .update(files)
    .set({ taskId: to.taskId, evidenceId: to.evidenceId, entryId: to.entry.id })
    .where(
      and(
        inArray(files.id, ids),
        or(isNull(files.taskId), and(eq(files.taskId, to.taskId), isNull(files.evidenceId))),
      ),
    )
    .returning();
  for (const row of bound) if (row.state === 'stored') await archive(tx, row, now);
  return bound;
}

/** What stood behind these entries' evidence, or came with them, stands behind nothing any more; with which it came stays known. */
export async function unbind(tx: Db, entryIds: number[]): Promise<void> {
  await tx.update(files).set({ taskId: null, evidenceId: null }).where(inArray(files.entryId, entryIds));
}

/** One entry that names the file by its hash; the first file of a piece of evidence is the one that it shows. */
export async function archive(
  tx: Db,
  { taskId, evidenceId, hash, size, sameAs }: FileRow,
  now: Date,
): Promise<void> {
  const [task] = await tx
    .select()
    .from(tasks)
    .where(eq(tasks.id, taskId ?? 0))
    .for('update');
  if (!task || hash === null) return;
  const [piece] =
    evidenceId === null
      ? []
      : await tx
          .update(evidence)
          .set({ fileHash: sql`coalesce(${evidence.fileHash}, ${hash})` })
          .where(eq(evidence.id, evidenceId))
          .returning();
  const [indicator] = piece
    ? await tx.select({ code: indicators.code }).from(indicators).where(eq(indicators.id, piece.indicatorId))
    : [];
  const detail = {
    ...(indicator ? { indicator: indicator.code } : {}),
    sha256: hash,
    size,
    same: sameAs !== null,
  };
  await writeOn(tx, task, 'file', detail, nobody(now));
}

/** The files that stand behind a task and are there, the oldest first, each with the indicator whose evidence it is. */
export async function filesOf(db: Db, taskId: number): Promise<(FileRow & { indicatorId: number | null })[]> {
  const rows = await db
    .select({ file: files, indicatorId: evidence.indicatorId })
    .from(files)
    .leftJoin(evidence, eq(evidence.id, files.evidenceId))
    .where(and(eq(files.taskId, taskId), eq(files.state, 'stored')))
    .orderBy(asc(files.id));
  return rows.map(({ file, indicatorId }) => ({ ...file, indicatorId }));
}

const ended = (planId: number, since: Date) =>
  and(
    eq(files.planId, planId),
    gt(files.endedAt, since),
    or(eq(files.state, 'over'), and(isNotNull(files.sameAs), lte(entries.at, files.endedAt))),
  );

export async function isAnyEnded(db: Db, planId: number, since: Date): Promise<boolean> {
  const rows = await db
    .select({ id: files.id })
    .from(files)
    .leftJoin(entries, eq(entries.id, files.entryId))
    .where(ended(planId, since))
    .limit(1);
  return rows.length > 0;
}

/**
 * Files that can't be had, and those of which it turned out after the answer that they were there before, since then.
 */
export async function endedSince(
  db: Db,
  planId: number,
  since: Date,
): Promise<(FileRow & { first: { code: string; level: Level; at: Date } | null })[]> {
  const rows = await db
    .select({ file: files })
    .from(files)
    .leftJoin(entries, eq(entries.id, files.entryId))
    .where(ended(planId, since))
    .orderBy(asc(files.id));
  return Promise.all(rows.map(async ({ file }) => ({ ...file, first: await firstOf(db, file) })));
}

/** Where the same bytes stood before. */
export async function firstOf(
  db: Db,
  { sameAs }: FileRow,
): Promise<{ code: string; level: Level; at: Date } | null> {
  if (sameAs === null) return null;
  const [row] = await db
    .select({ code: tasks.code, level: tasks.level, at: files.at })
    .from(files)
    .innerJoin(tasks, eq(tasks.id, files.taskId))
    .where(eq(files.id, sameAs));
  return row ?? null;
}

export const filesBy = (db: Db, ids: number[]): Promise<FileRow[]> =>
  db.select().from(files).where(inArray(files.id, ids)).orderBy(asc(files.id));
