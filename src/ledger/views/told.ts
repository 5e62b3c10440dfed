import {
  and,
  arrayOverlaps,
  asc,
  desc,
  eq,
  exists,
  gte,
  inArray,
  isNull,
  lt,
  ne,
  notInArray,
  or,
  sql,
} from 'drizzle-orm';
import { granted } from '../acts/fileRequests.ts';
import { type Day, dayOf, startOf } from '../days.ts';
import type { Db } from '../db.ts';
import { NEEDLESS, TRIES, UNRELEASED } from '../outbox/fate.ts';
import { isAwaiting } from '../outbox.ts';
import { isOnTrial, type Plan } from '../plan.ts';
import type { Reply } from '../reply.ts';
import { fileRequests, letters, plans } from '../schema.ts';

/** The days on which something was told for the first and for the last time. */
export interface Told {
  first: Day;
  last: Day;
}

/**
 * What missed its time or came to nothing on its way wasn't told, and is told again. Whom nothing can reach counts as
 * told: of that the office hears, once.
 */
export const spoken = and(
  ne(letters.state, 'expired'),
  or(ne(letters.state, 'dead'), lt(letters.attempt, TRIES)),
);

/** Somebody wanted these held back; whoever is overtaken for days on end was reached as little as by what came to nothing. */
const { overtaken: _, ...asWanted } = NEEDLESS;

/** Missed its time or came to nothing on its way, though nobody wanted it held back. */
const lapsed = and(
  or(eq(letters.state, 'expired'), and(eq(letters.state, 'dead'), gte(letters.attempt, TRIES))),
  or(isNull(letters.why), notInArray(letters.why, [...Object.values(asWanted), UNRELEASED])),
);

/** Of what the office read in others' place while the plan was on trial: told for as long as that lasts, and then not. */
const TRIAL = 'trial:';
export const inPlace = (mark: string): string => (isAwaiting(mark) ? mark : TRIAL + mark);
const plain = (mark: string): string => (mark.startsWith(TRIAL) ? mark.slice(TRIAL.length) : mark);

/** Of what the office was asked to let go: it has read of it, whatever became of that. */
export const proposed = (mark: string): string => `proposed:${mark}`;

interface Seeing {
  db: Db;
  plan: Plan;
  today: Day;
}

/** The outbox is the memory of what was said: when each of these steps was told. */
export async function told({ db, plan, today }: Seeing, wanted: string[]): Promise<Map<string, Told>> {
  if (wanted.length === 0) return new Map();
  const marks = isOnTrial(plan, today) ? [...wanted, ...wanted.map(inPlace)] : wanted;
  const rows = await db
    .select({ marks: letters.marks, at: letters.createdAt })
    .from(letters)
    .where(and(eq(letters.planId, plan.id), spoken, arrayOverlaps(letters.marks, marks)))
    .orderBy(asc(letters.createdAt));
  const days = new Map<string, Told>();
  let last: { at: Date; day: Day } | undefined;
  for (const { at, marks: its } of rows) {
    // What one look told bears one instant.
    if (last?.at.getTime() !== at.getTime()) last = { at, day: dayOf(at, plan.timeZone) };
    const { day } = last;
    for (const each of its.filter((one) => marks.includes(one))) {
      const mark = plain(each);
      days.set(mark, { first: days.get(mark)?.first ?? day, last: day });
    }
  }
  return days;
}

/** The last day on which each was told, or proposed to the office for somebody's group, whatever became of that. */
export async function toldOrProposed(look: Seeing, wanted: string[]): Promise<Map<string, Day>> {
  const known = await told(look, [...wanted, ...wanted.map(proposed)]);
  return new Map(
    wanted.flatMap((mark) => {
      const last = [mark, proposed(mark)].flatMap((each) => known.get(each)?.last ?? []).toSorted();
      return last.slice(-1).map((day) => [mark, day] as const);
    }),
  );
}

/** When each of these steps came to nothing for the first time. */
export async function missed({ db, plan }: Seeing, wanted: string[]): Promise<Map<string, Day>> {
  if (wanted.length === 0) return new Map();
  const rows = await db
    .select({ marks: letters.marks, at: letters.createdAt })
    .from(letters)
    .where(and(eq(letters.planId, plan.id), lapsed, arrayOverlaps(letters.marks, wanted)))
    .orderBy(desc(letters.createdAt));
  return new Map(rows.flatMap(({ marks, at }) => marks.map((mark) => [mark, dayOf(at, plan.timeZone)])));
}

