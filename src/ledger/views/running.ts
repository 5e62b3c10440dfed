import { and, count, desc, eq, gt, isNotNull, max } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { NEEDLESS } from '../outbox/fate.ts';
import type { Plan } from '../plan.ts';
import { letters, quarantine, robots, slots } from '../schema.ts';
import { lastLook } from '../slots.ts';
import type { LetterState } from '../terms.ts';

export interface Running {
  /** When a look last came to its end; null before the first. */
  looked: Date | null;
  letters: Partial<Record<LetterState | 'needless', number>>;
  /** Letters that ended badly, the newest first. */
  lost: { push: string; why: string; at: Date }[];
  /** Moments that went by without anybody looking. */
  missed: { push: string; dueAt: Date }[];
  /** Robots that rest because their platform refused: until when, and what it said. */
  robotsPaused: { until: Date; why: string }[];
  /** Well-signed calls that couldn't be used, by their reasons, the newest first. */
  setAside: { platform: string; reason: string; times: number; last: Date }[];
}

const NAMED = 3;
const SKIPPED = 50;

/** How sending went since a moment. */
export async function runningSince(db: Db, plan: Plan, since: Date, now: Date): Promise<Running> {
  const all = await db
    .select({ push: letters.push, why: letters.why, at: letters.createdAt, state: letters.state })
    .from(letters)
    .where(and(eq(letters.planId, plan.id), gt(letters.createdAt, since)))
    .orderBy(desc(letters.id));
  const missed = await db
    .select({ push: slots.push, dueAt: slots.dueAt })
    .from(slots)
    .where(and(eq(slots.planId, plan.id), eq(slots.state, 'missed'), gt(slots.dueAt, since)))
    .orderBy(desc(slots.dueAt))
    .limit(SKIPPED);
  return {
    looked: await lastLook(db, plan.id),
    letters: countsOf(all),
    lost: all
      .filter((letter) => ['dead', 'expired', 'unknown'].includes(letter.state) && !isNeedless(letter))
      .slice(0, NAMED)
      .map(({ push, why, at }) => ({ push, why: why ?? '', at })),
    missed,
    robotsPaused: await pausedNow(db, since, now),
    setAside: await setAsideSince(db, since),
  };
}

async function setAsideSince(db: Db, since: Date): Promise<Running['setAside']> {
  const last = max(quarantine.at);
  const rows = await db
    .select({ platform: quarantine.platform, reason: quarantine.reason, times: count(), last })
    .from(quarantine)
    .where(gt(quarantine.at, since))
    .groupBy(quarantine.platform, quarantine.reason)
    .orderBy(desc(last))
    .limit(NAMED);
  return rows.map((row) => ({ ...row, last: row.last ?? since }));
}

async function pausedNow(db: Db, since: Date, now: Date): Promise<Running['robotsPaused']> {
  const rows = await db
    .selectDistinctOn([robots.robot], { until: robots.pausedUntil, why: letters.why })
    .from(robots)
    .leftJoin(
      letters,
      and(eq(letters.robot, robots.robot), gt(letters.createdAt, since), isNotNull(letters.triedAt)),
    )
    .where(gt(robots.pausedUntil, now))
    .orderBy(robots.robot, desc(letters.triedAt));
  return rows.flatMap(({ until, why }) => (until === null ? [] : [{ until, why: why ?? '' }]));
}

/** What the office held back itself stands among the others: it was said to be told of. */
const { withheld: _, ...others } = NEEDLESS;
const needless: readonly (string | null)[] = Object.values(others);

const isNeedless = ({ state, why }: { state: LetterState; why: string | null }): boolean =>
  state === 'expired' && needless.includes(why);

function countsOf(all: readonly { state: LetterState; why: string | null }[]): Running['letters'] {
  const counts: Running['letters'] = {};
  for (const letter of all) {
    const end = isNeedless(letter) ? 'needless' : letter.state;
    counts[end] = (counts[end] ?? 0) + 1;
  }
  return counts;
}
