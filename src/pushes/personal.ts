import { taskLine } from '../chat/telling.ts';
import { dayWord, noReplyNeeded, replyWith } from '../chat/words.ts';
import { mayShow } from '../ledger/rules/audience.ts';
import type { Frame, Indicator } from '../ledger/rules/indicator.ts';
import { type Seen, survey } from '../ledger/survey.ts';
import { lastEntries, told } from '../ledger/told.ts';
import { isDue, type Rung, rungsOf } from './ladder.ts';
import { morning } from './moment.ts';
import type { Look, Notice, Push } from './push.ts';

/** The ladder's rungs of this morning, one message a person. */
export const personal: Push = {
  name: 'personal',
  scan: async (look) => {
    const slot = morning(look);
    if (!slot) return [];
    const { tasks, frame } = await survey(look.db, look.plan, look.today, look.calendar);
    const rungs = tasks.flatMap((task) => rungsOf(look, task));
    const marks = rungs.flatMap((rung) => [rung.mark, ...(rung.after ? [rung.after.mark] : [])]);
    const known = await told(look.db, look.plan, 'personal', marks);
    const entered = await lastEntries(look.db, look.plan);
    const due = rungs.filter((rung) => isDue(look, rung, known, entered.get(rung.task.id)));
    const people = new Set(due.map((rung) => rung.personId));
    return [...people].map((personId) => {
      const own = due.filter((rung) => rung.personId === personId);
      return {
        ...noticeOf(look, frame, own),
        ...slot,
        to: { personId },
        key: `personal:${personId}:${look.today}`,
      };
    });
  },
};

function noticeOf(
  look: Look,
  frame: Frame,
  rungs: Rung[],
): Pick<Notice, 'reply' | 'tasks' | 'marks' | 'instead'> {
  const instead = inTheSectionsGroup(look, frame, rungs);
  return {
    reply: {
      title: `【整改提示】${dayWord(look.today)}`,
      lines: [
        ...rungs.map((rung) => line(rung, frame, (indicator) => levelOf(rung.task, indicator) !== 'self')),
        `${howTo(rungs)}本提示未在群内发布。`,
      ],
      footer: end(look, rungs),
    },
    tasks: rungs.map((rung) => rung.task.code),
    marks: rungs.map((rung) => rung.mark),
    ...(instead ? { instead } : {}),
  };
}

/** Where a person can't be written to: their section's group, with what may be read there. */
function inTheSectionsGroup(look: Look, frame: Frame, rungs: Rung[]): Notice['instead'] {
  const open = rungs.filter((rung) => mayShow(rung.task.level, 'section') && rung.kind !== 'informed');
  const group = look.groups.find(
    (each) => each.audience === 'section' && open.some((rung) => rung.task.sectionId === each.sectionId),
  );
  if (!group) return undefined;
  const here = open.filter((rung) => rung.task.sectionId === group.sectionId);
  return {
    groupId: group.id,
    reply: {
      title: `【整改提示】${dayWord(look.today)}`,
      lines: [
        ...here.map((rung) => line(rung, frame, (each) => mayShow(levelOf(rung.task, each), 'section'))),
        ...[howTo(here)].filter((text) => text !== ''),
      ],
      footer: end(look, here),
    },
  };
}

function line({ task, kind }: Rung, frame: Frame, shown: (indicator: Indicator) => boolean): string {
  const what = taskLine(task, frame, shown);
  const when = `完成时限${dayWord(task.deadline)}`;
  if (kind === 'informed') return `${what},${when}。供掌握。`;
  return `${what},${when}。`;
}

function howTo(rungs: Rung[]): string {
  const overdue = rungs.find((rung) => rung.kind === 'overdue');
  if (!overdue) return '';
  return `如已完成,请补记日期和佐证;如需延期,请回复「延期 ${overdue.task.code} 至 日期 原因」。`;
}

const end = (look: Look, rungs: Rung[]): string =>
  rungs.some((rung) => rung.kind !== 'informed') ? replyWith(look.botName) : noReplyNeeded;

const levelOf = (task: Seen, indicator: Indicator) => indicator.level ?? task.level;
