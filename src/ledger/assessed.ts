import { and, asc, eq, lt } from 'drizzle-orm';
import { type Account, accountAsOf } from './asOf.ts';
import type { Calendar } from './calendar.ts';
import { type Day, endOf } from './days.ts';
import type { Db } from './db.ts';
import type { Plan } from './people.ts';
import { namesOf } from './roster.ts';
import { entries, extensions, listings, lookbacks, tasks } from './schema.ts';

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
  const ofPlan = and(eq(tasks.planId, plan.id), lt(entries.at, endOf(plan, asOf)));
  const moved = await db
    .select({ taskId: tasks.id, granted: extensions.granted })
    .from(extensions)
    .innerJoin(tasks, eq(tasks.id, extensions.taskId))
    .innerJoin(entries, eq(entries.id, extensions.decidedEntryId))
    .where(ofPlan)
    .orderBy(asc(extensions.id));
  const ordered = await db
    .select({ taskId: tasks.id })
    .from(listings)
    .innerJoin(tasks, eq(tasks.id, listings.taskId))
    .innerJoin(entries, eq(entries.id, listings.orderedEntryId))
    .where(ofPlan);
  const looked = await db
    .select({ taskId: tasks.id, result: lookbacks.result })
    .from(lookbacks)
    .innerJoin(tasks, eq(tasks.id, lookbacks.taskId))
    .innerJoin(entries, eq(entries.id, lookbacks.entryId))
    .where(ofPlan);
  const leads = new Map(account.survey.tasks.map((task) => [task.id, task.sectionId]));
  const count = <T extends { taskId: number }>(rows: T[], id: number, counts: (row: T) => boolean) =>
    rows.filter((row) => leads.get(row.taskId) === id && counts(row)).length;
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
          listed: count(ordered, id, () => true),
          relapsed: count(looked, id, ({ result }) => result === 'relapsed'),
        },
      ]),
    ),
  };
}
