import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Letter } from '../outbox.ts';
import { letters } from '../schema.ts';

/** Bulletins of which nobody can tell whether they arrived: they aren't repeated unasked. */
export async function inDoubt(db: Db, planId: number): Promise<Letter[]> {
  return db
    .select()
    .from(letters)
    .where(
      and(
        eq(letters.planId, planId),
        eq(letters.once, true),
        eq(letters.state, 'unknown'),
        isNotNull(letters.endedAt),
      ),
    );
}

/** What the office found in the chat: they arrived (已看到), or they go once more, marked as such (补发). */
export async function resolveDoubt(
  tx: Db,
  doubtful: Letter[],
  arrived: boolean,
  { now, until }: { now: Date; until: Date },
): Promise<void> {
  const fate = arrived
    ? { state: 'sent' as const, why: null }
    : { state: 'waiting' as const, endedAt: null, again: true, dueAt: now, expiresAt: until };
  const ids = doubtful.map(({ id }) => id);
  await tx.update(letters).set(fate).where(inArray(letters.id, ids));
}

/**
 * After a backup was put back: what hadn't left by then may well have left since. It goes no more, and counts as said.
 * Gives the number of such letters.
 */
export async function leaveInDoubt(tx: Db, planId: number, now: Date): Promise<number> {
  const rows = await tx
    .update(letters)
    .set({ state: 'unknown', endedAt: now, why: '恢复备份,可能在此前已发出' })
    .where(and(eq(letters.planId, planId), isNull(letters.endedAt)))
    .returning({ id: letters.id });
  return rows.length;
}
