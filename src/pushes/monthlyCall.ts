import { inOneMessage } from '../chat/reply.ts';
import { standardWord } from '../chat/telling.ts';
import { lightWord, replyWith } from '../chat/words.ts';
import { mutedAt } from '../ledger/acts/mute.ts';
import type { Day } from '../ledger/days.ts';
import type { Member } from '../ledger/people.ts';
import { has, maySee, mayShow } from '../ledger/rules/audience.ts';
import type { Frame, Indicator } from '../ledger/rules/indicator.ts';
import { owedIn } from '../ledger/rules/owed.ts';
import { periodOf } from '../ledger/rules/period.ts';
import type { Seen } from '../ledger/views/survey.ts';
import { toldUnder } from '../ledger/views/told.ts';
import { example } from './push/line.ts';
import { slotsOn } from './push/moment.ts';
import { oneADay } from './push/sectionGroups.ts';
import { type Look, type Moment, type Notice, type Push, platformOf, type Reach } from './push.ts';

const NAME = 'monthly-call';
const DAY = '25';
/** Working days after its own on which it may still go, while it is the same month. */
const LATE = 2;
const NAMED = 5;
/** Bytes of it at most: whoever is reminded of something else that morning has both in one message. */
export const CALL = 600;

/**
 * On the 25th, or the working day before: whoever owes a monthly figure and has recorded nothing this month. Whom it
 * doesn't reach then has it on one of the next working days.
 */
export const monthlyCall: Push = {
  name: NAME,
  times: (plan) => [plan.settings.digest_at],
  slots: slotsOn({ falls: isDayOfCall }),
  scan: async (look) => {
    const { frame } = await look.survey();
    const calls = (await look.once(owing)).map(({ member, owed }) => noticeOf(look, frame, member, owed));
    return oneADay(look, calls);
  },
};

/** Whoever owes something of this month and hasn't been asked for it, and what. */
async function owing(look: Look): Promise<{ member: Member; owed: Owed[] }[]> {
  if (!isDayOfCall(look, look.today)) return [];
  const { tasks } = await look.survey();
  const month = look.today.slice(0, 7);
  const told = await toldUnder(look, [`${NAME}:`, `draft:${NAME}:`], `${month}-01`);
  const isAsked = ({ id }: Member) => told.some(({ key }) => key.includes(`${NAME}:${id}:${month}`));
  const muted = await look.once(mutedNow);
  const open = tasks.filter(({ id, state }) => state !== 'closed' && state !== 'submitted' && !muted.has(id));
  return look.members.flatMap((member) => {
    const answers = has(member, 'chief') && !member.resident && !isAsked(member);
    const owed = answers ? owedBy(look, open, member) : [];
    return owed.length === 0 ? [] : [{ member, owed }];
  });
}

/** Whom this morning's call is for, if it is the day of one. */
export const calledToday = async (look: Look): Promise<Set<number>> =>
  new Set((await look.once(owing)).map(({ member }) => member.id));

/** Tasks of which the office wants nobody reminded. */
export const mutedNow = ({ db, plan, now }: Look) => mutedAt(db, plan, now);

interface Owed {
  task: Seen;
  missing: Indicator[];
}

type Shown = (level: Seen['level']) => boolean;

const shownAt = (reach: Reach | null): Shown =>
  reach === null || reach.place === 'single' ? () => true : (level) => mayShow(level, reach.group.audience);

function owedBy(look: Look, open: Seen[], chief: Member): Owed[] {
  const shown = shownAt(look.reach(chief.id));
  return open.flatMap((task) => {
    const missing = silentIn(look, task, chief).filter((each) => shown(each.level ?? task.level));
    return missing.length > 0 && shown(task.level) ? [{ task, missing }] : [];
  });
}

function noticeOf(look: Look, frame: Frame, { id }: Member, owed: Owed[]): Notice {
  const reach = look.reach(id);
  const shown = shownAt(reach);
  const bot = look.botNames[platformOf(reach)];
  const month = Number(look.today.slice(5, 7));
  const compose = (named: number) => ({
    title: `【${month}月登记提示】`,
    lines: [
      ...owed.slice(0, named).map((each) => lineOf(each, month)),
      ...(owed.length > named ? [`另有${owed.length - named}项,发「我的」查看。`] : []),
      ...hintFor(owed, frame, (each, task) => shown(each.level ?? task.level), bot),
    ],
    footer: replyWith(bot),
  });
  return {
    key: `${NAME}:${id}:${look.today}`,
    to: { personId: id, orSection: true },
    tasks: owed.map(({ task }) => task.code),
    marks: [],
    reply: inOneMessage(Math.min(owed.length, NAMED), compose, CALL),
  };
}

/** `【蓝·临期】【4.3.1】风险清单月排查与联动预警:4月排查尚未登记(每月1次)。` */
const lineOf = ({ task, missing }: Owed, month: number): string =>
  `${lightWord(task.light, task.overdueBy, task.hue)}【${task.code}】${task.title}:${month}月` +
  `${missing.map((each) => `${each.label}尚未登记(${standardWord(each)})`).join('、')}。`;

/** How the first of them could be typed. */
function hintFor(
  owed: Owed[],
  frame: Frame,
  shown: (each: Indicator, task: Seen) => boolean,
  bot: string,
): string[] {
  const [first] = owed.flatMap(({ task, missing }) => {
    const wanted = missing.map(({ code }) => ({ indicator: code, day: frame.today }));
    return example(task, frame, (each) => shown(each, task), bot, wanted) ?? [];
  });
  return first === undefined ? [] : [`写法:${first}`];
}

/** The day itself or one of those after it on which the call may still go, while it is the same month. */
function isDayOfCall({ plan, calendar }: Pick<Moment, 'plan' | 'calendar'>, day: Day): boolean {
  const usual = `${day.slice(0, 7)}-${DAY}`;
  const first = calendar.isWorkday(usual) ? usual : calendar.workdayFrom(usual, -1);
  const isInTime = first <= day && day <= calendar.workdayFrom(first, LATE);
  return first <= plan.ends && isInTime && calendar.isWorkday(day);
}

/** The section's chased indicators by the month of which nothing stands in this one. */
function silentIn({ today }: Look, task: Seen, chief: Member): Indicator[] {
  if (task.sectionId !== chief.sectionId || maySee(task.level, task, chief, 'single') !== 'yes') return [];
  return owedIn(task, periodOf('month', today));
}
