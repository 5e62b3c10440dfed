import { and, eq, gte, lt, sql } from 'drizzle-orm';
import { type Db, listOf, statement } from './db.ts';
import { facts, slots } from './schema.ts';

/** A moment from which a push is due, and how late it may still go. */
export interface Slot {
  dueAt: Date;
  expiresAt: Date;
}

/** How far pushes have looked. */
export interface Looked {
  /**
   * The last slot behind us that a push looked at; those that a clock once showed too early are left aside. For one
   * that never looked it is the first that any push did, else the first look: from then on somebody was there to look.
   * Null before that.
   */
  last(push: string): Date | null;
  /** When anybody looked for the first time; null before that. */
  since: Date | null;
  /** The moment up to which this is known. */
  at: Date;
  /** Notes what this process has looked at since. */
  went(push: string, slot: Slot, now: Date): void;
}

/**
 * What a process knew at its last look still holds: others can only have gone further, and of what it then looks at a
 * second time it takes nothing. Not before anybody has looked, nor once the clock was set back.
 */
export const holds = (known: Looked | null, now: Date): Looked | null =>
  known !== null && known.since !== null && known.at <= now ? known : null;

export async function lookedAt(
  db: Db,
  planId: number,
  pushes: readonly string[],
  now: Date,
): Promise<Looked> {
  // Two steps along the key for each push, however many slots there are.
  const end = (which: 'min' | 'max') =>
    sql<Date | null>`(
      select ${sql.raw(which)}(s.due_at) from ${slots} s
      where s.plan_id = ${planId} and s.push = named.push and s.state = 'looked'
        and s.due_at <= ${now.toISOString()}::timestamptz)`.mapWith(slots.dueAt);
  const rows = await db
    .select({
      push: sql<string>`named.push`,
      first: end('min'),
      last: end('max'),
      since: sql<
        string | null
      >`(select f.value ->> 'first' from ${facts} f where f.name = ${lookedName(planId)})`,
    })
    .from(sql`unnest(${listOf(pushes)}::text[]) as named(push)`);
  const last = new Map(rows.map((row) => [row.push, row.last]));
  const firsts = rows.flatMap(({ first }) => first?.getTime() ?? []);
  // That moment itself is still to be looked at by whoever hasn't.
  const before = firsts.length === 0 ? null : new Date(Math.min(...firsts) - 1);
  const [noted] = rows.flatMap((row) => row.since ?? []);
  const since = noted === undefined ? before : new Date(noted);
  const looked: Looked = {
    last: (push) => last.get(push) ?? before ?? since,
    since,
    at: now,
    went: (push, { dueAt }, when) => {
      const latest = last.get(push);
      if (!latest || latest < dueAt) last.set(push, dueAt);
      looked.at = when;
    },
  };
  return looked;
}

/** The fact that tells when somebody looked for the first and for the last time. */
const lookedName = (planId: number): string => `looked:${planId}`;

/** Notes that a look has come to its end. */
export async function noteLook(db: Db, planId: number, now: Date): Promise<void> {
  const last = now.toISOString();
  await note(db, { name: lookedName(planId), first: { first: last, last }, next: JSON.stringify({ last }) });
}

const note = statement<{ name: string; first: object; next: string }, unknown>((db) =>
  db
    .insert(facts)
    .values({ name: sql.placeholder('name'), value: sql.placeholder('first') })
    .onConflictDoUpdate({
      target: facts.name,
      set: { value: sql`${facts.value} || ${sql.placeholder('next')}::jsonb` },
    })
    .prepare('look'),
);

/** When a look last came to its end, in whichever process. */
export async function lastLook(db: Db, planId: number): Promise<Date | null> {
  const [row] = await db
    .select({ last: sql<string>`${facts.value} ->> 'last'` })
    .from(facts)
    .where(eq(facts.name, lookedName(planId)));
  return row ? new Date(row.last) : null;
}

/** Whether nobody looked at one of a push's slots of this time. */
export async function isMissed(db: Db, planId: number, push: string, from: Date, to: Date): Promise<boolean> {
  const { state, dueAt } = slots;
  const missed = and(eq(state, 'missed'), gte(dueAt, from), lt(dueAt, to));
  return (await db.$count(slots, and(eq(slots.planId, planId), eq(slots.push, push), missed))) > 0;
}

export interface Taking {
  push: string;
  slot: Slot;
  state: 'looked' | 'missed';
}

/**
 * Takes slots, in the transaction that puts their letters; gives back how many, because whoever comes second takes
 * none. One that a clock set too far made look missed can still be taken.
 */
export async function take(tx: Db, planId: number, taken: readonly Taking[]): Promise<number> {
  if (taken.length === 0) return 0;
  const rows = await tx
    .insert(slots)
    .values(taken.map(({ push, slot: { dueAt }, state }) => ({ planId, push, dueAt, state })))
    .onConflictDoUpdate({
      target: [slots.planId, slots.push, slots.dueAt],
      set: { state: sql`excluded.state` },
      setWhere: sql`${slots.state} = 'missed' and excluded.state = 'looked'`,
    })
    .returning({ dueAt: slots.dueAt });
  return rows.length;
}
