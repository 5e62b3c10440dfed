import { and, asc, eq, inArray, isNotNull, lte, ne, or, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { groups, letters, robots } from './schema.ts';

export type Letter = typeof letters.$inferSelect;

/** A letter before it is put: what to say, to whom, once, and how late it may still go. */
export interface NewLetter {
  planId: number;
  key: string;
  push: string;
  platform: string;
  groupId: number | null;
  personId: number | null;
  account: string | null;
  robot: string;
  reply: unknown;
  tasks: string[];
  marks: string[];
  uuid: string;
  once: boolean;
  quiet: boolean;
  dueAt: Date;
  expiresAt: Date;
  /** There is no way to whom it is for; kept as dead. */
  unreachable?: boolean;
}

/** Sends in any 60 seconds and robot that pushes may spend; the platforms allow 20, the rest is kept back. */
export const perMinute = 18;
const MINUTE = 60_000;

/** A letter that has been `sending` for longer than any send may take belongs to a process that died in it. */
const LEASE = 60_000;

/** Delays before the second, third … attempt. With the first that is six, and no more are made. */
const backoff = [1, 2, 5, 10, 20].map((minutes) => minutes * MINUTE);

/**
 * Puts letters that aren't there yet: the key says what, for whom and which period, so a second put changes
 * nothing. One whose time has already run out is recorded as expired, so that nothing ends silently.
 */
export async function put(tx: Db, fresh: NewLetter[], now: Date): Promise<number> {
  if (fresh.length === 0) return 0;
  const rows = await tx
    .insert(letters)
    .values(
      fresh.map(({ unreachable = false, ...letter }) => ({
        ...letter,
        createdAt: now,
        ...(unreachable
          ? { state: 'dead' as const, endedAt: now, why: '未能送达:没有可用的会话' }
          : letter.expiresAt < now
            ? { state: 'expired' as const, endedAt: now, why: '错过发送时限,未发出' }
            : { state: 'pending' as const }),
      })),
    )
    .onConflictDoNothing()
    .returning({ id: letters.id });
  return rows.length;
}

/**
 * Takes the letters that may leave now, marks them `sending` and commits before any byte does. Each robot is its
 * own budget and its own lock: one that is paused or spent doesn't hold up another, and two processes share a
 * budget without passing it. Within a chat the older letter goes first, and the next only when its fate is known.
 */
export async function claim(db: Db, now: Date, open: { quiet: boolean }): Promise<Letter[]> {
  await expire(db, now);
  const due = await db
    .selectDistinct({ robot: letters.robot })
    .from(letters)
    .where(and(inArray(letters.state, ['pending', 'waiting']), lte(letters.dueAt, now)));
  const claimed: Letter[] = [];
  for (const { robot } of due) {
    claimed.push(...(await db.transaction((tx) => claimFor(tx, robot, now, open))));
  }
  return claimed;
}

async function claimFor(tx: Db, robot: string, now: Date, open: { quiet: boolean }): Promise<Letter[]> {
  await tx.insert(robots).values({ robot, spent: [] }).onConflictDoNothing();
  const [budget] = await tx
    .select()
    .from(robots)
    .where(eq(robots.robot, robot))
    .for('update', { skipLocked: true });
  if (!budget || (budget.pausedUntil && budget.pausedUntil > now)) return [];
  const spent = budget.spent.filter((at) => Math.abs(now.getTime() - at) < MINUTE);
  const free = perMinute - spent.length;
  if (free <= 0) return [];
  const waiting = await tx
    .select()
    .from(letters)
    .where(and(eq(letters.robot, robot), inArray(letters.state, ['pending', 'waiting', 'sending'])))
    .orderBy(asc(letters.dueAt), asc(letters.id));
  const chosen = firstOfEachChat(waiting)
    .filter((letter) => letter.state !== 'sending' && letter.dueAt <= now && (open.quiet || !letter.quiet))
    .slice(0, free);
  if (chosen.length === 0) return [];
  await tx
    .update(robots)
    .set({ spent: [...spent, ...chosen.map(() => now.getTime())] })
    .where(eq(robots.robot, robot));
  return tx
    .update(letters)
    .set({ state: 'sending', attempt: sql`${letters.attempt} + 1`, claimedAt: now })
    .where(
      inArray(
        letters.id,
        chosen.map((letter) => letter.id),
      ),
    )
    .returning();
}

const chatOf = (letter: Letter) => letter.account ?? `group:${letter.groupId}`;

function firstOfEachChat(waiting: Letter[]): Letter[] {
  const first = new Map<string, Letter>();
  for (const letter of waiting) {
    const chat = chatOf(letter);
    if (letter.state === 'sending' || !first.has(chat)) first.set(chat, letter);
  }
  return [...first.values()];
}

/**
 * Only the newest attempt may say how the letter ended. It may still do so after its lease has run out, as long as
 * nobody has claimed the letter again: what is known beats `unknown`.
 */
const held = (letter: Letter) => and(eq(letters.id, letter.id), eq(letters.attempt, letter.attempt));

export async function sent(db: Db, letter: Letter, now: Date): Promise<void> {
  await db.update(letters).set({ state: 'sent', endedAt: now, why: null }).where(held(letter));
}

/** Goes again later; after six attempts it is dead. `pauseUntil` holds the whole robot back. */
export async function later(
  db: Db,
  letter: Letter,
  why: string,
  now: Date,
  at: { due?: Date; pauseUntil?: Date } = {},
): Promise<void> {
  if (at.pauseUntil) {
    await db.update(robots).set({ pausedUntil: at.pauseUntil }).where(eq(robots.robot, letter.robot));
  }
  const delay = backoff[letter.attempt - 1];
  if (delay === undefined) return dead(db, letter, why, now);
  const dueAt = at.due ?? new Date(now.getTime() + delay);
  await db.update(letters).set({ state: 'waiting', dueAt, why }).where(held(letter));
}

export async function dead(db: Db, letter: Letter, why: string, now: Date): Promise<void> {
  await db.update(letters).set({ state: 'dead', endedAt: now, why }).where(held(letter));
}

/** It may have arrived. Whether it goes again is decided by `resolve`. */
export async function unknown(db: Db, letter: Letter, why: string): Promise<void> {
  await db.update(letters).set({ state: 'unknown', why }).where(held(letter));
}

/** Letters left `sending` by a process that died: their fate is unknown. */
export async function reap(db: Db, now: Date): Promise<void> {
  await db
    .update(letters)
    .set({ state: 'unknown', why: '发送途中进程终止' })
    .where(and(eq(letters.state, 'sending'), lte(letters.claimedAt, new Date(now.getTime() - LEASE))));
}

/**
 * What becomes of letters of unknown fate: where a repeat shows once (`repeats`) it simply goes again with the same
 * id; a reminder goes once more, marked 〔补发〕; a bulletin stays for the office to say 已看到 or 补发.
 */
export async function resolve(db: Db, repeats: (letter: Letter) => boolean, now: Date): Promise<void> {
  const open = await db
    .select()
    .from(letters)
    .where(and(eq(letters.state, 'unknown'), eq(letters.once, false), ne(letters.again, true)));
  for (const letter of open) {
    const again = !repeats(letter);
    const delay = backoff[letter.attempt - 1];
    if (!again && delay === undefined) continue;
    await db
      .update(letters)
      .set({ state: 'waiting', again, dueAt: new Date(now.getTime() + (delay ?? MINUTE)) })
      .where(and(eq(letters.id, letter.id), eq(letters.state, 'unknown')));
  }
}

async function expire(db: Db, now: Date): Promise<void> {
  await db
    .update(letters)
    .set({ state: 'expired', endedAt: now })
    .where(and(inArray(letters.state, ['pending', 'waiting']), lte(letters.expiresAt, now)));
}

/** The target is gone for good: the robot was removed or the group dissolved. Nothing more is sent there. */
export async function disable(db: Db, letter: Letter, why: string, now: Date): Promise<void> {
  if (letter.groupId === null) return;
  await db.update(groups).set({ gone: why }).where(eq(groups.id, letter.groupId));
  await db
    .update(letters)
    .set({ state: 'dead', endedAt: now, why })
    .where(and(eq(letters.groupId, letter.groupId), inArray(letters.state, ['pending', 'waiting'])));
}

/** Notes that the person has seen what was sent to them (收到). */
export async function acknowledge(tx: Db, personId: number, now: Date): Promise<boolean> {
  const seen = await tx
    .update(letters)
    .set({ seenAt: now })
    .where(and(eq(letters.personId, personId), eq(letters.state, 'sent'), sql`${letters.seenAt} is null`))
    .returning({ id: letters.id });
  return seen.length > 0;
}

export async function noticeOpen(tx: Db, personId: number): Promise<boolean> {
  const rows = await tx
    .select({ id: letters.id })
    .from(letters)
    .where(and(eq(letters.personId, personId), eq(letters.state, 'sent'), sql`${letters.seenAt} is null`))
    .limit(1);
  return rows.length > 0;
}

/** Letters of a push to a person or group since an instant, newest first: what has already been said. */
export async function said(
  db: Db,
  push: string,
  to: { personId?: number; groupId?: number },
  since: Date,
): Promise<Letter[]> {
  return db
    .select()
    .from(letters)
    .where(
      and(
        eq(letters.push, push),
        to.personId === undefined ? undefined : eq(letters.personId, to.personId),
        to.groupId === undefined ? undefined : eq(letters.groupId, to.groupId),
        or(isNotNull(letters.endedAt), eq(letters.state, 'sending'), eq(letters.state, 'pending')),
        sql`${letters.createdAt} >= ${since.toISOString()}`,
      ),
    )
    .orderBy(sql`${letters.createdAt} desc`);
}
