import { and, asc, desc, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import type { Day } from '../days.ts';
import type { Db } from '../db.ts';
import type { Origin } from '../entries.ts';
import type { TaskFacts } from '../facts.ts';
import { unbind } from '../files.ts';
import type { IndicatorRow } from '../plan.ts';
import { entries, evidence, files, postings } from '../schema.ts';
import { note } from './report.ts';

/** A reference behind a figure: what it is, its date, and where it is kept. */
export interface Reference {
  kind: string;
  /** The name, or the number of a document (文号). */
  name: string;
  datedOn: Day | null;
  /** Empty where that wasn't said. */
  keptAt: string;
}

/** Writes one piece of evidence. The entry holds no word of it; those stand in the row and with the words as said. */
export async function addEvidence(
  tx: Db,
  task: TaskFacts,
  indicator: IndicatorRow,
  reference: Reference,
  origin: Origin,
  act: 'evidence' | 'inspect' = 'evidence',
): Promise<{ id: number; entryId: number }> {
  const detail = { indicator: indicator.code, kind: reference.kind, on: reference.datedOn };
  const entry = await note(tx, task, act, detail, origin);
  const [piece] = await tx
    .insert(evidence)
    .values({ ...reference, indicatorId: indicator.id, entryId: entry.id })
    .returning({ id: evidence.id, entryId: evidence.entryId });
  if (!piece) throw new Error('the evidence came back empty');
  return piece;
}

/** Where a file is kept that came with its reference. */
export const WITH_US = '台账';

/** The kinds that count differently: what the office saw itself, and a picture, which alone proves nothing. */
export const INSPECTED = '现场核验';
export const PICTURE = '影像';

/**
 * Which of these indicators have a piece of evidence that a close-out can rest on: a whole reference, not a picture
 * alone, and if it is said to be with us then with its file; or the office's own inspection.
 */
export async function evidenced(db: Db, indicatorIds: number[]): Promise<Set<number>> {
  if (indicatorIds.length === 0) return new Set();
  const rows = await db
    .selectDistinct({ id: evidence.indicatorId })
    .from(evidence)
    .where(and(inArray(evidence.indicatorId, indicatorIds), isNull(evidence.withdrawnBy), counts));
  return new Set(rows.map((row) => row.id));
}

const counts = or(
  eq(evidence.kind, INSPECTED),
  and(
    ne(evidence.kind, PICTURE),
    isNotNull(evidence.datedOn),
    ne(evidence.keptAt, ''),
    or(
      ne(evidence.keptAt, WITH_US),
      sql`exists (select 1 from ${files} where ${files.evidenceId} = ${evidence.id}
        and ${files.state} = 'stored' and ${files.kind} <> 'picture')`,
    ),
  ),
);

/** The pieces of evidence that stand behind these indicators, the oldest first. */
export async function evidenceOf(db: Db, indicatorIds: number[]): Promise<(typeof evidence.$inferSelect)[]> {
  if (indicatorIds.length === 0) return [];
  return db
    .select()
    .from(evidence)
    .where(and(inArray(evidence.indicatorId, indicatorIds), isNull(evidence.withdrawnBy)))
    .orderBy(asc(evidence.id));
}

/** When what this message told of the indicator happened: the date of what is given as its evidence without another. */
export async function happenedWith(
  tx: Db,
  { id }: IndicatorRow,
  { platform, messageId, personId }: Origin,
): Promise<Day | null> {
  if (platform === null || messageId === null || personId === null) return null;
  const [told] = await tx
    .select({ on: postings.happenedOn })
    .from(postings)
    .innerJoin(entries, eq(entries.id, postings.entryId))
    .where(
      and(
        eq(postings.indicatorId, id),
        eq(entries.platform, platform),
        eq(entries.messageId, messageId),
        eq(entries.personId, personId),
      ),
    )
    .orderBy(desc(postings.id))
    .limit(1);
  return told?.on ?? null;
}

/** Takes back what these entries brought; says of which indicators it was. */
export async function withdrawEvidence(tx: Db, entryIds: number[], by: number): Promise<number[]> {
  await unbind(tx, entryIds);
  const rows = await tx
    .update(evidence)
    .set({ withdrawnBy: by })
    .where(inArray(evidence.entryId, entryIds))
    .returning({ id: evidence.indicatorId });
  return rows.map((row) => row.id);
}

/** The piece of evidence that an entry made; undefined where it made none. */
export async function pieceOf(db: Db, entryId: number): Promise<typeof evidence.$inferSelect | undefined> {
  const [piece] = await db.select().from(evidence).where(eq(evidence.entryId, entryId));
  return piece;
}
