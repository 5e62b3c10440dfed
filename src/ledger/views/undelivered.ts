import { and, asc, eq, gte, inArray, isNotNull, isNull, ne, notInArray, or, sql } from 'drizzle-orm';
import { type Day, startOf } from '../days.ts';
import type { Db } from '../db.ts';
import { HELD_BACK, needless } from '../outbox/fate.ts';
import { AWAITS } from '../outbox.ts';
import type { Plan } from '../plan.ts';
import { groups, letters, people } from '../schema.ts';

/** Letters that ended badly are told of for so many days, and bulletins go again. */
export const LOST = 31;

export interface Undelivered {
  id: number;
  /** The person or the group that it was for. */
  to: string;
  /** Nobody can tell whether it arrived. */
  inDoubt: boolean;
  /** A bulletin that wasn't held back, which goes again only when the office says so. */
  once: boolean;
  endedAt: Date | null;
  /** Nothing is sent to this group any more. */
  gone: boolean;
}

const isTheirs = or(isNull(letters.why), notInArray(letters.why, Object.values(HELD_BACK)));

const isMarked = (start: string) =>
  sql`exists (select from unnest(${letters.marks}) mark where starts_with(mark, ${start}))`;

/** What is asked anew of whoever may decide it. */
const isToDecide = or(...['close-out', 'extension', 'listing'].map((what) => isMarked(`${AWAITS}${what}:`)));

/**
 * What missed its time and nobody makes up for: a bulletin, and what somebody was asked to decide or do. Where a decision
 * has become another's, who is to take it is asked in the morning.
 */
const missed = and(
  eq(letters.state, 'expired'),
  or(isNull(letters.why), notInArray(letters.why, needless)),
  or(letters.once, isMarked(AWAITS)),
  or(isNull(letters.why), ne(letters.why, HELD_BACK.moved), sql`not ${isToDecide}`),
);

/** Letters since this day that ended without having arrived for sure. */
export async function undelivered(db: Db, plan: Plan, since: Day): Promise<Undelivered[]> {
  const rows = await db
    .select({
      id: letters.id,
      state: letters.state,
      once: sql<boolean>`${letters.once} and ${letters.platform} <> 'none' and ${isTheirs}`,
      endedAt: letters.endedAt,
      person: people.address,
      group: groups.name,
      gone: groups.gone,
    })
    .from(letters)
    .leftJoin(people, eq(people.id, letters.personId))
    .leftJoin(groups, eq(groups.id, letters.groupId))
    .where(
      and(
        eq(letters.planId, plan.id),
        or(inArray(letters.state, ['dead', 'unknown']), missed),
        isNotNull(letters.endedAt),
        or(isNotNull(people.id), isNotNull(groups.id)),
        gte(letters.createdAt, startOf(plan, since)),
      ),
    )
    .orderBy(asc(letters.id));
  return rows.map(({ state, person, group, gone, ...row }) => ({
    ...row,
    gone: gone !== null,
    to: person ?? group ?? '',
    inDoubt: state === 'unknown',
  }));
}
