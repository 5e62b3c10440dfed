import type { Plan } from '../../ledger/plan.ts';
import { doneWord } from '../doneText.ts';
import type { Figures, Frozen } from '../figures.ts';
import { carriedWord, isOver } from '../nextSteps.ts';
import { periodWord, sinceWord, yearRead } from '../titles.ts';
import { shownIn } from '../version.ts';
import { type Block, type Draft, heading, list, subheading, text } from './draft.ts';
import { fullDay } from './marks.ts';
import {
  apartSentence,
  categoryTable,
  completionSentence,
  countsSentence,
  gainsOf,
  laggardSentence,
  tallyTable,
} from './tallies.ts';

const INTENDED = [
  '对滞后、逾期事项逐项明确完成日期,每月调度,未按期完成的按程序挂牌督办。',
  '对达到标准的事项按申请、审核、核验、批准的程序销号,销号后开展回头看。',
];

/** The secretary's report upward: more in it than in the bulletin, and of restricted matters only how many. */
export function secretaryReport(plan: Pick<Plan, 'title' | 'org' | 'year'>, frozen: Frozen): Draft {
  const figures = shownIn(frozen, 'upward');
  const period = periodWord(figures);
  return {
    name: `${period}整改情况汇报(代拟稿)`,
    parts: [
      {
        numbered: { year: yearRead(figures), upward: true },
        title: [`关于${period}`, plan.title, '情况的汇报'],
        to: '市委、市纪委监委:',
        blocks: [
          text(`现将${period}${plan.title}情况汇报如下。`),
          ...overall(figures),
          ...work(figures),
          ...problems(figures),
          heading('下一步打算'),
          isOver(figures) ? text(`${carriedWord(figures)}。`) : list(INTENDED),
          heading('需上级支持的事项'),
          text('(由组长提出,没有的删去本条。)'),
          { is: 'attached', names: ['整改任务进展情况表'] },
          { is: 'signed', by: `${plan.org}党组`, year: yearRead(figures) },
        ],
      },
      {
        annex: true,
        title: ['整改任务进展情况表'],
        blocks: [
          text(`数据截至${fullDay(figures.asOf)}24时。`),
          categoryTable(figures),
          tallyTable('责任领导', figures.leaders, null, '二、按责任领导'),
          tallyTable('科室(单位)', figures.sections, null, '三、按主办科室(单位)'),
        ],
      },
    ],
  };
}

function overall(figures: Figures): Block[] {
  const { whole, asOf } = figures;
  return [
    heading('总体进展'),
    text(
      `截至${fullDay(asOf)}24时,整改方案${whole.all}项任务中,${countsSentence(whole)};总体${completionSentence(whole)}。`,
    ),
  ];
}

function work(figures: Figures): Block[] {
  const done = doneWord(figures);
  return [
    heading('主要工作'),
    ...(done === '' ? [] : [text(`本季度${done}。`)]),
    ...figures.categories.flatMap((each) => {
      const gains = gainsOf(figures, each.code);
      const closed = figures.closed.filter(({ code }) => code.startsWith(`${each.code}.`));
      const done = closed.map(({ code, title }) => `【${code}】${title}`).join('、');
      return [
        subheading(each.title),
        text(
          `${each.all}项任务${countsSentence(each)}。${gains === '' ? '' : `${sinceWord(figures)}:${gains}。`}${done === '' ? '' : `已销号:${done}。`}`,
        ),
      ];
    }),
  ];
}

function problems(figures: Figures): Block[] {
  const apart = apartSentence(figures);
  return [
    heading('存在的问题'),
    ...(figures.laggards.length === 0 ? [] : [list(figures.laggards.map(laggardSentence))]),
    text(`${apart}${figures.laggards.length === 0 && apart === '' ? '目前没有滞后事项。' : ''}`),
  ];
}
