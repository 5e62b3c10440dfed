import { asc, eq } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { accounts, categories, groups, indicators, measures, people, sections, tasks } from '../schema.ts';

/** The rows of a plan, retired ones among them, each kind in its order; whatever form they are then told in. */
export async function planRows(db: Db, planId: number) {
  const measured = await db
    .select({ indicator: indicators })
    .from(indicators)
    .innerJoin(tasks, eq(tasks.id, indicators.taskId))
    .where(eq(tasks.planId, planId))
    .orderBy(asc(tasks.duty), asc(tasks.serial), asc(tasks.id), asc(indicators.id));
  return {
    categories: await db
      .select({ code: categories.code, title: categories.title })
      .from(categories)
      .where(eq(categories.planId, planId))
      .orderBy(asc(categories.id)),
    measures: await db
      .select({ code: measures.code, title: measures.title, category: measures.category })
      .from(measures)
      .where(eq(measures.planId, planId))
      .orderBy(asc(measures.id)),
    sections: await db
      .select()
      .from(sections)
      .where(eq(sections.planId, planId))
      .orderBy(asc(sections.rank), asc(sections.id)),
    people: await db
      .select()
      .from(people)
      .where(eq(people.planId, planId))
      .orderBy(asc(people.rank), asc(people.id)),
    accounts: await db
      .select({ personId: accounts.personId, platform: accounts.platform, account: accounts.account })
      .from(accounts)
      .innerJoin(people, eq(people.id, accounts.personId))
      .where(eq(people.planId, planId))
      .orderBy(asc(accounts.boundAt), asc(accounts.account)),
    groups: await db.select().from(groups).where(eq(groups.planId, planId)).orderBy(asc(groups.id)),
    tasks: await db
      .select()
      .from(tasks)
      .where(eq(tasks.planId, planId))
      .orderBy(asc(tasks.serial), asc(tasks.id)),
    indicators: measured.map(({ indicator }) => indicator),
  };
}
