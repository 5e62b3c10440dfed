import { randomUUID } from 'node:crypto';
import { and, asc, count, eq, getTableColumns, inArray, isNull, ne, notInArray, sql } from 'drizzle-orm';
import { type Db, listOf } from '../db.ts';
import type { Chat, Letter, Sending } from '../outbox.ts';
import { letters, robots } from '../schema.ts';
import { allowanceOf, answersTo, isAhead, MINUTE } from './allowance.ts';
import { type Leave, parcelsOf } from './parcels.ts';

/**
 * For so long after the first attempt a platform that shows a repeat once still knows it for one, also where it comes
 * to it as late as a claim may: WeCom's app looks back for half an hour.
 */
const KNOWN = 29 * MINUTE;

/** Whether something of the plan is yet to leave, or on its way. */
export async function isAnyOpen(db: Db, planId: number): Promise<boolean> {
  const rows = await db
    .select({ id: letters.id })
    .from(letters)
    .where(and(eq(letters.planId, planId), isNull(letters.endedAt)))
    .limit(1);
  return rows.length > 0;
}

/**
 * Robots through which something of the plan is yet to leave. A chat may have got another one since its letters were
 * put: they are counted against the robot that they go by.
 */
export async function robotsWaiting(
  db: Db,
  planId: number,
  robotOf: (chat: Chat) => string | undefined,
): Promise<string[]> {
  const { robot, platform, groupId, account } = letters;
  const waiting = and(
    eq(letters.planId, planId),
    isNull(letters.endedAt),
    notInArray(letters.state, ['sending', 'draft']),
  );
  const chats = await db.selectDistinct({ robot, platform, groupId, account }).from(letters).where(waiting);
  const found = new Set<string>();
  for (const chat of chats) {
    const now = robotOf(chat) ?? chat.robot;
    found.add(now);
    if (now === chat.robot) continue;
    const here =
      chat.account === null
        ? eq(groupId, chat.groupId ?? 0)
        : and(eq(account, chat.account), eq(platform, chat.platform));
    await db.update(letters).set({ robot: now }).where(and(waiting, here));
  }
  return [...found];
}

/** Parcels that are to leave now, each one post to one chat; if none are, when that may change. */
export interface Claim {
  parcels: Sending[][];
  next: Date | null;
}

const nothing = (next: Date | null = null): Claim => ({ parcels: [], next });

/**
 * Takes what may leave now through this robot, marks it `sending` and commits before any byte does. The robot's row is
 * locked meanwhile, so that processes share its budget without passing it; whoever finds it locked leaves it to the
 * other.
 */
export async function claim(db: Db, planId: number, robot: string, now: Date, leave: Leave): Promise<Claim> {
  return db.transaction(async (tx) => {
    const row = await locked(tx, robot);
    if (!row) return nothing();
    if (isAhead(row.pausedUntil, now)) return nothing(row.pausedUntil);
    const open = await tx
      .select()
      .from(letters)
      .where(
        and(
          eq(letters.planId, planId),
          eq(letters.robot, robot),
          isNull(letters.endedAt),
          ne(letters.state, 'draft'),
        ),
      )
      // One that was tried stood first before, and stands first until its fate is known.
      .orderBy(sql`${letters.attempt} = 0`, asc(letters.dueAt), asc(letters.id));
    const [first] = open;
    if (!first) return nothing();
    const { posts, next } = await allowanceOf(tx, robot, open, leave.budget(first), now);
    if (posts <= 0) return nothing(next);
    const parcels = parcelsOf(open, now, leave, await answersTo(tx, robot, open));
    if (parcels.length === 0) return nothing(nextDue(open, now, leave));
    const going = parcels.slice(0, posts);
    return { parcels: await take(tx, going, await lessened(tx, going), now, leave), next: null };
  });
}

/** Null where another process has it. */
async function locked(tx: Db, robot: string): Promise<typeof robots.$inferSelect | null> {
  const [row] = await tx
    .select()
    .from(robots)
    .where(eq(robots.robot, robot))
    .for('update', { skipLocked: true });
  if (row) return row;
  const [fresh = null] = await tx.insert(robots).values({ robot }).onConflictDoNothing().returning();
  return fresh;
}

/** The first moment at which one that waits for no other is due again. */
function nextDue(open: Letter[], now: Date, leave: Leave): Date | null {
  const times = open
    .filter((letter) => letter.attempt > 0 && isAhead(letter.dueAt, now) && leave.may(letter))
    .map(({ dueAt }) => dueAt.getTime());
  return times.length === 0 ? null : new Date(Math.min(...times));
}

/**
 * Posts in doubt of which a part goes no more, being out of time or withdrawn. What is left is another text, which not
 * every platform knows for a repeat.
 */
async function lessened(tx: Db, parcels: Letter[][]): Promise<Set<string>> {
  const doubtful = parcels.flatMap(([head, ...rest]) =>
    head?.state === 'unknown' ? [{ uuid: head.uuid, size: 1 + rest.length }] : [],
  );
  if (doubtful.length === 0) return new Set();
  const rows = await tx
    .select({ uuid: letters.uuid, size: count() })
    .from(letters)
    .where(
      inArray(
        letters.uuid,
        doubtful.map(({ uuid }) => uuid),
      ),
    )
    .groupBy(letters.uuid);
  const whole = new Map(rows.map(({ uuid, size }) => [uuid, size]));
  return new Set(doubtful.flatMap(({ uuid, size }) => (size < (whole.get(uuid) ?? size) ? [uuid] : [])));
}

/** Marks all of them in one statement: the robot is locked meanwhile. */
async function take(
  tx: Db,
  parcels: Letter[][],
  changed: Set<string>,
  now: Date,
  leave: Leave,
): Promise<Sending[][]> {
  const marks = parcels.flatMap(([head, ...rest]) => (head ? [head, ...rest].map(markOf(head, rest)) : []));
  const list = (values: readonly (string | number | boolean)[]) => listOf(values.map(String));
  const rows = await tx
    .update(letters)
    .set({
      state: 'sending',
      attempt: sql`${letters.attempt} + 1`,
      again: sql`taken.again`,
      leftAt: sql`coalesce(${letters.leftAt}, ${now.toISOString()}::timestamptz)`,
      triedAt: now,
      uuid: sql`taken.uuid`,
    })
    .from(
      sql`unnest(${list(marks.map(({ id }) => id))}::bigint[], ${list(marks.map(({ again }) => again))}::boolean[],
        ${list(marks.map(({ uuid }) => uuid))}::text[]) as taken(id, again, uuid)`,
    )
    .where(eq(letters.id, sql`taken.id`))
    .returning(getTableColumns(letters));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return parcels.map((parcel) =>
    parcel.flatMap(({ id }) => {
      const row = byId.get(id);
      return row ? [{ ...row, inDoubt: parcel[0]?.state === 'unknown' }] : [];
    }),
  );

  function markOf(head: Letter, rest: Letter[]) {
    const isSame = isKnown(head, now, leave) && !changed.has(head.uuid);
    const again = head.again || (head.state === 'unknown' && !isSame);
    // A new composition is a new post.
    const uuid = head.attempt === 0 && rest.length > 0 ? randomUUID() : head.uuid;
    return ({ id }: Letter) => ({ id, again, uuid });
  }
}

/** Whether the platform will still know this post for a repeat. */
const isKnown = (letter: Letter, now: Date, leave: Leave): boolean =>
  leave.repeats(letter) &&
  letter.leftAt !== null &&
  Math.abs(now.getTime() - letter.leftAt.getTime()) < KNOWN;
