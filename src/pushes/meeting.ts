import { matterLines, mattersWord, reportingWord, reportLine, toReport } from '../chat/agenda.ts';
import type { Enclosed } from '../chat/reply.ts';
import { answerWith, dayWord, noReplyNeeded, weekdayName } from '../chat/words.ts';
import { callTo, type Meeting, nextMeeting } from '../ledger/acts/meetings.ts';
import { addDays, instantOf, timeOf } from '../ledger/days.ts';
import type { Group } from '../ledger/people.ts';
import type { Plan } from '../ledger/plan.ts';
import { mayShow, showsIn } from '../ledger/rules/audience.ts';
import { ANNOUNCED } from '../ledger/rules/occasions.ts';
import { agendaOf } from '../ledger/views/agenda.ts';
import { type Matters, mattersOf } from '../ledger/views/matters.ts';
import { confirmedSurvey, type Seen, type Survey } from '../ledger/views/survey.ts';
import { meetingAnnex, meetingPack } from '../reports/word/meetingPack.ts';
import { documentOf } from './push/drawing.ts';
import { everyWorkday, slotsAt } from './push/moment.ts';
import { groupsFor, type Look, type Moment, type Notice, type Push } from './push.ts';

/** Working days before the usual day at which the office is asked for one; then, before the meeting: the last day for matters to be decided, the reminder. */
const ASK = -8;
const MATTERS = -2;
const REMINDER = -1;

/** Of notice and reminder; not in the morning, when the digest goes to the same groups. */
const AT = '15:12';

const timesOf = ({ settings }: Plan): string[] => [settings.digest_at, AT];

/** The monthly meeting: its notice, the reminder on the day before with what is on, a word in the morning of it. */
export const meeting: Push = {
  name: 'meeting',
  times: timesOf,
  // Which of the two has something to say depends on the meeting's day.
  slots: slotsAt(timesOf, { falls: everyWorkday }),
  isDue: async (db, moment) => {
    const next = await nextMeeting(db, moment.plan, moment.today);
    return next === null ? isToBeSet(moment) : stageOf(moment, next) !== null;
  },
  scan: async (look) => {
    const next = await nextMeeting(look.db, look.plan, look.today);
    if (!next) return isToBeSet(look) ? askForDate(look) : [];
    const stage = stageOf(look, next);
    if (!stage) return [];
    const on: On = {
      look,
      meeting: next,
      seen: await look.once(settled),
      matters: await mattersOf(look.db, look.plan),
      enclosed: stage === 'reminder' ? await papersFor(look, next) : [],
    };
    return groupsFor(look, 'leaders', 'office')
      .map((group) => texts[stage](on, group))
      .filter((notice) => notice !== null);
  },
};

/** As the papers tell it: what a chief hasn't confirmed doesn't count before a meeting. */
const settled = ({ db, plan, today }: Look) => confirmedSurvey(db, plan, today);

interface On {
  look: Look;
  meeting: Meeting;
  seen: Survey;
  matters: Matters;
  /** The papers, for the office. */
  enclosed: Enclosed[];
}

type Stage = 'notice' | 'reminder' | 'morning';

/** A notice that nobody could send on its day may still go until the matters' last day. */
function stageOf({ plan, calendar, today, now }: Moment, { day, time, held }: Meeting): Stage | null {
  if (held) return null;
  const from = (count: number) => calendar.workdayFrom(day, count);
  const clock = (at: string) => instantOf(today, at, plan.timeZone);
  if (today === day) return now < clock(time) ? 'morning' : null;
  if (today === from(REMINDER)) return now >= clock(AT) ? 'reminder' : null;
  return today >= from(ANNOUNCED) && today <= from(MATTERS) && now >= clock(AT) ? 'notice' : null;
}

