import { countsWord, taskLine } from '../chat/telling.ts';
import { dayWord, noReplyNeeded, replyWith, spokenAt } from '../chat/words.ts';
import { addDays, weekday } from '../ledger/days.ts';
import type { Group } from '../ledger/people.ts';
import { mayShow } from '../ledger/rules/audience.ts';
import type { Indicator } from '../ledger/rules/indicator.ts';
import { countsOf } from '../ledger/rules/standing.ts';
import { type Seen, type Survey, survey } from '../ledger/survey.ts';
import { lastToGroup, told, undelivered } from '../ledger/told.ts';
import { hasHeard, overdueMarks } from './ladder.ts';
import { morning } from './moment.ts';
import type { Look, Notice, Push } from './push.ts';

/** A post in a group has eight lines at most: title, counts, the rows, what is left over, and the end. */
const ROWS = 4;
/** A section's group is written to at most so often a week. */
const A_WEEK = 3;

/**
 * The morning digest. The leaders' group has one on the first working day of the week; a section's and the office's
 * then too, and on another day only when something has changed. What is empty isn't sent, and a red line waits until
 * the chief and the leader have heard of it themselves.
 */
export const digest: Push = {
  name: 'digest',
  scan: async (look) => {
    const slot = morning(look);
    if (!slot) return [];
    const seen = await survey(look.db, look.plan, look.today, look.calendar);
    const marks = seen.tasks.flatMap((task) => overdueMarks(look, task));
    const heard = await told(look.db, look.plan, 'personal', marks);
    const groups = look.groups.filter((group) => group.gone === null && group.audience !== 'system');
    const notices = await Promise.all(groups.map((group) => forGroup(look, seen, heard, group)));
    return notices.flatMap((notice) => (notice ? [{ ...notice, ...slot }] : []));
  },
};

type Draft = Omit<Notice, 'dueAt' | 'expiresAt'>;

async function forGroup(
  look: Look,
  seen: Survey,
  heard: Map<string, string>,
  group: Group,
): Promise<Draft | null> {
  const own = tasksFor(group, seen.tasks).filter((task) => isLit(look, group, heard, task));
  const rows = own.filter((task) => mayShow(task.level, group.audience)).toSorted(worstFirst);
  const hidden = own.length - rows.length;
  const lost = group.audience === 'office' ? await undelivered(look.db, look.plan, look.now) : [];
  const marks = rows.map(markOf);
  if (rows.length + hidden + lost.length === 0 || !(await isTheDay(look, group, marks))) return null;
  const shown = (task: Seen) => (indicator: Indicator) =>
    mayShow(indicator.level ?? task.level, group.audience);
  return {
    key: `digest:${group.code}:${look.today}`,
    to: { groupId: group.id },
    reply: {
      title: titleOf(look, group),
      lines: [
        ...(group.audience === 'section' ? [] : [`${countsWord(countsOf(seen.tasks))}。`]),
        ...rows.slice(0, ROWS).map((task) => `${taskLine(task, seen.frame, shown(task))}。`),
        ...leftOver(rows.length - ROWS, hidden),
        ...(lost.length > 0 ? [`未能送达:${lost.join('、')},请当面告知。`] : []),
      ],
      footer: group.audience === 'section' ? replyWith(look.botName) : noReplyNeeded,
    },
    tasks: rows.map((task) => task.code),
    marks,
  };
}

const tasksFor = (group: Group, tasks: Seen[]): Seen[] =>
  group.audience === 'section' ? tasks.filter((task) => task.sectionId === group.sectionId) : tasks;

/** What belongs into a group's digest today. Blue is the section's own business. */
function isLit(look: Look, group: Group, heard: Map<string, string>, task: Seen): boolean {
  if (task.light === 'blue') return group.audience === 'section';
  if (task.light === 'yellow') return true;
  if (task.light !== 'red') return task.listed !== null;
  if (group.audience === 'section') return hasHeard(look, task, heard, { chief: 1, leader: 0 });
  return hasHeard(look, task, heard, { chief: 2, leader: 1 });
}

/** The first working day of the week, or a change; never more than the group's share of a week. */
async function isTheDay(look: Look, group: Group, marks: string[]): Promise<boolean> {
  const first = look.calendar.firstWorkdayOfWeek(look.today) === look.today;
  if (group.audience === 'leaders') return first;
  const monday = addDays(look.today, 1 - weekday(look.today));
  const before = await lastToGroup(look.db, look.plan, 'digest', group.id, A_WEEK);
  if (before.filter(({ day }) => day >= monday).length >= A_WEEK) return false;
  const known = new Set(before[0]?.marks ?? []);
  return first || marks.some((mark) => !known.has(mark));
}

const order = { red: 0, yellow: 1, blue: 2, green: 3 };
const rank = (task: Seen) => (task.light === null ? 4 : order[task.light]);
const worstFirst = (one: Seen, other: Seen) =>
  rank(one) - rank(other) || (one.serial ?? 0) - (other.serial ?? 0);

/** What makes a row news: another light, or the same one for another reason. */
const markOf = (task: Seen): string => {
  const [reason] = task.reasons;
  const about = reason && 'period' in reason ? `:${reason.period}` : '';
  return `${task.code}:${task.light}${task.listed ? ':listed' : ''}${about}`;
};

function titleOf(look: Look, group: Group): string {
  const name = group.audience === 'section' ? group.name.replace(/群$/, '·整改提示') : '整改进展';
  return `【${name}】${dayWord(look.today)} 数据截至${spokenAt(look.now, look.plan.timeZone)}`;
}

function leftOver(more: number, hidden: number): string[] {
  const parts = [
    ...(more > 0 ? [`另有${more}项,发「清单 滞后」查看`] : []),
    ...(hidden > 0 ? [`另有${hidden}项滞后,由整改办单独报告`] : []),
  ];
  return parts.length > 0 ? [`${parts.join(';')}。`] : [];
}
