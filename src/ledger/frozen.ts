import { asc, eq } from 'drizzle-orm';
import type { Db } from './db.ts';
import { bulletins } from './schema.ts';

/** The figures that are frozen for the plan's quarters, the earliest first. */
export async function frozenQuarters(
  db: Db,
  planId: number,
): Promise<{ period: string; figures: unknown }[]> {
  return db
    .select({ period: bulletins.period, figures: bulletins.figures })
    .from(bulletins)
    .where(eq(bulletins.planId, planId))
    .orderBy(asc(bulletins.period));
}
