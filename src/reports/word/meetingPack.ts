import { toReport } from '../../chat/agenda.ts';
import { standWord } from '../../chat/followUps.ts';
import { reasonIn, reportIn } from '../../chat/reason.ts';
import { fitForGroup, stateWord } from '../../chat/words.ts';
import type { Agenda } from '../../ledger/agenda.ts';
import { type Day, dayOf } from '../../ledger/days.ts';
import type { FollowUp } from '../../ledger/followUps.ts';
import type { Plan } from '../../ledger/people.ts';
import { showsIn } from '../../ledger/rules/audience.ts';
import { percent } from '../../ledger/rules/completion.ts';
import { countsOf } from '../../ledger/rules/standing.ts';
import type { Seen } from '../../ledger/survey.ts';
import { isOpen } from '../points.ts';
import { type Block, type Cell, type Draft, heading, label, list, type Part, row, text } from './draft.ts';
import { fullDay, fullHour, weekdayOf } from './marks.ts';
import { reasonWord } from './reasons.ts';

/** What everybody at the table reads, and what only those read whose it is. */
type Copy = 'table' | 'annex';

const belongs =
  (copy: Copy) =>
  ({ level }: Pick<Seen, 'level'>) =>
    isOpen(level) === (copy === 'table');

const LATE = '挂牌督办、逾期和滞后事项';

const onTable = showsIn('system');

/** What is late by all that the table may know; in the annex whatever else is, also where only something restricted is. */
function lateIn({ survey }: Agenda, copy: Copy): Seen[] {
  const open = toReport(survey.as(onTable).tasks).filter(belongs('table'));
  if (copy === 'table') return open;
  return toReport(survey.tasks).filter(({ id }) => !open.some((each) => each.id === id));
}

/** 会议材料: the agenda, who is late and why, what is to be decided, leave and the sheet to sign. */
export function meetingPack(plan: Plan, agenda: Agenda, now: Date): Draft {
  const month = Number(agenda.meeting.day.slice(5, 7));
  return {
    name: `${month}月调度会材料(代拟稿)`,
    parts: [
      front(plan, agenda, now),
      { title: [LATE], landscape: true, blocks: laggards(agenda, 'table') },
      { title: ['提请会议决定事项'], blocks: decisions(agenda, 'table') },
      { title: [`${month}月调度会签到和请假表`], blocks: [...signIn(agenda), leave] },
    ],
  };
}

/** The restricted annex: handed to the secretary and the office alone, never bound with the rest. Null without any. */
export function meetingAnnex(plan: Plan, agenda: Agenda, now: Date): Draft | null {
  const month = Number(agenda.meeting.day.slice(5, 7));
  const late = lateIn(agenda, 'annex');
  const waits = matterRows(agenda, 'annex');
  const decided = agenda.followUps.filter(({ task }) => !isOpen(task.level));
  if (late.length + waits.length + decided.length === 0) return null;
  return {
    name: `${month}月调度会限知附件(代拟稿)`,
    parts: [
      {
        title: ['限知事项附件'],
        landscape: true,
        blocks: [
          text(`限知,由整改办专人呈送,会后收回。数据截至${fullHour(now, plan.timeZone)}。`),
          heading('上次议定事项落实情况'),
          ...followed(decided, dayOf(now, plan.timeZone), 'annex'),
          heading(LATE),
          ...laggards(agenda, 'annex'),
          heading('提请会议决定事项'),
          ...decisions(agenda, 'annex'),
        ],
      },
    ],
  };
}

function front(plan: Plan, agenda: Agenda, now: Date): Part {
  const { meeting, survey, followUps } = agenda;
  const known = survey.as(onTable).tasks;
  const { all, closed, progress, behind, overdue, listed } = countsOf(known);
  const late = lateIn(agenda, 'table');
  const apart = toReport(known).length - late.length;
  const decided = followUps.filter(({ task }) => isOpen(task.level));
  const named = late.map(({ code, section }) => `【${code}】${section ?? '待明确'}`).join('、');
  return {
    title: [`${Number(meeting.day.slice(5, 7))}月整改工作月调度会`, '议程和材料'],
    blocks: [
      text(`${fullDay(meeting.day)}(${weekdayOf(meeting.day)})${meeting.time}`, '时间:'),
      text(`${meeting.place},不超过${meeting.minutes}分钟`, '地点:'),
      text('组长', '主持:'),
      heading('议程'),
      list([
        `上次议定事项落实情况(${decided.length}件)。`,
        `${LATE}(${late.length}件):${named === '' ? '无' : named}。每件3分钟,讲现状、原因、完成日期、需会议决定的事项。`,
        `拟销号、挂牌摘牌、延期事项(${matterRows(agenda, 'table').length}件)。`,
      ]),
      heading('总体情况'),
      text(
        `截至${fullHour(now, plan.timeZone)},${all}项任务中已销号${closed}项,正常推进${progress}项,滞后${behind}项(其中逾期${overdue}项),挂牌督办${listed}项,四类合计${all}项。`,
      ),
      text(
        `挂牌督办和滞后的${behind + listed}项中,${late.length}项列入本材料${apart === 0 ? '' : `,${apart}项由整改办单独报告`}。之后更新的会上口头说明。`,
      ),
      heading('上次议定事项落实情况'),
      ...followed(decided, dayOf(now, plan.timeZone), 'table'),
    ],
  };
}

