import {
  and,
  asc,
  eq,
  getTableColumns,
  gte,
  inArray,
  isNotNull,
  isNull,
  ne,
  notInArray,
  or,
  sql,
} from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Letter } from '../outbox.ts';
import { groups, letters } from '../schema.ts';
import { HELD_BACK, needless } from './fate.ts';

const wanted: string[] = [...needless, ...Object.values(HELD_BACK)];

/** Those that surely didn't, and weren't held back on purpose. */
const lost = or(
  eq(letters.state, 'dead'),
  and(eq(letters.state, 'expired'), or(isNull(letters.why), notInArray(letters.why, wanted))),
);

/**
 * Bulletins put since then that didn't arrive or may not have: they aren't repeated unasked. None for a chat that takes
 * nothing any more, or has other readers by now.
 */
export async function unarrived(db: Db, planId: number, since: Date): Promise<Letter[]> {
  return db
    .select(getTableColumns(letters))
    .from(letters)
    .innerJoin(groups, eq(groups.id, letters.groupId))
    .where(
      and(
        eq(letters.planId, planId),
        letters.once,
        ne(letters.platform, 'none'),
        isNull(groups.gone),
        inArray(groups.audience, ['leaders', 'system']),
        isNotNull(letters.endedAt),
        gte(letters.createdAt, since),
        or(eq(letters.state, 'unknown'), lost),
      ),
    )
    .orderBy(asc(letters.id));
}

/** Nobody can tell whether it arrived. */
export const isInDoubt = ({ state }: Letter): boolean => state === 'unknown';

/** 已看到: the office found them in the chat. */
export async function seenThere(tx: Db, these: Letter[]): Promise<void> {
  await tx.update(letters).set({ state: 'sent', why: null }).where(stillOver(these));
}

/** 补发: they go once more, marked as such, as posts of their own with all their tries. */
export async function sendAnew(
  tx: Db,
  these: Letter[],
  { now, until }: { now: Date; until: Date },
): Promise<void> {
  await tx
    .update(letters)
    .set({
      ...{ state: 'waiting', endedAt: null, again: true, attempt: 0, dueAt: now, expiresAt: until },
      uuid: sql`gen_random_uuid()::text`,
    })
    .where(stillOver(these));
}

/** What somebody else has settled meanwhile is left as it is. */
const stillOver = (these: Letter[]) =>
  and(
    inArray(
      letters.id,
      these.map(({ id }) => id),
    ),
    isNotNull(letters.endedAt),
    ne(letters.state, 'sent'),
  );

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
