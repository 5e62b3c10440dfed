import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, lte, ne, or, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { type EntryRow, nobody, write } from './entries.ts';
import { chainOf } from './facts.ts';
import { entries, evidence, files, indicators, tasks } from './schema.ts';
import type { Level } from './terms.ts';

export type FileRow = typeof files.$inferSelect;

/** What came in with a message, before it has been fetched. */
export type Wanted = Pick<
  FileRow,
  'planId' | 'personId' | 'platform' | 'chat' | 'messageId' | 'kind' | 'name' | 'sealedSource'
>;

/** What a fetched file is; its bytes lie under its hash. */
export type Stored = Required<Pick<FileRow, 'hash' | 'type' | 'size' | 'name'>>;

/** A try that hasn't ended by then has died with its process. */
const LEASE = 90_000;
/** The platforms give a file out for minutes; after so long nobody waits for it. */
const GIVE_UP = 30 * 60_000;

export async function want(tx: Db, wanted: Wanted[], now: Date): Promise<number[]> {
  if (wanted.length === 0) return [];
  const rows = wanted.map((each) => ({ ...each, state: 'wanted' as const, at: now }));
  return (await tx.insert(files).values(rows).returning({ id: files.id })).map(({ id }) => id);
}

/** Takes one file that is to be fetched now, for this process alone; each later try waits longer. */
export async function claim(db: Db, now: Date): Promise<FileRow | undefined> {
  const wait = sql`make_interval(secs => least(300, 5 * power(3, ${files.attempts}))::int)`;
  const [next] = await db
    .update(files)
    .set({ attempts: sql`${files.attempts} + 1`, triedAt: now })
    .where(
      eq(
        files.id,
        db
          .select({ id: files.id })
          .from(files)
          .where(
            and(
              eq(files.state, 'wanted'),
              or(
                isNull(files.triedAt),
                and(
                  isNotNull(files.why),
                  lt(sql`${files.triedAt} + ${wait}`, sql`${now.toISOString()}::timestamptz`),
                ),
                lt(files.triedAt, new Date(now.getTime() - LEASE)),
              ),
            ),
          )
          .orderBy(asc(files.id))
          .limit(1)
          .for('update', { skipLocked: true }),
      ),
    )
    .returning();
  return next;
}

/** A try that came to nothing: once more later, or never where it is over or has taken too long. */
export async function missed(db: Db, file: FileRow, why: string, isOver: boolean, now: Date): Promise<void> {
  const over = isOver || now.getTime() - file.at.getTime() > GIVE_UP;
  await db
    .update(files)
    .set(over ? { state: 'over', why, sealedSource: null, endedAt: now } : { why })
    .where(and(eq(files.id, file.id), eq(files.state, 'wanted'), eq(files.attempts, file.attempts)));
}

/**
 * The file is kept: it stands behind what its sender has said meanwhile, and the chain knows its hash. False where it
 * isn't wanted any more.
 */
export async function stored(tx: Db, file: FileRow, kept: Stored, now: Date): Promise<boolean> {
  const [same] = await tx
    .select({ id: files.id })
    .from(files)
    .where(
      and(
        eq(files.planId, file.planId),
        eq(files.hash, kept.hash ?? ''),
        isNotNull(files.taskId),
        ne(files.id, file.id),
      ),
    )
    .orderBy(asc(files.id))
    .limit(1);
  // The task before the file, as whoever binds it has them: two that wait for each other would both be lost.
  const [before] = await tx.select({ taskId: files.taskId }).from(files).where(eq(files.id, file.id));
  if (before?.taskId) await tx.select().from(tasks).where(eq(tasks.id, before.taskId)).for('update');
  const [row] = await tx
    .update(files)
    .set({ ...kept, state: 'stored', why: null, sealedSource: null, sameAs: same?.id ?? null, endedAt: now })
    .where(and(eq(files.id, file.id), eq(files.state, 'wanted'), eq(files.attempts, file.attempts)))
    .returning();
  if (row?.taskId) await archive(tx, row, now);
  return row !== undefined;
}

/** Until the transaction ends nobody else writes or removes the bytes of this hash. */
export async function holdBytes(tx: Db, hash: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${hash}, 0))`);
}

/** Whether a file with these bytes is kept anywhere. */
export const isKept = async (db: Db, hash: string): Promise<boolean> =>
  (await db.$count(files, and(eq(files.hash, hash), eq(files.state, 'stored')))) > 0;

/** The hashes of sealed files whose bytes haven't been removed yet. */
export const toRemove = async (db: Db): Promise<string[]> => {
  const rows = await db.selectDistinct({ hash: files.hash }).from(files).where(eq(files.state, 'sealed'));
  return rows.flatMap(({ hash }) => hash ?? []);
};

export async function removed(tx: Db, hash: string): Promise<void> {
  await tx
    .update(files)
    .set({ state: 'gone' })
    .where(and(eq(files.hash, hash), eq(files.state, 'sealed')));
}

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
async function archive(
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
  await write(tx, chainOf(task), 'file', detail, nobody, now);
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
