import { codesWord } from '../../chat/words.ts';
import type { Issued } from '../../ledger/acts/bulletins.ts';
import type { Plan } from '../../ledger/plan.ts';
import { spanOf } from '../../ledger/rules/period.ts';
import { doneWord } from '../doneText.ts';
import type { Figures, Frozen } from '../figures.ts';
import { carriedWord, isOver, lateWord, listedBy } from '../nextSteps.ts';
import { categoriesWord, periodWord, sinceWord, yearRead } from '../titles.ts';
import { shownIn } from '../version.ts';
import { type Block, type Draft, heading, list, subheading, text } from './draft.ts';
import { fullDay } from './marks.ts';
import {
  apartSentence,
  categoryTable,
  closedSentence,
  completionSentence,
  countsSentence,
  gainsOf,
  laggardSentence,
  tallyTable,
} from './tallies.ts';

/**
 * 季度通报, as the whole system reads it. Cuts the figures to that version itself. Once issued it is no draft any more:
 * nothing in it waits to be filled in.
 */
export function bulletinDraft(
  plan: Pick<Plan, 'title' | 'org' | 'year'>,
  frozen: Frozen,
  issued?: Issued,
): Draft {
  const figures = shownIn(frozen, 'system');
  const period = periodWord(figures);
  return {
    name: `${period}整改进展情况通报${issued ? '' : '(代拟稿)'}`,
    ...(issued ? { mark: issuedWord(issued) } : {}),
    parts: [
      {
        ...(issued ? {} : { numbered: { year: yearRead(figures) } }),
        title: [`关于${period}`, plan.title, '进展情况的通报'],
        to: '各科室、各下属单位:',
        blocks: [
          text(`现将${period}整改任务进展情况通报如下。`),
          ...overall(figures),
          ...byCategory(figures),
          ...practice(figures, issued !== undefined),
          ...problems(figures),
          ...demands(figures),
          { is: 'attached', names: ['整改任务进展情况表'] },
          {
            ...{ is: 'signed', by: plan.org, year: yearRead(figures) },
            ...(issued ? { on: issued.on } : {}),
          },
        ],
      },
      {
        annex: true,
        title: ['整改任务进展情况表'],
        blocks: [
          text(
            `数据截至${fullDay(figures.asOf)}24时。科室按既定顺序列出,不作排名;部分科室的任务进展另行报告。`,
          ),
          categoryTable(figures),
          tallyTable('科室(单位)', figures.sections, null, '二、按主办科室(单位)'),
        ],
      },
    ],
  };
}

function overall(figures: Figures): Block[] {
  const { whole, asOf } = figures;
  const share = ((100 * whole.closed) / whole.all).toFixed(2);
  return [
    heading('总体情况'),
    text(
      `截至${fullDay(asOf)}24时,整改方案${whole.all}项任务中,${countsSentence(whole)},四类合计${whole.all}项。` +
        `销号率${share}%,总体${completionSentence(whole)}。`,
    ),
  ];
}

function byCategory(figures: Figures): Block[] {
  const since = figures.period === null ? figures.asOf : spanOf(figures.period).starts;
  const closed = closedSentence(figures, since);
  return [
    heading(`${categoriesWord(figures.categories.length)}任务进展`),
    ...figures.categories.flatMap((each) => {
      const gains = gainsOf(figures, each.code);
      return [
        subheading(each.title),
        text(
          `共${each.all}项,${countsSentence(each)};${completionSentence(each)}。${gains === '' ? '' : `${sinceWord(figures)}:${gains}。`}`,
        ),
      ];
    }),
    ...(closed === '' ? [] : [text(`本季度销号:${closed}。`)]),
  ];
}

const issuedWord = ({ on, basis }: Issued): string =>
  `${fullDay(on)}${basis === 'signed' ? '经组长签发' : '按既定授权'}发布`;

/** What was done, in the ledger's own counts; on a draft the place for an example that the office writes. */
function practice(figures: Figures, issued: boolean): Block[] {
  const done = doneWord(figures);
  const example = text('(典型做法由整改办从已销号并经回头看巩固的事项中选写一至两例,没有的删去本句。)');
  if (done === '' && issued) return [];
  return [
    heading('主要做法'),
    ...(done === '' ? [] : [text(`本季度${done}。`)]),
    ...(issued ? [] : [example]),
  ];
}

function problems(figures: Figures): Block[] {
  const { laggards } = figures;
  const apart = apartSentence(figures);
  const named = laggards.length === 0 ? [text('本期没有可在系统内列出的滞后事项。')] : [];
  return [
    heading('存在问题'),
    ...named,
    ...(laggards.length === 0 ? [] : [list(laggards.map(laggardSentence))]),
    ...(apart === '' ? [] : [text(apart)]),
  ];
}

function demands(figures: Figures): Block[] {
  return [
    heading('下一步要求'),
    isOver(figures) ? text(`${carriedWord(figures)}。`) : list(asked(figures)),
    text('意见建议请向整改办反映。'),
  ];
}

function asked(figures: Figures): string[] {
  const { running, late } = listedBy(figures);
  return [
    '滞后和逾期事项的主办科室逐项明确完成日期和责任人,确需延期的在时限前提出申请。',
    ...(running.length > 0 ? ['挂牌督办事项按督办单时限办结并书面反馈,经核验后摘牌。'] : []),
    ...(late.length > 0 ? [`${lateWord(codesWord(late.map(({ code }) => code)))}。`] : []),
    '已达到标准的事项及时补齐佐证,由科室主要负责人申请销号;已销号事项做好回头看。',
  ];
}
