import type { Plan } from '../../ledger/plan.ts';
import type { Agenda } from '../../ledger/views/agenda.ts';
import { type Draft, heading, list, text } from './draft.ts';
import { fullDay, weekdayOf } from './marks.ts';

/** The monthly meeting's notice, for whoever is asked to come by letter. */
export function meetingNotice(plan: Plan, { meeting, mattersBy }: Agenda): Draft {
  const month = Number(meeting.day.slice(5, 7));
  const year = Number(meeting.day.slice(0, 4));
  const { name, phone } = plan.contact;
  return {
    name: `${month}月调度会通知(代拟稿)`,
    parts: [
      {
        numbered: { year },
        title: [`关于召开${month}月整改工作`, '月调度会的通知'],
        to: '领导小组各成员、有关科室(单位):',
        blocks: [
          text(
            `经研究,定于${fullDay(meeting.day)}召开${month}月整改工作月调度会(与推进会合并召开)。现将有关事项通知如下。`,
          ),
          heading('时间和地点'),
          text(
            `${fullDay(meeting.day)}(${weekdayOf(meeting.day)})${meeting.time},${meeting.place}。会期不超过${meeting.minutes}分钟。`,
          ),
          heading('参会人员'),
          text('领导小组组长、副组长,议程所列事项承办科室(单位)主要负责人。'),
          heading('议程'),
          list(['上次议定事项落实情况。', '挂牌督办、逾期和滞后事项。', '拟销号、挂牌、延期事项。']),
          heading('有关要求'),
          list([
            `已在台账登记的不再另报材料;需会议决定的事项,请于${fullDay(mattersBy)}17:00前报整改办。`,
            '汇报每件不超过3分钟,讲现状、原因、完成日期和需会议决定的事项。',
            '不能参会的,按程序向主持人报告后告整改办。',
          ]),
          text(`联系人:${name}${phone === '' ? '' : `,电话:${phone}`}。`),
          { is: 'signed', by: plan.org, year },
        ],
      },
    ],
  };
}
