import { addDays, type Day, daysBetween } from '../../ledger/days.ts';
import { has, mayShow } from '../../ledger/rules/audience.ts';
import { spanOf } from '../../ledger/rules/period.ts';
import { lastEntries } from '../../ledger/views/reported.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import { type Told, told } from '../../ledger/views/told.ts';
import { calledToday, mutedNow } from '../monthlyCall.ts';
import { groupsFor, type Look } from '../push.ts';
import { chiefsOf, haveHeard, heard, leadersOf, overdueMark, overdueSince } from './hearing.ts';

/** One step for one task and one person. */
export interface Rung {
  /** What is told, of which deadline and to whom. */
  mark: string;
  personId: number;
  task: Seen;
  /** The chief is asked to act, also on the `term` of a listing; leader and secretary are `informed`. */
  kind: 'soon' | 'behind' | 'overdue' | 'again' | 'term' | 'informed';
}

interface Step extends Rung {
  isDue(known: Known): boolean;
  /** Due so soon that it goes with another reminder of today to the same person, or with the month's call. */
  isNear?(known: Known): boolean;
}

/** Working days by which a weekly reminder may be early for the sake of one message. */
const EARLY = 2;

/** What has been told, by marks, and the day of each task's last entry. */
interface Known {
  told: Map<string, Told>;
  /** The same, and what couldn't be told for so long that others needn't wait for it. */
  heard: Map<string, Told>;
  entered: Map<number, Day>;
}

/**
 * The steps that are due this morning. A task that waits for its close-out, or that the office has muted, asks nothing
 * of anybody.
 */
export async function dueRungs(look: Look, tasks: Seen[]): Promise<Rung[]> {
  const muted = await look.once(mutedNow);
  const steps = tasks
    .filter((task) => task.state !== 'submitted' && !muted.has(task.id))
    .flatMap((task) => stepsOf(look, task));
  const marks = steps.map((step) => step.mark);
  const before = await told(look, marks);
  const known = {
    told: before,
    heard: await heard(look, before, marks),
    entered: await look.once(entered),
  };
  const due = steps.filter((step) => step.isDue(known));
  const reminded = new Set(due.filter(({ kind }) => kind === 'again').map(({ personId }) => personId));
  const called = await calledToday(look);
  const isWritten = (personId: number) => reminded.has(personId) || called.has(personId);
  return steps.filter(
    (step) => due.includes(step) || (isWritten(step.personId) && step.isNear?.(known) === true),
  );
}

const entered = ({ db, plan }: Look) => lastEntries(db, plan);

function stepsOf(look: Look, task: Seen): Step[] {
  const due = overdueSince(task);
  const steps =
    due === undefined
      ? [...soonSteps(look, task), ...behindSteps(look, task)]
      : overdueSteps(look, task, due);
  // The order is the reminder: what is listed is asked for by it, and no longer by each of its days.
  const spared = task.listed ? steps.filter(({ kind }) => due !== undefined && kind !== 'again') : steps;
  return [...spared, ...termSteps(look, task), ...listedSteps(look, task)];
}

/** T-20 the chief, T-10 the chief and the leader, unless something has been entered in the last days. */
function soonSteps(look: Look, task: Seen): Step[] {
  const reason = task.reasons.find((each) => each.why === 'deadline');
  const { soon, very_soon: verySoon } = look.plan.settings.ladder;
  if (reason?.why !== 'deadline' || reason.in > soon) return [];
  const very = reason.in <= verySoon;
  const step = (personId: number, kind: Rung['kind']): Step => {
    const mark = `soon${very ? verySoon : soon}:${task.code}:${reason.due}:${personId}`;
    return {
      ...{ mark, personId, task, kind },
      isDue: (known) =>
        !known.told.has(mark) && !(very && isWithin(look, known.entered.get(task.id), verySoon)),
    };
  };
  return [
    ...chiefsOf(look, task).map((id) => step(id, 'soon')),
    ...(very ? leadersOf(look, task).map((id) => step(id, 'informed')) : []),
  ];
}

/**
 * What is behind, once for each period or node, to a chief whom the section's group doesn't tell of it: there is none, or
 * it may not read it. The leaders' group reads of it on the week's first working day, the chief before.
 */
function behindSteps(look: Look, task: Seen): Step[] {
  const [reason] = task.reasons;
  if (reason?.light !== 'yellow' || isToldInGroup(look, task)) return [];
  const about = reason.why === 'missed' ? reason.period : reason.due;
  const { again } = look.plan.settings.ladder;
  return chiefsOf(look, task).map((personId) => {
    const mark = `behind:${task.code}:${about}:${personId}`;
    return {
      ...{ mark, personId, task, kind: 'behind' },
      isDue: (known) => !known.told.has(mark) && !isWithin(look, known.entered.get(task.id), again),
    };
  });
}

