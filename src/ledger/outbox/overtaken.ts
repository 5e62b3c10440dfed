import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { withdraw } from '../outbox.ts';
import { entries, letters, tasks } from '../schema.ts';
import { NEEDLESS } from './fate.ts';

/**
 * Reminders that wait while something is entered on one of their tasks: what they say may be so no more. They don't
 * leave, and the next morning's look says what still holds. The month's call comes once, so that it goes while one of
 * its tasks is as it was.
 */
export async function endOvertaken(db: Db, planId: number, now: Date): Promise<void> {
  const these = and(
    eq(letters.planId, planId),
    isNull(letters.endedAt),
    or(
      and(or(isUnder('personal:'), isUnder('held:')), sql`exists (${tasksOf(isEntered)})`),
      and(isUnder('monthly-call:'), sql`not exists (${tasksOf(sql`not ${isEntered}`)})`),
    ),
  );
  if (these) await withdraw(db, these, NEEDLESS.overtaken, now);
}

const isUnder = (key: string): SQL => sql`starts_with(${letters.key}, ${key})`;

const isEntered = sql`exists (
  select from ${entries} where ${entries.taskId} = ${tasks.id} and ${entries.at} > ${letters.createdAt}
)`;

const tasksOf = (which: SQL): SQL => sql`
  select from ${tasks}
  where ${tasks.planId} = ${letters.planId} and ${tasks.code} = any(${letters.tasks}) and ${which}
`;
