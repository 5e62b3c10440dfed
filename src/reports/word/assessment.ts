import type { Plan } from '../../ledger/plan.ts';
import { personCompletion } from '../../ledger/rules/completion.ts';
import type { Assessed } from '../../ledger/views/assessed.ts';
import { figuresOf } from '../figures.ts';
import { yearRead } from '../titles.ts';
import { shownIn } from '../version.ts';
import { type Block, type Draft, heading, row, text } from './draft.ts';
import { fullDay } from './marks.ts';
import { categoryTable, completionSentence, count, countsSentence, tallyTable } from './tallies.ts';

/** 年度考核: by section and by leader, from figures as they stood at a day's end; for the office alone. */
export function assessmentDraft(plan: Plan, assessed: Assessed, now: Date): Draft {
  const { account } = assessed;
  const about = { title: plan.title, period: null, readAt: now };
  const figures = shownIn(figuresOf(account, about, null), 'office');
  const { whole, asOf } = figures;
  return {
    name: `${plan.year}年度整改考核情况(代拟稿)`,
    parts: [
      {
        numbered: { year: yearRead(figures) },
        title: [plan.title, `${plan.year}年度考核情况`],
        blocks: [
          heading('总体情况'),
          text(
            `截至${fullDay(asOf)}24时,${whole.all}项任务中,${countsSentence(whole)};总体${completionSentence(whole)}。`,
          ),
          heading('考核办法'),
          text(
            '以台账中经科室负责人确认的数为准,按任务完成、时限、挂牌、回头看四个方面列出事实,不打分、不排名。',
          ),
          text('派驻机构不列入。评优意见和第三方评估结论由整改办另附。'),
          heading('考核意见'),
          text('(由整改办根据附表提出,报组长审定。)'),
          { is: 'attached', names: ['考核数据表'] },
          { is: 'signed', by: plan.org, year: yearRead(figures) },
        ],
      },
      {
        annex: true,
        title: ['考核数据表'],
        blocks: [
          text(`数据截至${fullDay(asOf)}24时,限知。`),
          categoryTable(figures),
          tallyTable('科室(单位)', figures.sections, null, '二、按主办科室(单位)'),
          recordTable(assessed),
          tallyTable('责任领导', figures.leaders, null, '四、按责任领导'),
          personTable(assessed),
        ],
      },
    ],
  };
}

/** What each lead section's tasks have been through, in the order of 排序. */
function recordTable({ account, records }: Assessed): Block {
  const units = account.sections.filter(
    ({ id, kind }) => kind !== 'resident' && account.survey.tasks.some(({ sectionId }) => sectionId === id),
  );
  return {
    is: 'table',
    caption: '三、时限、挂牌和回头看',
    together: true,
    widths: [60, 32, 32, 32],
    head: ['科室(单位)', '批准延期(次)', '挂牌督办(次)', '回头看反弹(次)'],
    rows: units.map(({ id, name }) => {
      const { extended, listed, relapsed } = records.get(id) ?? { extended: 0, listed: 0, relapsed: 0 };
      return row(name, ...[extended, listed, relapsed].map(count));
    }),
  };
}

/** Of what is asked of each member, only how many are done: the figures are their own. */
function personTable({ account, members }: Assessed): Block {
  const { frame, tasks } = account.survey;
  const asked = tasks.flatMap((task) =>
    task.indicators
      .filter(({ subject, class: kind }) => subject === 'person' && kind === 'chase')
      .map((indicator) => ({ task, indicator })),
  );
  return {
    is: 'table',
    caption: '五、班子成员个人事项(只记是否完成)',
    together: true,
    widths: [72, 28, 28, 28],
    head: ['班子成员', '应完成(项)', '已齐(项)', '推进中(项)'],
    rows: members.map(({ id, name }) => {
      const done = asked.filter(
        ({ task, indicator }) => personCompletion(task, indicator, frame, id) === 1,
      ).length;
      return row(name, ...[asked.length, done, asked.length - done].map(count));
    }),
  };
}
