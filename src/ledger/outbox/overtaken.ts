import { and, eq, exists, gt, isNull, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { withdraw } from '../outbox.ts';
import { entries, letters, tasks } from '../schema.ts';
import { NEEDLESS } from './fate.ts';

/**
 * Reminders that wait while something is entered on one of their tasks: what they say may be so no more. They don't
 * leave, and the next morning's look says what still holds.
 */
export async function endOvertaken(db: Db, planId: number, now: Date): Promise<void> {
  const since = db
    .select({ id: entries.id })
    .from(entries)
    .innerJoin(tasks, eq(tasks.id, entries.taskId))
    .where(
      and(
        eq(tasks.planId, letters.planId),
        sql`${tasks.code} = any(${letters.tasks})`,
        gt(entries.at, letters.createdAt),
      ),
    );
  const these = and(
    eq(letters.planId, planId),
    isNull(letters.endedAt),
    sql`starts_with(${letters.key}, 'personal:')`,
    exists(since),
  );
  if (these) await withdraw(db, these, NEEDLESS.overtaken, now);
}
