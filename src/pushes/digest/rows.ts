import type { Group } from '../../ledger/people.ts';
import { mayShow } from '../../ledger/rules/audience.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import type { Rung } from '../push/ladder.ts';
import type { Morning } from './morning.ts';

/** In a leaders' group a red line that says nothing new stands again after so many working days. */
const AGAIN = 5;

export interface Row {
  task: Seen;
  /** How it stands: another light, or the same one for another reason, is news. */
  mark: string;
  /** How far its history went: a red line repeated says something new only after another entry. */
  entered: string;
}

export interface Rows {
  /** The worst first. */
  rows: Row[];
  /** Lit tasks that may not stand here. */
  hidden: number;
  /** Red ones that the chief and the leader haven't heard of long enough. */
  early: number;
  /** Red ones that stood here lately and say nothing new. */
  same: number;
}

/** What of the plan stands in this group's digest today. */
export function rowsFor(
  morning: Morning,
  group: Group,
  calls: Rung[],
  before: { marks: string[]; day: string }[],
): Rows {
  const { look, seen } = morning;
  const lit = seen.tasks.filter((task) => isLit(task, group));
  const open = lit.filter((task) => mayShow(task.level, group.audience));
  const heard = open.filter(
    (task) => isTold(morning, task, group) || calls.some((call) => call.task.id === task.id),
  );
  const since = look.calendar.workdayFrom(look.today, 1 - AGAIN);
  const lately = new Set(before.filter(({ day }) => day >= since).flatMap(({ marks }) => marks));
  const isSame = (task: Seen) =>
    group.audience === 'leaders' && task.light === 'red' && lately.has(entryMark(task));
  return {
    rows: heard
      .filter((task) => !isSame(task))
      .toSorted(worstFirst)
      .map((task) => ({ task, mark: standingMark(task), entered: entryMark(task) })),
    hidden: lit.length - open.length,
    early: open.length - heard.length,
    same: heard.filter(isSame).length,
  };
}

/** What comes close (blue) is the section's own business. */
function isLit(task: Seen, group: Group): boolean {
  if (group.audience === 'section' && task.sectionId !== group.sectionId) return false;
  if (task.light === 'blue' && group.audience === 'section') return true;
  return task.light === 'red' || task.light === 'yellow' || task.standing === 'listed';
}

/** First the person, then the leader, then the group: the section's own after both, the others a day later still. */
const isTold = ({ hasHeard }: Morning, task: Seen, group: Group): boolean =>
  task.light !== 'red' ||
  hasHeard(task, group.audience === 'section' ? { chief: 1, leader: 0 } : { chief: 2, leader: 1 });

function rank({ light, standing }: Seen): number {
  if (light === 'red') return 0;
  if (standing === 'listed') return 1;
  return light === 'yellow' ? 2 : 3;
}

export const worstFirst = (one: Seen, other: Seen): number =>
  rank(one) - rank(other) || (one.serial ?? 0) - (other.serial ?? 0);

const entryMark = (task: Seen): string => `${task.code}@${task.headSeq}`;

export function standingMark(task: Seen): string {
  const [reason] = task.reasons;
  const about = reason && 'period' in reason ? `:${reason.period}` : '';
  return `${task.code}:${task.light}${task.standing === 'listed' ? ':listed' : ''}${about}`;
}