const texts: Record<Stage, (on: On, group: Group) => Notice | null> = {
  notice: ({ look, meeting }, group) => {
    const { calendar, plan } = look;
    const { day, time, place, minutes } = meeting;
    const until = calendar.workdayFrom(day, MATTERS);
    const { name, phone } = plan.contact;
    return {
      ...head(group, 'notice', meeting),
      tasks: [],
      reply: {
        title: `【会议通知】${Number(day.slice(5, 7))}月整改工作月调度会`,
        lines: [
          `时间:${dayWord(day)}(周${weekdayName(day)})${time},不超过${minutes}分钟 地点:${place}`,
          '参会:领导小组组长、副组长,议程所列事项承办科室主要负责人',
          '议程:①上次议定事项落实 ②滞后和逾期事项 ③拟销号、挂牌、延期事项',
          `材料:已在台账登记的不再另报;需会议决定的,请于${dayWord(until)}17:00前单独发整改办`,
          `请假:按程序向主持人报告后告整改办 联系人:${name}${phone === '' ? '' : `(${phone})`}`,
        ],
        footer: noReplyNeeded,
      },
    };
  },
  reminder: ({ look, meeting, seen, matters, enclosed }, group) => {
    const { day, time, place } = meeting;
    const tasks = toReport(seen.as(showsIn(group.audience)).tasks);
    const word = mattersWord(matters);
    const isOffice = group.audience === 'office';
    const tomorrow = addDays(look.today, 1) === day ? '(明日)' : `(周${weekdayName(day)})`;
    return {
      ...head(group, 'reminder', meeting),
      tasks: [...tasks.filter(shownIn(group)).map(({ code }) => code), ...(isOffice ? codesOf(matters) : [])],
      reply: {
        title: `【会议提示】${Number(day.slice(5, 7))}月调度会:${dayWord(day)}${tomorrow}${time},${place}`,
        lines: [
          reportLine(tasks, shownIn(group)),
          ...(tasks.length === 0
            ? []
            : [`${reportingWord(tasks.length)}现状、原因、完成日期、需会议决定的事项。`]),
          ...(isOffice ? matterLines(matters) : word === null ? [] : [`${word},材料由整改办会上印发。`]),
          `数据截至今日${timeOf(look.now, look.plan.timeZone)},之后更新的会上口头说明。`,
        ],
        footer: noReplyNeeded,
        ...(isOffice && enclosed.length > 0 ? { enclosed } : {}),
      },
    };
  },
  morning: ({ look, meeting }, group) => ({
    ...head(group, 'morning', meeting),
    until: instantOf(meeting.day, meeting.time, look.plan.timeZone),
    tasks: [],
    reply: {
      lines: [`【会议提示】今日${meeting.time}在${meeting.place}召开月调度会。`],
      footer: noReplyNeeded,
    },
  }),
};

/** Where no rule and nobody says when: eight working days before the month's last Friday, or as long as a notice is in time. */
function isToBeSet({ calendar, today, now, plan }: Moment): boolean {
  const from = (count: number) => calendar.workdayFrom(calendar.lastFriday(today.slice(0, 7)), count);
  return today >= from(ASK) && today < from(ANNOUNCED) && now >= instantOf(today, AT, plan.timeZone);
}

const askForDate = (look: Look): Notice[] =>
  groupsFor(look, 'office').map(({ id, platform }) => ({
    key: `meeting:${id}:ask:${look.today.slice(0, 7)}`,
    to: { groupId: id },
    tasks: [],
    marks: [],
    reply: {
      title: `【会议提示】${Number(look.today.slice(5, 7))}月调度会尚未定日期`,
      lines: ['请回复「调度会 日期 时间 地点」,通知于会前5个工作日发出。'],
      footer: answerWith(look.botNames[platform]),
    },
  }));

/** The meeting's papers, with figures as they stand now: the pack, and apart what lies on no table. */
async function papersFor(look: Look, next: Meeting): Promise<Enclosed[]> {
  const { db, plan, today, now } = look;
  if (!look.draws) return [];
  const agenda = await agendaOf(db, plan, today, next);
  const annex = meetingAnnex(plan, agenda, now);
  return [
    ...(await documentOf(look, meetingPack(plan, agenda, now), 'meeting', 'system')),
    ...(annex ? await documentOf(look, annex, 'meeting', 'office') : []),
  ];
}

/** A meeting that was moved is announced anew, also when it was moved back. */
const head = (group: Group, stage: Stage, { day, time, set }: Meeting) => ({
  key: `meeting:${group.id}:${stage}:${day}:${time}${set === null ? '' : `:${set}`}`,
  to: { groupId: group.id },
  marks: [callTo({ day, time, set })],
});

const shownIn =
  ({ audience }: Group) =>
  (task: Seen): boolean =>
    mayShow(task.level, audience);

const codesOf = ({ closeouts, listings, extensions }: Matters) => [
  ...new Set([...closeouts, ...listings, ...extensions]),
];
