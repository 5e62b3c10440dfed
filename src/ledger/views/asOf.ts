import { and, asc, eq, ne } from 'drizzle-orm';
import { addDays, type Day, endOf } from '../days.ts';
import type { Db } from '../db.ts';
import { factsEver, type TaskFacts } from '../facts.ts';
import { categoriesOf, namesIn } from '../people/roster.ts';
import type { Plan } from '../plan.ts';
import { confirmed } from '../rules/figure.ts';
import { people, sections, tasks } from '../schema.ts';
import { coursesOf } from './past/courses.ts';
import { membersBefore } from './past/members.ts';
import { factsBefore, rewordedSince } from './past.ts';
import { type Survey, viewOf } from './survey.ts';

/** A unit as papers name it; `resident` ones are counted with the whole and never by themselves. */
interface Unit {
  id: number;
  code: string;
  name: string;
  kind: typeof sections.$inferSelect.kind;
}

/** All that a bulletin's figures are made from. */
export interface Account {
  /** The last day of which they speak, to its end. */
  asOf: Day;
  survey: Survey;
  categories: { code: string; title: string }[];
  /** In the order of 排序. */
  sections: Unit[];
  leaders: { id: number; name: string }[];
  /** Codes of the tasks that have been put into other words since: they stand in today's. */
  reworded: string[];
}

/**
 * The plan as it stood at the end of a day: whose each task was, by when, how far its close-out had come, whether it was
 * listed. Figures are those that happened until then, by what the ledger knows of them now; those that a chief hasn't
 * confirmed are left out. At that hour the day's deadlines and periods are over.
 */
export async function accountAsOf(db: Db, plan: Plan, asOf: Day): Promise<Account> {
  // Late by the working days until that day's end: what was due on it is late by none of them yet.
  const until = endOf(plan, asOf);
  const members = await membersBefore(db, plan, until);
  const then = { lateUntil: asOf, names: await namesIn(db, plan.id), members };
  const view = viewOf(plan, addDays(asOf, 1), then);
  const { of, key } = await coursesOf(db, plan);
  const facts = await factsEver(db, plan);
  const before = facts.flatMap((now) => {
    const earlier = factsBefore(now, of(now.id), until, key);
    return earlier ? [confirmed(happenedBy(earlier, asOf))] : [];
  });
  const reworded = facts.filter(({ id }) => rewordedSince(of(id), until)).map(({ code }) => code);
  return { ...(await accountOf(db, plan, asOf, view.survey(before))), reworded };
}

const happenedBy = (facts: TaskFacts, day: Day): TaskFacts => ({
  ...facts,
  postings: facts.postings.filter(({ happenedOn }) => happenedOn <= day),
});

/** Codes of the tasks that are open at this moment, whatever the account of a day says of them. */
export async function openNow(db: Db, plan: Plan): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ code: tasks.code })
    .from(tasks)
    .where(and(eq(tasks.planId, plan.id), eq(tasks.retired, false), ne(tasks.state, 'closed')));
  return new Set(rows.map(({ code }) => code));
}

/** An account from the plan as it was surveyed. */
export async function accountOf(db: Db, plan: Plan, asOf: Day, whole: Survey): Promise<Account> {
  const units = await db
    .select({ id: sections.id, code: sections.code, name: sections.name, kind: sections.kind })
    .from(sections)
    .where(eq(sections.planId, plan.id))
    .orderBy(asc(sections.rank), asc(sections.id));
  const heads = await db
    .select({ id: people.id, name: people.address })
    .from(people)
    .where(eq(people.planId, plan.id))
    .orderBy(asc(people.rank), asc(people.id));
  return {
    asOf,
    survey: whole,
    categories: await categoriesOf(db, plan.id),
    sections: units,
    reworded: [],
    leaders: heads.filter(({ id }) => [...whole.tasks, ...whole.duties].some((task) => task.leaderId === id)),
  };
}
