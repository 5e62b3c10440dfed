import { and, asc, inArray, isNull } from 'drizzle-orm';
import type { Day } from './days.ts';
import type { Db } from './db.ts';
import type { Origin } from './entries.ts';
import type { IndicatorRow, TaskFacts } from './facts.ts';
import { unbind } from './files.ts';
import { note } from './report.ts';
import { evidence } from './schema.ts';

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
  now: Date,
  said: string,
  act: 'evidence' | 'inspect' = 'evidence',
): Promise<{ id: number; entryId: number }> {
  const detail = { indicator: indicator.code, kind: reference.kind, on: reference.datedOn };
  const entry = await note(tx, task, act, detail, origin, now, said);
  const [piece] = await tx
    .insert(evidence)
    .values({ ...reference, indicatorId: indicator.id, entryId: entry.id })
    .returning({ id: evidence.id, entryId: evidence.entryId });
  if (!piece) throw new Error('the evidence came back empty');
  return piece;
}

/** Which of these indicators have a piece of evidence. */
export async function evidenced(db: Db, indicatorIds: number[]): Promise<Set<number>> {
  if (indicatorIds.length === 0) return new Set();
  const rows = await db
    .selectDistinct({ id: evidence.indicatorId })
    .from(evidence)
    .where(and(inArray(evidence.indicatorId, indicatorIds), isNull(evidence.withdrawnBy)));
  return new Set(rows.map((row) => row.id));
}

/** The pieces of evidence that stand behind these indicators, the oldest first. */
export async function evidenceOf(db: Db, indicatorIds: number[]): Promise<(typeof evidence.$inferSelect)[]> {
  if (indicatorIds.length === 0) return [];
  return db
    .select()
    .from(evidence)
    .where(and(inArray(evidence.indicatorId, indicatorIds), isNull(evidence.withdrawnBy)))
    .orderBy(asc(evidence.id));
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
