import { and, between, countDistinct, desc, eq, gt, isNotNull, max, min, ne, or, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Letter } from '../outbox.ts';
import { letters } from '../schema.ts';
import { TRIES } from './fate.ts';

export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** No platform asks for a longer rest; what seems to wait longer was written down before the clock was set back. */
const LONGEST_REST = 60 * MINUTE;

/** A moment yet to come, unless it lies so far ahead that the clock must have been set back since. */
export const isAhead = (at: Date | null, now: Date): boolean =>
  at !== null && at > now && at.getTime() - now.getTime() <= LONGEST_REST;

/** How many posts may leave through a robot now and, where that is none, when it may be more. */
export interface Allowance {
  posts: number;
  next: Date | null;
}

/** Posts that its platform allows it in any minute and, where that is counted too, in any hour. */
export interface Budget {
  minute: number;
  hour?: number;
}

/** What its budget leaves and its last success suggests. */
export async function allowanceOf(
  tx: Db,
  robot: string,
  open: Letter[],
  budget: Budget,
  now: Date,
): Promise<Allowance> {
  const free = await freeOf(tx, robot, budget, now);
  if (free.posts <= 0) return free;
  const trial = await trialOf(tx, robot, open, now);
  return { ...trial, posts: Math.min(free.posts, trial.posts) };
}

async function freeOf(tx: Db, robot: string, { minute, hour }: Budget, now: Date): Promise<Allowance> {
  const { posts, first } = await spent(tx, robot, MINUTE, now);
  const inHour = hour === undefined ? minute : hour - (await spent(tx, robot, HOUR, now)).posts;
  const next = first && new Date(first.getTime() + MINUTE);
  return { posts: Math.min(minute - posts, inHour), next };
}

/** Posts on their way, and those that ended less than `span` ago: however long each took, it counts whole. */
async function spent(
  tx: Db,
  robot: string,
  span: number,
  now: Date,
): Promise<{ posts: number; first: Date | null }> {
  const [row] = await tx
    .select({ posts: countDistinct(letters.uuid), first: min(letters.triedAt) })
    .from(letters)
    .where(
      and(
        eq(letters.robot, robot),
        or(
          eq(letters.state, 'sending'),
          between(letters.triedAt, new Date(now.getTime() - span + 1), new Date(now.getTime() + MINUTE)),
        ),
      ),
    );
  return { posts: row?.posts ?? 0, first: row?.first ?? null };
}

/**
 * How many posts to venture: while a robot's last one came to nothing, a single one each minute finds out whether it
 * answers again, so that the others keep their tries and nothing more gets in doubt.
 */
async function trialOf(tx: Db, robot: string, open: Letter[], now: Date): Promise<Allowance> {
  const [last] = await tx
    .select({ state: letters.state, attempt: letters.attempt, triedAt: letters.triedAt })
    .from(letters)
    .where(and(eq(letters.robot, robot), isNotNull(letters.triedAt), ne(letters.state, 'sending')))
    .orderBy(desc(letters.triedAt), sql`${letters.state} = 'sent' desc`)
    .limit(1);
  // A refusal for good is an answer; what is dead of six tries had none.
  const answers = last?.state === 'sent' || (last?.state === 'dead' && last.attempt < TRIES);
  if (!last?.triedAt || answers) return { posts: Number.POSITIVE_INFINITY, next: null };
  const next = new Date(last.triedAt.getTime() + MINUTE);
  if (isAhead(next, now)) return { posts: 0, next };
  const isUnderWay = open.some(({ state }) => state === 'sending');
  return { posts: isUnderWay ? 0 : 1, next: null };
}

/** When a robot last took something for a group, and for a person. */
export interface Answers {
  group: Date | null;
  person: Date | null;
}

export const none: Answers = { group: null, person: null };

/** As far as it is of interest to those that were tried. */
export async function answersTo(tx: Db, robot: string, open: Letter[]): Promise<Answers> {
  const tried = open.flatMap(({ triedAt }) => triedAt?.getTime() ?? []);
  if (tried.length === 0) return none;
  const first = new Date(Math.min(...tried));
  const rows = await tx
    .select({ isGroup: sql<boolean>`${letters.account} is null`, at: max(letters.triedAt) })
    .from(letters)
    .where(and(eq(letters.robot, robot), eq(letters.state, 'sent'), gt(letters.triedAt, first)))
    .groupBy(sql`1`);
  const at = (group: boolean) => rows.find(({ isGroup }) => isGroup === group)?.at ?? null;
  return { group: at(true), person: at(false) };
}