const isUnder = (plan: Plan, keys: string[], since: Day) =>
  and(
    eq(letters.planId, plan.id),
    or(...keys.map((key) => sql`starts_with(${letters.key}, ${key})`)),
    gte(letters.createdAt, startOf(plan, since)),
  );

/** What was told from this day on under keys that begin with one of these, newest first, wherever it went. */
export async function toldUnder(
  { db, plan, today }: Seeing,
  keys: string[],
  since: Day,
): Promise<{ key: string; marks: string[]; day: Day }[]> {
  const rows = await db
    .select({ key: letters.key, marks: letters.marks, at: letters.createdAt })
    .from(letters)
    .where(and(isUnder(plan, keys, since), spoken))
    .orderBy(desc(letters.createdAt), desc(letters.id));
  const read = isOnTrial(plan, today) ? plain : (mark: string) => mark;
  return rows.map(({ key, marks, at }) => ({ key, marks: marks.map(read), day: dayOf(at, plan.timeZone) }));
}

/** What was put for a group, which may yet have come to nothing. */
export interface Posted {
  groupId: number;
  key: string;
  day: Day;
  isTold: boolean;
}

/** The same of what was put for groups, a post in parts once. */
export async function putInGroups({ db, plan }: Seeing, keys: string[], since: Day): Promise<Posted[]> {
  const rows = await db
    .select({
      ...{ groupId: letters.groupId, key: letters.key, at: letters.createdAt },
      isTold: sql<boolean>`${spoken}`,
    })
    .from(letters)
    .where(and(isUnder(plan, keys, since), sql`${letters.key} not like '%#%'`));
  return rows.flatMap(({ groupId, at, ...row }) =>
    groupId === null ? [] : [{ ...row, groupId, day: dayOf(at, plan.timeZone) }],
  );
}

/** Whether something that was put from this day on under a key that begins so wasn't told, and not by anybody's will. */
export async function isLostUnder({ db, plan }: Seeing, key: string, since: Day): Promise<boolean> {
  const put = and(sql`starts_with(${letters.key}, ${key})`, gte(letters.createdAt, startOf(plan, since)));
  return (await db.$count(letters, and(eq(letters.planId, plan.id), put, lapsed))) > 0;
}

/** The last key that begins so under which all parts are on their way or have left; null where one missed its time. */
export async function keptUnder(db: Db, plan: Plan, prefix: string): Promise<string | null> {
  const rows = await db
    .select({ key: letters.key, state: letters.state })
    .from(letters)
    .where(and(eq(letters.planId, plan.id), sql`starts_with(${letters.key}, ${prefix})`))
    .orderBy(asc(letters.id));
  const key = rows.at(-1)?.key.split('#')[0];
  if (key === undefined) return null;
  const parts = rows.filter((row) => row.key.split('#')[0] === key);
  return parts.some(({ state }) => state === 'expired') ? null : key;
}

/** A paper that somebody asked for and didn't get. */
export interface LostPaper {
  letterId: number;
  personId: number;
  askedAt: Date;
  reply: Reply;
}

const lost = (planId: number, since: Date) =>
  and(
    eq(letters.planId, planId),
    sql`starts_with(${letters.key}, 'export:')`,
    inArray(letters.state, ['dead', 'expired']),
    gte(letters.endedAt, since),
  );

/** Whether a file was called for and granted, or a paper asked for got lost since then. */
export async function isAnyPaperDue(db: Db, planId: number, since: Date): Promise<boolean> {
  const asked = db.select().from(fileRequests).where(granted(planId));
  const missing = db.select().from(letters).where(lost(planId, since));
  const [row] = await db
    .select({ any: sql<boolean>`${exists(asked)} or ${exists(missing)}` })
    .from(plans)
    .where(eq(plans.id, planId));
  return row?.any ?? false;
}

/** Papers asked for (导出) whose letters ended since a moment without having left, one for each time of asking. */
export async function papersLost(db: Db, plan: Plan, since: Date): Promise<LostPaper[]> {
  const rows = await db
    .select({
      ...{ letterId: letters.id, key: letters.key, personId: letters.personId },
      ...{ askedAt: letters.createdAt, reply: letters.reply },
    })
    .from(letters)
    .where(lost(plan.id, since))
    .orderBy(asc(letters.id));
  const last = new Map(
    rows.flatMap(({ key, personId, ...row }) =>
      personId === null ? [] : [[key.split('#')[0], { ...row, personId }] as const],
    ),
  );
  return [...last.values()];
}
