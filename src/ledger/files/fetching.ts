import { and, asc, eq, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { archive, type FileRow } from '../files.ts';
import { entries, files, tasks } from '../schema.ts';
import type { PlatformName } from '../terms.ts';

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

/**
 * Takes one of a platform's files that is to be fetched now, for this caller alone: one that was never tried before those
 * that were, each of which waits longer from the end of its last try.
 */
export async function claim(db: Db, platform: PlatformName, now: Date): Promise<FileRow | undefined> {
  const wait = sql`make_interval(secs => least(300, 5 * power(3, ${files.attempts}))::int)`;
  const [next] = await db
    .update(files)
    .set({ attempts: sql`${files.attempts} + 1`, triedAt: now, why: null })
    .where(
      eq(
        files.id,
        db
          .select({ id: files.id })
          .from(files)
          .where(
            and(
              eq(files.state, 'wanted'),
              eq(files.platform, platform),
              or(
                isNull(files.triedAt),
                and(
                  isNotNull(files.why),
                  lt(sql`${files.triedAt} + ${wait}`, sql`${now.toISOString()}::timestamptz`),
                ),
                and(isNull(files.why), lt(files.triedAt, new Date(now.getTime() - LEASE))),
              ),
            ),
          )
          .orderBy(sql`${files.triedAt} asc nulls first`, asc(files.id))
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
    .set(over ? { state: 'over', why, sealedSource: null, endedAt: now } : { why, triedAt: now })
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

/** What stands behind tasks, each with the entry that it came with. */
export const keptBehind = (db: Db): Promise<{ hash: string | null; task: string; entry: number | null }[]> =>
  db
    .select({ hash: files.hash, task: tasks.code, entry: entries.seq })
    .from(files)
    .innerJoin(tasks, eq(tasks.id, files.taskId))
    .leftJoin(entries, eq(entries.id, files.entryId))
    .where(eq(files.state, 'stored'))
    .orderBy(asc(files.id));

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
