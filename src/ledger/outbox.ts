import { randomUUID } from 'node:crypto';
import { and, arrayOverlaps, eq, inArray, isNull, lte, type SQL, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { type Fate, fateOf, NEEDLESS, type Outcome, UNRELEASED } from './outbox/fate.ts';
import { groups, letters, robots } from './schema.ts';

export type Letter = typeof letters.$inferSelect;

/** Where a letter goes. */
export type Chat = Pick<Letter, 'platform' | 'groupId' | 'account'>;

/** A letter on its way. It is in doubt when an earlier attempt may have arrived. */
export type Sending = Letter & { inDoubt: boolean };

type Given =
  | 'planId'
  | 'key'
  | 'push'
  | 'platform'
  | 'groupId'
  | 'personId'
  | 'account'
  | 'robot'
  | 'reply'
  | 'tasks'
  | 'marks'
  | 'once'
  | 'quiet'
  | 'dueAt'
  | 'expiresAt';

/** A letter before it is put: what to say, to whom, once, and how late it may still go. */
export interface NewLetter extends Pick<Letter, Given> {
  /** Why there is no way to whom it is for: kept as dead. */
  unreachable?: string;
  /** Rests on no authorisation: it waits until somebody lets it go. */
  draft?: true;
}

/** Milliseconds after which a process lets nothing more leave of what it has claimed. */
export const SENDING = 30_000;
/**
 * A letter that has been `sending` for longer belongs to a process that died in it, whatever its clock said. Within a
 * minute of the next start the office can read of it.
 */
const LEASE = SENDING + 15_000;

/** Puts letters that aren't there yet: the key says what, for whom and which period, so a second put changes nothing. */
export async function put(tx: Db, fresh: NewLetter[], now: Date): Promise<void> {
  if (fresh.length === 0) return;
  const rows = fresh.map(({ unreachable, draft, ...letter }) => ({
    ...letter,
    uuid: randomUUID(),
    createdAt: now,
    ...(unreachable === undefined
      ? { state: draft ? ('draft' as const) : ('pending' as const) }
      : { state: 'dead' as const, endedAt: now, why: unreachable }),
  }));
  await tx.insert(letters).values(rows).onConflictDoNothing();
}

/**
 * Writes down how an attempt ended, for all that left as one post. Only the newest attempt may say so; it may still do
 * so after its lease has run out, for as long as nobody has taken the letters again, because what is known beats
 * `unknown`. One that was put anew has another uuid. `repeats` says whether the platform shows the same post once.
 */
export async function settle(
  db: Db,
  parcel: Sending[],
  outcome: Outcome,
  repeats: boolean,
  now: Date,
): Promise<void> {
  const [head] = parcel;
  if (!head) return;
  if (outcome.is === 'later' && outcome.pause) {
    await db.update(robots).set({ pausedUntil: outcome.at }).where(eq(robots.robot, head.robot));
  }
  const fate: Fate = fateOf(head, outcome, repeats, now);
  const ids = parcel.map(({ id }) => id);
  await db
    .update(letters)
    .set({ ...fate, triedAt: now })
    .where(
      and(
        inArray(letters.id, ids),
        eq(letters.attempt, head.attempt),
        eq(letters.uuid, head.uuid),
        inArray(letters.state, ['sending', 'unknown']),
      ),
    );
  if (outcome.is === 'never' && outcome.gone) await leave(db, head, outcome.why, now);
}

/**
 * Posts that are `sending` before this process sends anything: those left so by one that died, which whoever finds
 * them settles as unknown, and the moment at which the next of the others counts as one. A clock that was set back
 * leaves some that were taken in the future; their lease counts as run out too.
 */
export async function abandoned(
  db: Db,
  planId: number,
  now: Date,
): Promise<{ left: Sending[][]; next: Date | undefined }> {
  const rows = await db
    .select()
    .from(letters)
    .where(and(eq(letters.planId, planId), eq(letters.state, 'sending')));
  const ends = (row: Letter) => new Date((row.triedAt?.getTime() ?? 0) + LEASE);
  const isOver = (row: Letter) => ends(row) <= now || ends(row).getTime() > now.getTime() + 2 * LEASE;
  const waits = rows.filter((row) => !isOver(row)).map((row) => ends(row).getTime());
  const posts = new Map<string, Sending[]>();
  for (const row of rows.filter(isOver)) {
    posts.set(row.uuid, [...(posts.get(row.uuid) ?? []), { ...row, inDoubt: true }]);
  }
  return {
    left: [...posts.values()],
    next: waits.length === 0 ? undefined : new Date(Math.min(...waits)),
  };
}

export const AWAITS = 'awaits:';

/** What a letter asks somebody to decide or do, as its mark says it. */
export const awaits = (
  what: 'close-out' | 'extension' | 'listing' | 'follow-up' | 'file',
  id: number,
): string => `${AWAITS}${what}:${id}`;

export const isAwaiting = (mark: string): boolean => mark.startsWith(AWAITS);

/** What they ask for has been decided, done or taken back. */
export async function retract(tx: Db, marks: string[], now: Date): Promise<void> {
  if (marks.length > 0) await withdraw(tx, arrayOverlaps(letters.marks, marks), NEEDLESS.settled, now);
}

/**
 * These have nobody to tell any more: letters that haven't left yet no longer do, and what may have arrived isn't
 * repeated. What is being sent at this moment has its time run out, so that it doesn't go a second time.
 */
export async function withdraw(tx: Db, these: SQL, why: string, now: Date): Promise<void> {
  await tx
    .update(letters)
    .set({ expiresAt: now })
    .where(and(eq(letters.state, 'sending'), these));
  await tx
    .update(letters)
    .set({
      state: sql`case ${letters.state} when 'unknown' then 'unknown' else 'expired' end`,
      ...{ endedAt: now, why },
    })
    .where(
      and(inArray(letters.state, ['draft', 'pending', 'waiting', 'unknown']), isNull(letters.endedAt), these),
    );
}

/** Writes down what has run out of time; what may have arrived earlier stays unknown. */
export async function expire(db: Db, planId: number, now: Date): Promise<void> {
  const late = (states: Letter['state'][]) =>
    and(
      eq(letters.planId, planId),
      inArray(letters.state, states),
      isNull(letters.endedAt),
      lte(letters.expiresAt, now),
    );
  const why = sql`coalesce(${letters.why}, '超过发送时限')`;
  await db
    .update(letters)
    .set({ state: 'expired', endedAt: now, why })
    .where(late(['pending', 'waiting']));
  await db
    .update(letters)
    .set({ state: 'expired', endedAt: now, why: UNRELEASED })
    .where(late(['draft']));
  await db
    .update(letters)
    .set({ endedAt: now })
    .where(late(['unknown']));
}

/** The robot was removed or the group dissolved: nothing more is sent there, and what still waits for it is dead. */
async function leave(db: Db, { groupId }: Letter, why: string, now: Date): Promise<void> {
  if (groupId === null) return;
  await db.update(groups).set({ gone: why }).where(eq(groups.id, groupId));
  await db
    .update(letters)
    .set({ state: 'dead', endedAt: now, why })
    .where(and(eq(letters.groupId, groupId), inArray(letters.state, ['draft', 'pending', 'waiting'])));
}

/** Notes that the person has seen what was sent to them (收到). */
export async function acknowledge(tx: Db, personId: number, now: Date): Promise<boolean> {
  const seen = await tx
    .update(letters)
    .set({ seenAt: now })
    .where(and(eq(letters.personId, personId), eq(letters.state, 'sent'), isNull(letters.seenAt)))
    .returning({ id: letters.id });
  return seen.length > 0;
}
