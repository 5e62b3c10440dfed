import { reportingWord, toReport } from '../../chat/agenda.ts';
import { dayOf } from '../../ledger/days.ts';
import type { Plan } from '../../ledger/plan.ts';
import { countsOf } from '../../ledger/rules/standing.ts';
import type { Agenda } from '../../ledger/views/agenda.ts';
import { isOpen } from '../points.ts';
import { type Draft, heading, list, type Part, text } from './draft.ts';
import { fullDay, fullHour, weekdayOf } from './marks.ts';
import {
  decisions,
  followed,
  LATE,
  laggards,
  lateIn,
  leave,
  matterRows,
  onTable,
  signIn,
} from './meetingTables.ts';
import { countsSentence } from './tallies.ts';

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
  const onlyHere = late.length - apartIn(agenda);
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
          ...(onlyHere > 0 ? [text(`其中${onlyHere}项因限知指标滞后,会议材料、群内和通报不计入滞后。`)] : []),
          ...laggards(agenda, 'annex'),
          heading('提请会议决定事项'),
          ...decisions(agenda, 'annex'),
        ],
      },
    ],
  };
}

/** Of what the table counts as late, how many it doesn't name. */
const apartIn = (agenda: Agenda): number =>
  toReport(agenda.survey.as(onTable).tasks).length - lateIn(agenda, 'table').length;

function front(plan: Plan, agenda: Agenda, now: Date): Part {
  const { meeting, survey, followUps } = agenda;
  const known = survey.as(onTable).tasks;
  const counts = countsOf(known);
  const { all, behind, listed } = counts;
  const late = lateIn(agenda, 'table');
  const apart = apartIn(agenda);
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
        `${LATE}(${late.length}件):${named === '' ? '无' : named}。${reportingWord(late.length)}现状、原因、完成日期、需会议决定的事项。`,
        `拟销号、挂牌摘牌、延期事项(${matterRows(agenda, 'table').length}件)。`,
      ]),
      heading('总体情况'),
      text(`截至${fullHour(now, plan.timeZone)},${all}项任务中${countsSentence(counts)},四类合计${all}项。`),
      text(
        `挂牌督办和滞后的${behind + listed}项中,${late.length}项列入本材料${apart === 0 ? '' : `,${apart}项由整改办单独报告`}。之后更新的会上口头说明。`,
      ),
      heading('上次议定事项落实情况'),
      ...followed(decided, dayOf(now, plan.timeZone), 'table'),
    ],
  };
}
