import { and, asc, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Calendar } from './calendar.ts';
import { addDays, type Day, dayOf } from './days.ts';
import type { Db } from './db.ts';
import { allFacts, type TaskFacts } from './facts.ts';
import type { Plan } from './people.ts';
import { categoriesOf } from './roster.ts';
import { confirmed } from './rules/figure.ts';
import { entries, extensions, listings, people, sections, tasks } from './schema.ts';
import { type Survey, viewOf } from './survey.ts';

/** A unit as papers name it; `resident` ones are counted with the whole and never by themselves. */
export interface Unit {
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
}

/**
 * The plan as it stood at the end of a day, by what the ledger knows of it now: what happened later is left out, and so
 * are figures that a chief hasn't confirmed. At that hour the day's deadlines and periods are over.
 */
export async function accountAsOf(db: Db, plan: Plan, asOf: Day, calendar: Calendar): Promise<Account> {
  const view = await viewOf(db, plan, addDays(asOf, 1), calendar);
  const then = await standingAt(db, plan, asOf);
  return accountOf(db, plan, asOf, view.survey((await allFacts(db, plan)).map(then)));
}

/** The same from the plan as it was surveyed. */
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
    leaders: heads.filter(({ id }) => [...whole.tasks, ...whole.duties].some((task) => task.leaderId === id)),
  };
}

async function standingAt(db: Db, plan: Plan, day: Day): Promise<(facts: TaskFacts) => TaskFacts> {
  const listed = await listedAt(db, plan, day);
  const deadlines = await deadlinesAt(db, plan, day);
  return (facts) => ({
    ...confirmed({ ...facts, postings: facts.postings.filter(({ happenedOn }) => happenedOn <= day) }),
    ...stateAt(facts, day),
    listed: listed.get(facts.id) ?? null,
    deadline: deadlines.get(facts.id) ?? facts.deadline,
  });
}

function stateAt({ state, closedOn, submittedOn }: TaskFacts, day: Day): Partial<TaskFacts> {
  const asked = submittedOn !== null && submittedOn <= day;
  if (closedOn !== null && closedOn > day) {
    return { state: asked ? 'submitted' : 'active', closedOn: null, submittedOn: asked ? submittedOn : null };
  }
  return state === 'submitted' && !asked ? { state: 'active', submittedOn: null } : {};
}

async function listedAt(db: Db, plan: Plan, day: Day): Promise<Map<number, TaskFacts['listed']>> {
  const rows = await db
    .select({ taskId: listings.taskId, on: listings.orderedOn, term: listings.term })
    .from(listings)
    .innerJoin(tasks, eq(tasks.id, listings.taskId))
    .where(
      and(
        eq(tasks.planId, plan.id),
        lte(listings.orderedOn, day),
        or(isNull(listings.liftedOn), gt(listings.liftedOn, day)),
      ),
    );
  return new Map(rows.map(({ taskId, on, term }) => [taskId, { on, term }]));
}

/** The deadlines that have been moved since. */
async function deadlinesAt(db: Db, plan: Plan, day: Day): Promise<Map<number, Day>> {
  const rows = await db
    .select({ taskId: extensions.taskId, from: extensions.from, at: entries.at })
    .from(extensions)
    .innerJoin(entries, eq(entries.id, extensions.decidedEntryId))
    .where(and(eq(entries.planId, plan.id), eq(extensions.granted, true)))
    .orderBy(asc(extensions.id));
  const moved = new Map<number, Day>();
  for (const { taskId, from, at } of rows) {
    if (dayOf(at, plan.timeZone) > day && !moved.has(taskId)) moved.set(taskId, from);
  }
  return moved;
}
