import { and, eq, gt, isNull, or } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { NewLetter } from '../outbox.ts';
import { letters } from '../schema.ts';
import { WAITS_AT_MOST } from './fate.ts';

/** For so long WeCom's app shows the same words to the same person once, whoever sends them again and why. */
const SHOWN_ONCE = 30 * 60_000;

/** Whether these very words have gone to this person just now, or are about to: said again they would not be shown. */
export async function isRepeated(
  db: Db,
  { planId, platform, account, reply }: NewLetter,
  now: Date,
): Promise<boolean> {
  if (account === null) return false;
  const since = (milliseconds: number) => new Date(now.getTime() - milliseconds);
  const same = await db
    .select({ id: letters.id })
    .from(letters)
    .where(
      and(
        eq(letters.planId, planId),
        eq(letters.platform, platform),
        eq(letters.account, account),
        eq(letters.reply, reply),
        gt(letters.createdAt, since(WAITS_AT_MOST)),
        or(isNull(letters.endedAt), gt(letters.triedAt, since(SHOWN_ONCE))),
      ),
    )
    .limit(1);
  return same.length > 0;
}