const isToldInGroup = (look: Look, task: Seen): boolean =>
  mayShow(task.level, 'section') &&
  groupsFor(look, 'section').some(({ sectionId }) => sectionId === task.sectionId);

/** On the week's first working day the section's group has it all: whoever is written to alone isn't told twice that morning. */
const isReadInGroup = (look: Look, task: Seen, personId: number): boolean =>
  look.calendar.firstWorkdayOfWeek(look.today) === look.today &&
  isToldInGroup(look, task) &&
  look.reach(personId)?.place === 'single';

/** T+1 the chief, a day after the chief the leader, then the chief each week in which nothing is entered. */
function overdueSteps(look: Look, task: Seen, due: Day): Step[] {
  const chiefs = chiefsOf(look, task);
  const { again } = look.plan.settings.ladder;
  const markOf = (personId: number) => overdueMark(task, due, personId);
  const step = (personId: number, kind: Rung['kind'], isDue: Step['isDue']): Step => ({
    ...{ mark: markOf(personId), personId, task, kind },
    isDue,
  });
  const isQuiet = ({ told, entered }: Known, id: number, workdays: number) => {
    const last = told.get(markOf(id))?.last;
    const isFresh = isWithin(look, last, workdays) || isWithin(look, entered.get(task.id), again);
    return last !== undefined && !isFresh;
  };
  return [
    ...chiefs.flatMap((id) => [
      step(id, 'overdue', ({ told }) => !told.has(markOf(id))),
      {
        ...step(id, 'again', (known) => !isReadInGroup(look, task, id) && isQuiet(known, id, again)),
        isNear: (known: Known) => !isReadInGroup(look, task, id) && isQuiet(known, id, again - EARLY),
      },
    ]),
    ...leadersOf(look, task).map((id) =>
      step(
        id,
        'informed',
        ({ told, heard }) => !told.has(markOf(id)) && haveHeard(look, heard, task, chiefs, 1),
      ),
    ),
  ];
}

/** The term of the order is over and the task still listed: once, to the chief, the leader and the secretary. */
function termSteps(look: Look, task: Seen): Step[] {
  if (!isPastTerm(task, look.today)) return [];
  const step = (personId: number, kind: Rung['kind']): Step => {
    const mark = `${termMark(task)}:${personId}`;
    return { ...{ mark, personId, task, kind }, isDue: ({ told }) => !told.has(mark) };
  };
  const chiefs = chiefsOf(look, task);
  const secretaries = look.members.filter((member) => has(member, 'secretary')).map(({ id }) => id);
  const others = new Set([...leadersOf(look, task), ...secretaries]);
  return [
    ...chiefs.map((id) => step(id, 'term')),
    ...[...others].filter((id) => !chiefs.includes(id)).map((id) => step(id, 'informed')),
  ];
}

/** Listed, and the day passed by which the order wanted it done. */
export const isPastTerm = ({ standing, listed }: Seen, today: Day): boolean =>
  standing === 'listed' && listed?.term != null && listed.term < today;

export const termMark = ({ code, listed }: Seen): string => `term:${code}:${listed?.term}`;

/** Days between two words of the same listing. */
const MONTH = 30;

/** The secretary, once a month, of what has been listed for long. */
function listedSteps(look: Look, task: Seen): Step[] {
  const { today, members, plan } = look;
  if (task.standing !== 'listed' || !task.listed?.on) return [];
  const { on } = task.listed;
  if (daysBetween(on, today) <= plan.settings.ladder.listed) return [];
  return members
    .filter((member) => has(member, 'secretary'))
    .map(({ id: personId }) => {
      const mark = `listed:${task.code}:${on}:${personId}`;
      const isDue: Step['isDue'] = ({ told }) => {
        const last = told.get(mark)?.last;
        return last === undefined || daysBetween(last, today) >= MONTH;
      };
      return { mark, personId, task, kind: 'informed', isDue };
    });
}

/** Whether the office is proposed to have the task listed: ten working days late, or two months behind. */
export function isToBeListed(look: Look, task: Seen): boolean {
  if (task.listed || task.state === 'submitted') return false;
  const since = task.reasons.flatMap((reason) => {
    if (reason.why === 'missed') return [addDays(spanOf(reason.period).ends, 1)];
    if (reason.why === 'time') return [shortSince(look, reason.due)];
    return reason.why === 'node' ? [addDays(reason.due, 1)] : [];
  });
  const { propose, behind } = look.plan.settings.ladder;
  return task.overdueBy >= propose || since.some((day) => daysBetween(day, look.today) >= behind);
}

/** The first day on which less than the plan's share of the time to this deadline was left. */
const shortSince = ({ plan: { starts, settings } }: Look, due: Day): Day =>
  addDays(due, 1 - Math.ceil(settings.lights.time_left * daysBetween(starts, due)));

const isWithin = ({ calendar, today }: Look, day: Day | undefined, workdays: number): boolean =>
  day !== undefined && calendar.workdaysBetween(day, today) < workdays;
