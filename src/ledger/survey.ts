import { and, arrayOverlaps, eq, sql } from 'drizzle-orm';
import type { Calendar } from './calendar.ts';
import type { Day } from './days.ts';
import { type Db, statement } from './db.ts';
import { allFacts, factsOf, type TaskFacts } from './facts.ts';
import type { Plan } from './people.ts';
import { taskCompletion } from './rules/completion.ts';
import type { Frame } from './rules/indicator.ts';
import { type Lit, lightOf } from './rules/light.ts';
import { type Stands, standingOf } from './rules/standing.ts';
import { people, sections } from './schema.ts';

/** A task as it stands on a day: its facts, and what follows from them. */
export interface Seen extends TaskFacts, Lit, Stands {
  section: string | null;
  leader: string | null;
  completion: number | null;
}

export interface Survey {
  frame: Frame;
  /** The plan's tasks in their order; the standing duties apart. */
  tasks: Seen[];
  duties: Seen[];
}

/** The whole plan on one day. */
export async function survey(db: Db, plan: Plan, today: Day, calendar: Calendar): Promise<Survey> {
  const view = await viewOf(db, plan, today, calendar);
  const seen = (await allFacts(db, plan.id)).map(view.see);
  return {
    frame: view.frame,
    tasks: seen.filter((task) => !task.duty),
    duties: seen.filter((task) => task.duty),
  };
}

/** One task on one day; undefined where the plan has no such code. */
export async function see(
  db: Db,
  plan: Plan,
  code: string,
  today: Day,
  calendar: Calendar,
): Promise<{ task: Seen; frame: Frame } | undefined> {
  const [facts, view] = await Promise.all([factsOf(db, plan.id, code), viewOf(db, plan, today, calendar)]);
  return facts && { task: view.see(facts), frame: view.frame };
}

const unitsOf = statement<{ planId: number }, (typeof sections.$inferSelect)[]>((db) =>
  db
    .select()
    .from(sections)
    .where(eq(sections.planId, sql.placeholder('planId')))
    .prepare('sections'),
);

const leadersOf = statement<{ planId: number }, { id: number; address: string }[]>((db) =>
  db
    .select({ id: people.id, address: people.address })
    .from(people)
    .where(
      and(
        eq(people.planId, sql.placeholder('planId')),
        eq(people.active, true),
        arrayOverlaps(people.roles, ['secretary', 'leader']),
      ),
    )
    .orderBy(people.rank)
    .prepare('leaders'),
);

/** How each task of the plan is seen on a day. */
export async function viewOf(db: Db, plan: Plan, today: Day, calendar: Calendar) {
  const planId = plan.id;
  const [units, leaders] = await Promise.all([unitsOf(db, { planId }), leadersOf(db, { planId })]);
  const frame: Frame = {
    today,
    starts: plan.starts,
    ends: plan.ends,
    since: plan.since,
    members: leaders.map((leader) => leader.id),
  };
  const sectionOf = new Map(units.map((unit) => [unit.id, unit]));
  const leaderOf = new Map(leaders.map((leader) => [leader.id, leader.address]));
  return { frame, see: (facts: TaskFacts) => seeIn(facts, plan, frame, calendar, sectionOf, leaderOf) };
}

function seeIn(
  facts: TaskFacts,
  plan: Plan,
  frame: Frame,
  calendar: Calendar,
  sectionOf: Map<number, typeof sections.$inferSelect>,
  leaderOf: Map<number, string>,
): Seen {
  const section = facts.sectionId === null ? undefined : sectionOf.get(facts.sectionId);
  const lit = lightOf(
    { ...facts, resident: section?.kind === 'resident' },
    frame,
    calendar,
    plan.settings.lights,
  );
  return {
    ...facts,
    ...lit,
    ...standingOf(facts, lit.light),
    section: section?.name ?? null,
    leader: facts.leaderId === null ? null : (leaderOf.get(facts.leaderId) ?? null),
    completion: taskCompletion(facts, frame),
  };
}
