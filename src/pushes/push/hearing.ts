import type { Day } from '../../ledger/days.ts';
import { has, maySee } from '../../ledger/rules/audience.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import { missed, type Told, told } from '../../ledger/views/told.ts';
import type { Look } from '../push.ts';

/** Tells which overdue tasks the chief and the leader have heard of so many working days ago. */
export async function hearing(
  look: Look,
  tasks: Seen[],
): Promise<(task: Seen, wait: { chief: number; leader: number }) => boolean> {
  const marks = tasks.flatMap((task) => {
    const due = overdueSince(task);
    const people = due === undefined ? [] : [...chiefsOf(look, task), ...leadersOf(look, task)];
    return people.map((id) => overdueMark(task, due ?? '', id));
  });
  const known = await heard(look, await told(look, marks), marks);
  return (task, wait) =>
    haveHeard(look, known, task, chiefsOf(look, task), wait.chief) &&
    haveHeard(look, known, task, leadersOf(look, task), wait.leader);
}

/** Working days after which whom a step couldn't reach keeps nobody else from hearing. */
const PATIENCE = 3;

/** What was told, and of these steps those that for long enough couldn't be, as where a group is paused. */
export async function heard(
  look: Look,
  known: Map<string, Told>,
  marks: string[],
): Promise<Map<string, Told>> {
  const { calendar, today } = look;
  const tried = await missed(
    look,
    marks.filter((mark) => !known.has(mark)),
  );
  const late = [...tried].filter(([, day]) => calendar.workdaysBetween(day, today) >= PATIENCE);
  return new Map([...known, ...late.map(([mark, day]) => [mark, { first: day, last: day }] as const)]);
}

/** Of several chiefs the first in order is the one who must have heard. */
export const haveHeard = (
  { calendar, today }: Look,
  told: Map<string, Told>,
  task: Seen,
  people: number[],
  workdays: number,
): boolean =>
  people.slice(0, 1).every((id) => {
    const when = told.get(overdueMark(task, overdueSince(task) ?? '', id));
    return when !== undefined && calendar.workdaysBetween(when.first, today) >= workdays;
  });

export const overdueSince = (task: Seen): Day | undefined =>
  task.reasons.flatMap((reason) => (reason.why === 'overdue' ? [reason.due] : []))[0];

export const overdueMark = (task: Seen, due: Day, personId: number) => `over:${task.code}:${due}:${personId}`;

/** Those of the lead section, and only who may see the task: what is each member's own isn't the chief's. */
export const chiefsOf = ({ members }: Look, task: Seen): number[] =>
  members
    .filter((member) => has(member, 'chief') && member.sectionId === task.sectionId)
    .filter((member) => maySee(task.level, task, member, 'single') === 'yes')
    .map((member) => member.id);

/** Nobody where the leader is the chief as well. */
export const leadersOf = (look: Look, task: Seen): number[] =>
  look.members
    .filter((member) => member.id === task.leaderId && !chiefsOf(look, task).includes(member.id))
    .map((member) => member.id);