function followed(followUps: readonly FollowUp[], today: Day, copy: Copy): Block[] {
  if (followUps.length === 0) return [text('没有登记在册的议定事项。')];
  return [
    {
      is: 'table',
      widths: [12, 18, 70, 30, 26, 24],
      head: ['序号', '任务', '议定事项', '承办', '期限', '落实情况'],
      rows: followUps.map((followUp, index) =>
        row(
          centred(String(index + 1)),
          centred(followUp.task.code),
          decidedWord(followUp, copy),
          followUp.section ?? followUp.owner ?? '待明确',
          followUp.due === null ? '待明确' : fullDay(followUp.due),
          standWord(followUp, today),
        ),
      ),
    },
  ];
}

/** What was decided, without its term, which stands beside it; what no group reads doesn't lie on the table. */
function decidedWord({ what }: FollowUp, copy: Copy): string {
  const words = what === null ? '' : reasonIn(what);
  return words === '' || (copy === 'table' && !fitForGroup(words)) ? '事项见台账' : words;
}

const centred = (words: string): Cell => ({ text: words, align: 'center' });

function laggards(agenda: Agenda, copy: Copy): Block[] {
  const late = lateIn(agenda, copy);
  if (late.length === 0) return [text('没有挂牌督办、逾期和滞后事项。')];
  return [
    {
      is: 'table',
      widths: [18, 14, 40, 26, 56, 40, 22, 30],
      head: ['类别', '编号', '事项', '承办科室', '现状', '原因', '完成日期', '需会议决定的事项'],
      rows: late.map((task) =>
        row(
          centred(classWord(task)),
          centred(task.code),
          task.title,
          task.section ?? '待明确',
          { text: [standsLine(task), ...reasonWord(task, ({ level }) => copy === 'annex' || isOpen(level))] },
          because(agenda.explained.get(task.id), copy),
          '',
          '',
        ),
      ),
    },
    text('完成日期和需会议决定的事项由承办科室会前填报。'),
  ];
}

/** What never stands in a group doesn't lie on the table either. */
const because = (said: string | undefined, copy: Copy): string =>
  said === undefined || (copy === 'table' && !fitForGroup(said)) ? '(承办科室会上说明)' : reportIn(said);

/** Each task stands in one class, as in the counts: listed, else overdue, else behind. */
const classWord = ({ listed, light }: Seen): string =>
  listed ? '挂牌督办' : light === 'red' ? '逾期' : '滞后';

function standsLine({ listed, deadline, overdueBy, completion }: Seen): string {
  const late = overdueBy > 0 ? `,已逾期${overdueBy}个工作日` : '';
  const term = listed ? `;挂牌办结时限${fullDay(listed.term)}` : '';
  const done = completion === null ? '' : `;完成度${percent(completion)}%`;
  return `完成时限${fullDay(deadline)}${late}${term}${done}。`;
}

interface Matter {
  kind: string;
  task: Seen;
}

function matterRows({ matters, survey }: Agenda, copy: Copy): Matter[] {
  const of = (kind: string, codes: readonly string[]): Matter[] =>
    survey.tasks
      .filter(belongs(copy))
      .filter(({ code }) => codes.includes(code))
      .map((task) => ({ kind, task }));
  return [
    ...of('销号', matters.closeouts),
    ...of('挂牌、摘牌', matters.listings),
    ...of('延期', matters.extensions),
  ];
}

function decisions(agenda: Agenda, copy: Copy): Block[] {
  const rows = matterRows(agenda, copy);
  if (rows.length === 0) return [text('没有提请会议决定的事项。')];
  return [
    {
      is: 'table',
      widths: [24, 18, 56, 30, 26, 26],
      head: ['类别', '编号', '事项', '承办科室', '目前', '会议意见'],
      rows: rows.map(({ kind, task }) =>
        row(
          centred(kind),
          centred(task.code),
          task.title,
          task.section ?? '待明确',
          stateWord(task.state),
          '',
        ),
      ),
    },
    text('逐项表决,会议意见由整改办会后录入台账;销号、挂牌、摘牌由组长在台账批准后生效。'),
  ];
}

/** Millimetres that a line to sign on takes. */
const SEAT = 8;

const leave: Block = {
  is: 'table',
  caption: '请假情况',
  together: true,
  widths: [40, 40, 50, 26],
  head: ['姓名', '职务', '事由', '代会人员'],
  rows: [1, 2, 3].map(() => ({ cells: ['', '', '', ''], height: SEAT })),
};

/** Chairs for the leaders and for each section that reports. */
function signIn(agenda: Agenda): Block[] {
  const { leaders } = agenda;
  const late = lateIn(agenda, 'table');
  const units = [...new Set(late.flatMap(({ section }) => section ?? []))];
  const seats = [...leaders, ...units.map((unit) => `${unit}主要负责人`), '整改办', '', '', ''];
  return [
    {
      is: 'table',
      widths: [16, 70, 50, 20],
      head: ['序号', '单位、职务', '签名', '备注'],
      rows: seats.map((seat, index) => ({ cells: [centred(String(index + 1)), seat, '', ''], height: SEAT })),
    },
    { is: 'table', widths: [40, 38, 40, 38], rows: [row(label('应到人数'), '', label('实到人数'), '')] },
  ];
}
