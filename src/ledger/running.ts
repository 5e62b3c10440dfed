import { and, count, desc, eq, gt } from 'drizzle-orm';
import type { Db } from './db.ts';
import type { Plan } from './people.ts';
import { letters, robots, slots } from './schema.ts';
import { lastLook } from './slots.ts';
import type { LetterState } from './terms.ts';

export interface Running {
  /** When a look last came to its end; null before the first. */
  looked: Date | null;
  letters: Partial<Record<LetterState, number>>;
  /** Letters that ended badly, the newest first. */
  lost: { push: string; why: string; at: Date }[];
  /** Moments that went by without anybody looking. */
  missed: { push: string; dueAt: Date }[];
  robotsPaused: Date[];
}

const NAMED = 3;
const SKIPPED = 50;

/** How sending went since a moment. */
export async function runningSince(db: Db, plan: Plan, since: Date, now: Date): Promise<Running> {
  const states = await db
    .select({ state: letters.state, letters: count() })
    .from(letters)
    .where(and(eq(letters.planId, plan.id), gt(letters.createdAt, since)))
    .groupBy(letters.state);
  const ended = await db
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
  const paused = await db.select().from(robots).where(gt(robots.pausedUntil, now));
  return {
    looked: await lastLook(db, plan.id),
    letters: Object.fromEntries(states.map((row) => [row.state, row.letters])),
    lost: ended
      .filter(({ state }) => ['dead', 'expired', 'unknown'].includes(state))
      .slice(0, NAMED)
      .map(({ push, why, at }) => ({ push, why: why ?? '', at })),
    missed,
    robotsPaused: paused.flatMap(({ pausedUntil }) => pausedUntil ?? []),
  };
}
