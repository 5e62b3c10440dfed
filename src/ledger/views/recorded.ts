import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { EntryRow, Origin } from '../entries.ts';
import { entries } from '../schema.ts';

/** What this message has recorded on tasks, of what files may stand behind. */
export async function recordedBy(
  db: Db,
  planId: number,
  { personId, platform, messageId }: Origin,
): Promise<EntryRow[]> {
  if (personId === null || platform === null || messageId === null) return [];
  return db
    .select()
    .from(entries)
    .where(
      and(
        eq(entries.planId, planId),
        eq(entries.personId, personId),
        eq(entries.platform, platform),
        eq(entries.messageId, messageId),
        inArray(entries.act, ['progress', 'note', 'evidence', 'inspect', 'correct', 'submit']),
        isNotNull(entries.taskId),
      ),
    )
    .orderBy(asc(entries.id));
}
