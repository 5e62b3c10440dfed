import type { Calendar } from '../calendar.ts';
import { type Day, daysBetween } from '../days.ts';
import type { Light, LightSettings, TaskState } from '../terms.ts';
import { chased, isMet, type Measured, subjects, taskCompletion } from './completion.ts';
import { figureOf, measure } from './figure.ts';
import type { Frame, Indicator, Node } from './indicator.ts';
import { always, dueOf, isAwaited, periodsAsked, periodsEnded, recurs, running } from './period.ts';

/** All that a task's light depends on besides today. */
export interface Outlook extends Measured {
  state: TaskState;
  /** The day of the close-out request that stands; a returned request leaves none. */
  submittedOn: Day | null;
  nodes: readonly Node[];
  /** Whether a resident section leads it: such a task is never lit. */
  resident: boolean;
}

/** As a plan has them that sets nothing else. */
export const usual: LightSettings = {
  close: 20,
  time_left: 0.25,
  completion: 0.7,
  words: { red: '红', yellow: '黄', blue: '蓝' },
};

/** Why a task is lit; `in` and `by` are working days. */
export type Reason =
  | { light: 'red'; why: 'overdue'; due: Day; by: number }
  | { light: 'yellow'; why: 'node'; indicator: string; due: Day; asked: number; figure: number }
  | { light: 'yellow'; why: 'missed'; indicator: string; period: string }
  | { light: 'yellow'; why: 'time'; due: Day; completion: number }
  | { light: 'blue'; why: 'deadline'; due: Day; in: number }
  | { light: 'blue'; why: 'period'; indicator: string; period: string; due: Day; in: number };

export interface Lit {
  /** Null for what is never lit: a closed task, and one that a resident section leads. */
  light: Light | null;
  /** The colour's word in this plan; none for what isn't lit. */
  hue: string;
  /** Working days since the deadline, today included; 0 unless overdue, and on days off right after it. */
  overdueBy: number;
  /** The worst first. */
  reasons: Reason[];
}

/** The task's light today. It follows from the facts alone and, nothing being recorded, never gets better with time. */
export function lightOf(task: Outlook, frame: Frame, calendar: Calendar, settings = usual): Lit {
  if (task.state === 'closed' || task.resident) return { light: null, hue: '', overdueBy: 0, reasons: [] };
  const reasons = [
    ...overdue(task, frame, calendar),
    ...behindNodes(task, frame),
    ...missedPeriods(task, frame),
    ...shortOfTime(task, frame, settings),
    ...closeDays(task, frame, calendar, settings),
  ];
  const [worst] = reasons;
  return {
    light: worst?.light ?? 'green',
    hue: worst === undefined ? '' : settings.words[worst.light],
    overdueBy: worst?.why === 'overdue' ? worst.by : 0,
    reasons,
  };
}

/** A request made in time takes the task off its deadline for as long as it stands. */
const openDeadline = ({ deadline, submittedOn }: Outlook): Day | null =>
  deadline !== null && submittedOn !== null && submittedOn <= deadline ? null : deadline;

function overdue(task: Outlook, { today, lateUntil = today }: Frame, calendar: Calendar): Reason[] {
  const due = openDeadline(task);
  if (due === null || today <= due) return [];
  return [{ light: 'red', why: 'overdue', due, by: calendar.workdaysBetween(due, lateUntil) }];
}

function behindNodes(task: Outlook, frame: Frame): Reason[] {
  return nodesOf(task).flatMap(({ indicator, due, value }) => {
    if (due >= frame.today || due < frame.since) return [];
    const figure = lowest(task, indicator, frame);
    if (figure >= value) return [];
    return [{ light: 'yellow', why: 'node', indicator: indicator.code, due, asked: value, figure }];
  });
}

function missedPeriods(task: Outlook, frame: Frame): Reason[] {
  return recurring(task).flatMap((indicator) =>
    periodsEnded(indicator.clock, frame, task.deadline)
      .filter((period) => dueOf(period, frame, task.deadline) >= frame.since)
      .filter((period) => !isAwaited(indicator, period, frame) && !isMet(task, indicator, frame, period))
      .map((period) => ({ light: 'yellow', why: 'missed', indicator: indicator.code, period }) as const),
  );
}

/** For a task that nothing but its deadline drives. */
function shortOfTime(task: Outlook, frame: Frame, limits: LightSettings): Reason[] {
  const due = openDeadline(task);
  if (due === null || frame.today > due) return [];
  if (nodesOf(task).length > 0 || recurring(task).length > 0) return [];
  const left = daysBetween(frame.today, due) / daysBetween(frame.starts, due);
  const completion = taskCompletion(task, frame);
  if (left >= limits.time_left || completion === null || completion >= limits.completion) return [];
  return [{ light: 'yellow', why: 'time', due, completion }];
}

function closeDays(task: Outlook, frame: Frame, calendar: Calendar, limits: LightSettings): Reason[] {
  const far = calendar.workdayFrom(frame.today, limits.close + 1);
  const daysTo = (due: Day) => calendar.workdaysBetween(frame.today, due);
  const reasons: Reason[] = [];
  const deadline = openDeadline(task);
  if (deadline !== null && frame.today <= deadline && deadline < far) {
    reasons.push({ light: 'blue', why: 'deadline', due: deadline, in: daysTo(deadline) });
  }
  for (const indicator of recurring(task)) {
    const period = running(indicator.clock, frame, task.deadline);
    // A week is always about to end, which tells nobody anything; what counts afterwards can't be done before.
    if (period === null || indicator.clock === 'week' || indicator.afterwards) continue;
    if (!periodsAsked(indicator.clock, frame, task.deadline).includes(period)) continue;
    const due = dueOf(period, frame, task.deadline);
    if (due >= far || isMet(task, indicator, frame, period)) continue;
    reasons.push({ light: 'blue', why: 'period', indicator: indicator.code, period, due, in: daysTo(due) });
  }
  return reasons;
}

const recurring = (task: Outlook): Indicator[] => chased(task).filter(({ clock }) => recurs(clock));

const nodesOf = (task: Outlook): (Node & { indicator: Indicator })[] =>
  chased(task).flatMap((indicator) =>
    task.nodes.filter((node) => node.indicatorId === indicator.id).map((node) => ({ ...node, indicator })),
  );

/**
 * A node on what each person has to meet is passed when everyone has passed it, and where there is nobody, or no event
 * yet that a limit could be held against, nobody is behind.
 */
function lowest(task: Outlook, indicator: Indicator, frame: Frame): number {
  const figures = subjects(indicator, frame).map((person) =>
    measure(figureOf(task, indicator, always, person)),
  );
  return Math.min(...figures.map((figure) => figure ?? Number.POSITIVE_INFINITY));
}
