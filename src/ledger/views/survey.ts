import type { Day } from '../days.ts';
import type { Db } from '../db.ts';
import { allFacts, factsOf, type TaskFacts } from '../facts.ts';
import type { Plan } from '../plan.ts';
import type { Shows } from '../rules/audience.ts';
import { taskCompletion } from '../rules/completion.ts';
import { confirmed } from '../rules/figure.ts';
import type { Frame } from '../rules/indicator.ts';
import { type Lit, lightOf } from '../rules/light.ts';
import { type Stands, standingOf } from '../rules/standing.ts';

/** A task as it stands on a day: its facts, and what follows from them. */
export interface Seen extends Named, Lit, Stands {
  completion: number | null;
}

interface Named extends TaskFacts {
  section: string | null;
  /** Whether a resident section leads it. */
  resident: boolean;
  leader: string | null;
}

export interface Survey {
  frame: Frame;
  /** The plan's tasks in their order; the standing duties apart. */
  tasks: Seen[];
  duties: Seen[];
  /** The same as these readers may know it, counts included. */
  as(shows: Shows): Survey;
}

/** The whole plan on one day. */
export async function survey(db: Db, plan: Plan, today: Day): Promise<Survey> {
  return viewOf(plan, today).survey(await allFacts(db, plan));
}

/** The same by confirmed figures alone. */
export async function confirmedSurvey(db: Db, plan: Plan, today: Day): Promise<Survey> {
  return viewOf(plan, today).survey((await allFacts(db, plan)).map(confirmed));
}

/** One task on one day as these readers may know it; undefined where the plan has no such code. */
export async function see(
  db: Db,
  plan: Plan,
  code: string,
  today: Day,
  shows: Shows = everything,
): Promise<{ task: Seen; frame: Frame } | undefined> {
  const view = viewOf(plan, today);
  const facts = await factsOf(db, plan, code);
  return facts && { task: view.see(facts, shows), frame: view.frame };
}

/**
 * How each task of the plan is seen on a day; of an earlier one `names` of who may have led it then, its `members`, and
 * until which day's end lateness is counted.
 */
export function viewOf(
  plan: Plan,
  today: Day,
  {
    names = new Map(),
    members = plan.setup.leaders.map(({ id }) => id),
    lateUntil = today,
  }: { names?: ReadonlyMap<number, string>; members?: readonly number[]; lateUntil?: Day } = {},
) {
  const { sections, leaders } = plan.setup;
  const frame: Frame = {
    today,
    lateUntil,
    starts: plan.starts,
    ends: plan.ends,
    since: plan.since,
    members,
  };
  const leaderOf = new Map([...names, ...leaders.map((leader) => [leader.id, leader.address] as const)]);
  const see = (facts: TaskFacts, shows: Shows = everything): Seen => {
    const section = facts.sectionId === null ? undefined : sections.get(facts.sectionId);
    const named = {
      section: section?.name ?? null,
      resident: section?.kind === 'resident',
      leader: facts.leaderId === null ? null : (leaderOf.get(facts.leaderId) ?? null),
    };
    return standing({ ...facts, ...named }, plan, frame, shows);
  };
  const of = (seen: readonly Seen[]): Survey => ({
    frame,
    tasks: seen.filter((task) => !task.duty),
    duties: seen.filter((task) => task.duty),
    as: (shows) => of(seen.map((task) => (isWhole(task, shows) ? task : standing(task, plan, frame, shows)))),
  });
  return { frame, see, survey: (all: readonly TaskFacts[]) => of(all.map((facts) => see(facts))) };
}

const everything: Shows = () => true;

/** A task that may not be shown at all is only counted, and counted whole. */
const isWhole = (task: TaskFacts, shows: Shows): boolean =>
  !shows(task.level, task) || task.indicators.every(({ level }) => level === null || shows(level, task));

/** What a task's light and completion follow from, for these readers. */
export const countedFor = (task: TaskFacts, shows: Shows): TaskFacts['indicators'] =>
  isWhole(task, shows)
    ? task.indicators
    : task.indicators.filter(({ level }) => level === null || shows(level, task));

/**
 * A task as its facts make it stand today, for whom these readers are: light, place in the counts and completion follow
 * from the indicators that they may be shown, so that what is kept from them can't be read there.
 */
export const standing = (task: Named, plan: Plan, frame: Frame, shows: Shows = everything): Seen => {
  const shown = { ...task, indicators: countedFor(task, shows) };
  const lit = lightOf(shown, frame, plan.setup.calendar, plan.settings.lights);
  return { ...task, ...lit, ...standingOf(task, lit.light), completion: taskCompletion(shown, frame) };
};
