import { and, eq, lt } from 'drizzle-orm';
import { type Day, endOf } from '../days.ts';
import type { Db } from '../db.ts';
import { namesOf } from '../people/roster.ts';
import type { Plan } from '../plan.ts';
import { entries, extensions, listings, lookbacks, tasks } from '../schema.ts';
import { type Account, accountAsOf } from './asOf.ts';

/** What a section's tasks have been through. */
interface Past {
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

export async function assessedOf(db: Db, plan: Plan, asOf: Day): Promise<Assessed> {
  const account = await accountAsOf(db, plan, asOf);
  const acts = await actsUntil(db, plan, asOf);
  const leads = new Map(account.survey.tasks.map((task) => [task.id, task.sectionId]));
  const countIn = (taskIds: number[], sectionId: number) =>
    taskIds.filter((id) => leads.get(id) === sectionId).length;
  const { members } = account.survey.frame;
  const names = await namesOf(db, [...members]);
  return {
    account,
    members: members.map((id) => ({ id, name: names.get(id) ?? '' })),
    records: new Map(
      account.sections.map(({ id }) => [
        id,
        {
          extended: countIn(acts.extended, id),
          listed: countIn(acts.listed, id),
          relapsed: countIn(acts.relapsed, id),
        },
      ]),
    ),
  };
}

/** The tasks whose deadlines were moved, which were listed, and which relapsed, each as often as it was, until a day's end. */
async function actsUntil(db: Db, plan: Plan, asOf: Day): Promise<Record<keyof Past, number[]>> {
  const ofPlan = and(eq(tasks.planId, plan.id), lt(entries.at, endOf(plan, asOf)));
  const extended = await db
    .select({ id: tasks.id })
    .from(extensions)
    .innerJoin(tasks, eq(tasks.id, extensions.taskId))
    .innerJoin(entries, eq(entries.id, extensions.decidedEntryId))
    .where(and(ofPlan, eq(extensions.granted, true)));
  const listed = await db
    .select({ id: tasks.id })
    .from(listings)
    .innerJoin(tasks, eq(tasks.id, listings.taskId))
    .innerJoin(entries, eq(entries.id, listings.orderedEntryId))
    .where(ofPlan);
  const relapsed = await db
    .select({ id: tasks.id })
    .from(lookbacks)
    .innerJoin(tasks, eq(tasks.id, lookbacks.taskId))
    .innerJoin(entries, eq(entries.id, lookbacks.entryId))
    .where(and(ofPlan, eq(lookbacks.result, 'relapsed')));
  const ids = (rows: { id: number }[]) => rows.map(({ id }) => id);
  return { extended: ids(extended), listed: ids(listed), relapsed: ids(relapsed) };
}
