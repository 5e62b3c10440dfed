import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { letters } from '../schema.ts';
import { WAITS_AT_MOST } from './fate.ts';

/** The tasks of what was last written unasked in a chat since a moment; null where nothing was. */
export async function writtenSince(
  db: Db,
  to: { planId: number; personId: number; platform: string; groupId: number | null },
  since: Date,
): Promise<string[] | null> {
  const here =
    to.groupId === null
      ? and(
          eq(letters.personId, to.personId),
          sql`${letters.platform} = ${to.platform}`,
          isNull(letters.groupId),
        )
      : eq(letters.groupId, to.groupId);
  const rows = await db
    .select({ uuid: letters.uuid, tasks: letters.tasks })
    .from(letters)
    .where(
      and(
        eq(letters.planId, to.planId),
        gt(letters.createdAt, new Date(since.getTime() - WAITS_AT_MOST)),
        gt(letters.leftAt, since),
        here,
      ),
    )
    .orderBy(desc(letters.leftAt), desc(letters.id));
  const [last] = rows;
  // Several letters may have left as one post.
  return last ? rows.filter(({ uuid }) => uuid === last.uuid).flatMap(({ tasks }) => tasks) : null;
}
