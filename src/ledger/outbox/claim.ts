import { randomUUID } from 'node:crypto';
import {
  and,
  asc,
  between,
  countDistinct,
  eq,
  getTableColumns,
  inArray,
  isNull,
  max,
  ne,
  notInArray,
  or,
  sql,
} from 'drizzle-orm';
import { type Db, listOf } from '../db.ts';
import type { Letter, Sending } from '../outbox.ts';
import { letters, robots } from '../schema.ts';
import { isAhead, type Leave, parcelsOf } from './parcels.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** For so long after the first attempt a platform that shows a repeat once still knows it for one. */
const KNOWN = 30 * MINUTE;

/** Whether something of the plan is yet to leave, or on its way. */
export async function isAnyOpen(db: Db, planId: number): Promise<boolean> {
  const rows = await db
    .select({ id: letters.id })
    .from(letters)
    .where(and(eq(letters.planId, planId), isNull(letters.endedAt)))
    .limit(1);
  return rows.length > 0;
}

/** Robots through which something of the plan is yet to leave. */
export async function robotsWaiting(db: Db, planId: number): Promise<string[]> {
  const rows = await db
    .selectDistinct({ robot: letters.robot })
    .from(letters)
    .where(
      and(
        eq(letters.planId, planId),
        isNull(letters.endedAt),
        notInArray(letters.state, ['sending', 'draft']),
      ),
    );
  return rows.map((row) => row.robot);
}

/**
 * Takes what may leave now through this robot, marks it `sending` and commits before any byte does. Each parcel is
 * one post to one chat. The robot's row is locked meanwhile, so that processes share its budget without passing it;
 * whoever finds it locked leaves it to the other.
 */
export async function claim(
  db: Db,
  planId: number,
  robot: string,
  now: Date,
  leave: Leave,
): Promise<Sending[][]> {
  return db.transaction(async (tx) => {
    const row = await locked(tx, robot);
    if (!row || isAhead(row.pausedUntil, now)) return [];
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
    const free = first ? await freeOf(tx, robot, leave.budget(first), now) : 0;
    if (free <= 0) return [];
    const isAnyInDoubt = open.some(({ state }) => state === 'unknown');
    const answered = isAnyInDoubt ? await lastAnswer(tx, planId, open) : null;
    return take(tx, parcelsOf(open, now, leave, answered).slice(0, free), now, leave);
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

async function freeOf(
  tx: Db,
  robot: string,
  { minute, hour }: ReturnType<Leave['budget']>,
  now: Date,
): Promise<number> {
  const inMinute = minute - (await spent(tx, robot, MINUTE, now));
  return hour === undefined ? inMinute : Math.min(inMinute, hour - (await spent(tx, robot, HOUR, now)));
}

/** Posts on their way, and those that ended less than `span` ago: however long each took, it counts whole. */
async function spent(tx: Db, robot: string, span: number, now: Date): Promise<number> {
  const [row] = await tx
    .select({ posts: countDistinct(letters.uuid) })
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
  return row?.posts ?? 0;
}

/** When their platform last took a letter of the plan, from whomever. */
async function lastAnswer(tx: Db, planId: number, open: Letter[]): Promise<Date | null> {
  const platforms = open.map((letter) => letter.platform);
  const [row] = await tx
    .select({ at: max(letters.endedAt) })
    .from(letters)
    .where(and(eq(letters.planId, planId), inArray(letters.platform, platforms), eq(letters.state, 'sent')));
  return row?.at ?? null;
}

/** Marks all of them in one statement: the robot is locked meanwhile. */
async function take(tx: Db, parcels: Letter[][], now: Date, leave: Leave): Promise<Sending[][]> {
  if (parcels.length === 0) return [];
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
    const again = head.again || (head.state === 'unknown' && !isKnown(head, now, leave));
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
