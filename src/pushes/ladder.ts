import { has } from '../ledger/rules/audience.ts';
import type { Seen } from '../ledger/survey.ts';
import type { Look } from './push.ts';

/** Working days before the deadline at which the chief is told, and at which the leader is told too. */
const SOON = 20;
const VERY_SOON = 10;
/** Working days between two reminders of one overdue task; for so long an entry holds the next one back. */
const AGAIN = 5;

/** One rung for one task and one person. */
export interface Rung {
  /** Says what is told, of which deadline and to whom: told once. */
  mark: string;
  personId: number;
  task: Seen;
  kind: 'soon' | 'overdue' | 'informed';
  /** The rung that must have been told so many working days ago. */
  after: { mark: string; workdays: number } | null;
  /** An entry on the task since the rung before, or in the last days, makes it needless. */
  stopsOnEntry: boolean;
}

export const chiefsOf = ({ members }: Look, task: Seen) =>
  members.filter((member) => has(member, 'chief') && member.sectionId === task.sectionId);

/**
 * The rungs that a task stands on today, in working days: T-20 the chief, T-10 the chief and the leader; overdue the
 * chief from the first day, the leader a day after the chief, then the chief every fifth day.
 */
export function rungsOf(look: Look, task: Seen): Rung[] {
  const chiefs = chiefsOf(look, task).map((chief) => chief.id);
  const leaders = task.leaderId === null || chiefs.includes(task.leaderId) ? [] : [task.leaderId];
  const [reason] = task.reasons.filter(({ why }) => why === 'overdue' || why === 'deadline');
  if (reason?.why === 'overdue') return overdueRungs(look, task, reason.due, chiefs, leaders);
  if (reason?.why !== 'deadline' || reason.in > SOON) return [];
  const very = reason.in <= VERY_SOON;
  const step = very ? VERY_SOON : SOON;
  return [...chiefs, ...(very ? leaders : [])].map((personId) => ({
    mark: `soon${step}:${task.code}:${reason.due}:${personId}`,
    personId,
    task,
    kind: 'soon',
    after: null,
    stopsOnEntry: very,
  }));
}

function overdueRungs(look: Look, task: Seen, due: string, chiefs: number[], leaders: number[]): Rung[] {
  if (task.overdueBy < 1) return [];
  const first = (personId: number) => `over:${task.code}:${due}:${personId}`;
  const chief = chiefs[0];
  const times = Math.floor((task.overdueBy - 1) / AGAIN);
  return [
    ...chiefs.map((personId) => ({
      ...{ mark: first(personId), personId, task, kind: 'overdue' as const },
      after: null,
      stopsOnEntry: false,
    })),
    ...leaders.map((personId) => ({
      ...{ mark: first(personId), personId, task, kind: 'informed' as const },
      after: chief === undefined ? null : { mark: first(chief), workdays: 1 },
      stopsOnEntry: false,
    })),
    ...(times < 1 ? [] : chiefs).map((personId) => ({
      ...{ mark: `again${times}:${task.code}:${due}:${personId}`, personId, task, kind: 'overdue' as const },
      after: { mark: first(personId), workdays: AGAIN },
      stopsOnEntry: true,
    })),
  ];
}

/** Whether it is this rung's day: not told yet, the one before it told long enough ago, and nothing entered since. */
export function isDue(
  look: Look,
  rung: Rung,
  known: Map<string, string>,
  entered: string | undefined,
): boolean {
  if (known.has(rung.mark)) return false;
  if (rung.after !== null) {
    const before = known.get(rung.after.mark);
    if (before === undefined) return false;
    if (look.calendar.workdaysBetween(before, look.today) < rung.after.workdays) return false;
  }
  if (!rung.stopsOnEntry || entered === undefined) return true;
  return look.calendar.workdaysBetween(entered, look.today) >= (rung.kind === 'soon' ? VERY_SOON : AGAIN);
}

/** The days on which the ladder told somebody that this task is overdue: what a group may read, and from when. */
export function hasHeard(
  look: Look,
  task: Seen,
  known: Map<string, string>,
  wait: { chief: number; leader: number },
): boolean {
  const [reason] = task.reasons.filter(({ why }) => why === 'overdue');
  if (reason?.why !== 'overdue') return true;
  const heard = (personId: number, workdays: number) => {
    const day = known.get(`over:${task.code}:${reason.due}:${personId}`);
    return day !== undefined && look.calendar.workdaysBetween(day, look.today) >= workdays;
  };
  const [chief] = chiefsOf(look, task);
  const leaderId = task.leaderId === chief?.id ? null : task.leaderId;
  return (!chief || heard(chief.id, wait.chief)) && (leaderId === null || heard(leaderId, wait.leader));
}

/** The marks that `hasHeard` asks for. */
export const overdueMarks = (look: Look, task: Seen): string[] =>
  task.reasons.flatMap((reason) =>
    reason.why !== 'overdue'
      ? []
      : [...chiefsOf(look, task).map((chief) => chief.id), task.leaderId ?? 0].map(
          (personId) => `over:${task.code}:${reason.due}:${personId}`,
        ),
  );
