import { and, arrayOverlaps, gte, inArray } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { letters } from '../schema.ts';

/** Whom letters with these marks, written since then, have reached or may have. */
export async function heardOf(tx: Db, marks: string[], since: Date): Promise<number[]> {
  if (marks.length === 0) return [];
  const rows = await tx
    .selectDistinct({ personId: letters.personId })
    .from(letters)
    .where(
      and(
        inArray(letters.state, ['sending', 'sent', 'unknown']),
        gte(letters.createdAt, since),
        arrayOverlaps(letters.marks, marks),
      ),
    );
  return rows.flatMap(({ personId }) => personId ?? []);
}
