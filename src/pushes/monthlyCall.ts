import { standardWord } from '../chat/telling.ts';
import { lightWord, replyWith } from '../chat/words.ts';
import type { Day } from '../ledger/days.ts';
import type { Member } from '../ledger/people.ts';
import { has, maySee, mayShow } from '../ledger/rules/audience.ts';
import type { Frame, Indicator } from '../ledger/rules/indicator.ts';
import { periodOf } from '../ledger/rules/period.ts';
import type { Seen } from '../ledger/survey.ts';
import { example } from './line.ts';
import { slotsOn } from './moment.ts';
import { type Look, type Push, platformOf } from './push.ts';

const DAY = '25';
const NAMED = 5;

/** On the 25th, or the working day before: whoever owes a monthly figure and has recorded nothing this month. */
export const monthlyCall: Push = {
  name: 'monthly-call',
  times: (plan) => [plan.settings.digest_at],
  slots: slotsOn({
    falls: ({ plan, calendar }, day) => day <= plan.ends && day === dayOfCall(calendar, day.slice(0, 7)),
  }),
  scan: async (look) => {
    const { tasks, frame } = await look.survey();
    const month = Number(look.today.slice(5, 7));
    const open = tasks.filter((task) => task.state !== 'closed' && task.state !== 'submitted');
    return look.members.flatMap((member) => {
      const reach = look.reach(member.id);
      if (!has(member, 'chief')) return [];
      const shown = (level: Seen['level']) =>
        reach === null || reach.place === 'single' || mayShow(level, reach.group.audience);
      const owed = open.flatMap((task) => {
        const missing = silentIn(look, task, member).filter((each) => shown(each.level ?? task.level));
        return missing.length > 0 && shown(task.level) ? [{ task, missing }] : [];
      });
      if (owed.length === 0) return [];
      const bot = look.botNames[platformOf(reach)];
      return [
        {
          key: `monthly-call:${member.id}:${look.today.slice(0, 7)}`,
          to: { personId: member.id, orSection: true },
          tasks: owed.map(({ task }) => task.code),
          marks: [],
          reply: {
            title: `【${month}月登记提示】`,
            lines: [
              ...owed.slice(0, NAMED).map((each) => lineOf(each, month)),
              ...(owed.length > NAMED ? [`另有${owed.length - NAMED}项,发「我的」查看。`] : []),
              ...hintFor(owed, frame, (each, task) => shown(each.level ?? task.level), bot),
            ],
            footer: replyWith(bot),
          },
        },
      ];
    });
  },
};

interface Owed {
  task: Seen;
  missing: Indicator[];
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
  const [first] = owed.flatMap(({ task }) => example(task, frame, (each) => shown(each, task), bot) ?? []);
  return first === undefined ? [] : [`写法:${first}`];
}

const dayOfCall = (calendar: Look['calendar'], month: string): Day => {
  const day = `${month}-${DAY}`;
  return calendar.isWorkday(day) ? day : calendar.workdayFrom(day, -1);
};

/** The section's chased indicators by the month of which nothing stands in this one. */
function silentIn({ today }: Look, task: Seen, chief: Member): Indicator[] {
  if (task.sectionId !== chief.sectionId || maySee(task.level, task, chief, 'single') !== 'yes') return [];
  const month = periodOf('month', today);
  return task.indicators.filter(
    (each) =>
      each.class === 'chase' &&
      each.clock === 'month' &&
      each.subject !== 'person' &&
      !task.postings.some(({ indicatorId, period }) => indicatorId === each.id && period === month),
  );
}
