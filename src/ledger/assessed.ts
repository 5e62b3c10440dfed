import { asc, eq } from 'drizzle-orm';
import { type Account, accountAsOf } from './asOf.ts';
import type { Calendar } from './calendar.ts';
import type { Day } from './days.ts';
import type { Db } from './db.ts';
import type { Plan } from './people.ts';
import { namesOf } from './roster.ts';
import { extensions, listings, lookbacks, tasks } from './schema.ts';

/** What a section's tasks have been through. */
export interface Past {
  extended: number;
  listed: number;
  relapsed: number;
}

/** The plan as it stood at the end of a day, and what each lead section's tasks have been through. */
export interface Assessed {
  account: Account;
  records: Map<number, Past>;
  /** Everyone of whom something of his own is asked, in the order of 排序. */
  members: { id: number; name: string }[];
}

export async function assessedOf(db: Db, plan: Plan, asOf: Day, calendar: Calendar): Promise<Assessed> {
  const account = await accountAsOf(db, plan, asOf, calendar);
  const moved = await db
    .select({ sectionId: tasks.sectionId, granted: extensions.granted })
    .from(extensions)
    .innerJoin(tasks, eq(tasks.id, extensions.taskId))
    .where(eq(tasks.planId, plan.id))
    .orderBy(asc(extensions.id));
  const ordered = await db
    .select({ sectionId: tasks.sectionId, on: listings.orderedOn })
    .from(listings)
    .innerJoin(tasks, eq(tasks.id, listings.taskId))
    .where(eq(tasks.planId, plan.id));
  const looked = await db
    .select({ sectionId: tasks.sectionId, result: lookbacks.result })
    .from(lookbacks)
    .innerJoin(tasks, eq(tasks.id, lookbacks.taskId))
    .where(eq(tasks.planId, plan.id));
  const count = <T extends { sectionId: number | null }>(
    rows: T[],
    id: number,
    counts: (row: T) => boolean,
  ) => rows.filter((row) => row.sectionId === id && counts(row)).length;
  const { members } = account.survey.frame;
  const names = await namesOf(db, [...members]);
  return {
    account,
    members: members.map((id) => ({ id, name: names.get(id) ?? '' })),
    records: new Map(
      account.sections.map(({ id }) => [
        id,
        {
          extended: count(moved, id, ({ granted }) => granted === true),
          listed: count(ordered, id, ({ on }) => on !== null && on <= asOf),
          relapsed: count(looked, id, ({ result }) => result === 'relapsed'),
        },
      ]),
    ),
  };
}
