import { toReport } from '../../chat/agenda.ts';
import { standWord } from '../../chat/followUps.ts';
import { reasonIn, reportIn } from '../../chat/reason.ts';
import { fitForGroup, stateWord } from '../../chat/words.ts';
import type { FollowUp } from '../../ledger/acts/followUps.ts';
import type { Day } from '../../ledger/days.ts';
import { showsIn } from '../../ledger/rules/audience.ts';
import { percent } from '../../ledger/rules/completion.ts';
import type { Agenda } from '../../ledger/views/agenda.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import { isOpen } from '../points.ts';
import { type Block, type Cell, label, row, text } from './draft.ts';
import { fullDay } from './marks.ts';
import { reasonWord } from './reasons.ts';

/** What everybody at the table reads, and what only those read whose it is. */
export type Copy = 'table' | 'annex';

const belongs =
  (copy: Copy) =>
  ({ level }: Pick<Seen, 'level'>) =>
    isOpen(level) === (copy === 'table');

export const LATE = '挂牌督办、逾期和滞后事项';

export const onTable = showsIn('system');

/** What is late by all that the table may know; in the annex whatever else is, also where only something restricted is. */
export function lateIn({ survey }: Agenda, copy: Copy): Seen[] {
  const open = toReport(survey.as(onTable).tasks).filter(belongs('table'));
  if (copy === 'table') return open;
  return toReport(survey.tasks).filter(({ id }) => !open.some((each) => each.id === id));
}

export function followed(followUps: readonly FollowUp[], today: Day, copy: Copy): Block[] {
  if (followUps.length === 0) return [text('没有登记在册的议定事项。')];
  return [
    {
      is: 'table',
      widths: [14, 17, 51, 30, 43, 25],
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

export function laggards(agenda: Agenda, copy: Copy): Block[] {
  const late = lateIn(agenda, copy);
  if (late.length === 0) return [text('没有挂牌督办、逾期和滞后事项。')];
  return [
    {
      is: 'table',
      widths: [22, 14, 40, 26, 52, 40, 22, 30],
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
  /** What exactly is asked for. */
  asked?: string;
}

export function matterRows({ matters, wanted, survey }: Agenda, copy: Copy): Matter[] {
  const tasks = survey.tasks.filter(belongs(copy));
  const of = <T extends { code: string }>(rows: readonly T[], told: (row: T) => Omit<Matter, 'task'>) =>
    tasks.flatMap((task): Matter[] => {
      const row = rows.find(({ code }) => code === task.code);
      return row ? [{ task, ...told(row) }] : [];
    });
  const closing = matters.closeouts.map((code) => ({ code }));
  return [
    ...of(closing, () => ({ kind: '销号' })),
    ...of(wanted.proposed, ({ lift, term }) => ({
      kind: lift ? '摘牌' : '挂牌',
      asked: lift ? '提请摘牌' : `提请挂牌,办结时限${fullDay(term)}`,
    })),
    ...of(wanted.longer, ({ from, to, late }) => ({
      kind: '延期',
      asked: `申请由${fullDay(from)}延至${fullDay(to)}${late ? ',逾期后申请' : ''}`,
    })),
  ];
}

export function decisions(agenda: Agenda, copy: Copy): Block[] {
  const rows = matterRows(agenda, copy);
  if (rows.length === 0) return [text('没有提请会议决定的事项。')];
  return [
    {
      is: 'table',
      widths: [20, 18, 60, 32, 30, 26],
      head: ['类别', '编号', '事项', '承办科室', '目前', '会议意见'],
      rows: rows.map(({ kind, task, asked }) =>
        row(
          centred(kind),
          centred(task.code),
          { text: [task.title, ...(asked === undefined ? [] : [`(${asked})`])] },
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

export const leave: Block = {
  is: 'table',
  caption: '请假情况',
  together: true,
  widths: [40, 40, 50, 26],
  head: ['姓名', '职务', '事由', '代会人员'],
  rows: [1, 2, 3].map(() => ({ cells: ['', '', '', ''], height: SEAT })),
};

/** Chairs for the leaders and for each section that reports. */
export function signIn(agenda: Agenda): Block[] {
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
