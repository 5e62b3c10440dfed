import { countsWord, figureWords } from '../chat/telling.ts';
import { codesWord, dayWord, fitForGroup } from '../chat/words.ts';
import { addDays } from '../ledger/days.ts';
import { measure } from '../ledger/rules/figure.ts';
import { periodOf, spokenPeriod } from '../ledger/rules/period.ts';
import type { Achieved } from './achieved.ts';
import { doneWord } from './doneText.ts';
import type { Figures } from './figures.ts';
import { carriedWord, isOver, lateWord, listedBy } from './nextSteps.ts';
import type { Laggard } from './standings.ts';
import { periodWord, sinceWord } from './titles.ts';

const ACHIEVED = 5;
const NAMED = 6;

/** The bulletin's words, of figures as their readers may see them; no line that never stands in a group. */
export function bulletinText(figures: Figures, contact: { name: string; phone: string }, hasFile: boolean) {
  return {
    title: `【季度通报】${periodWord(figures)}整改进展(数据截至${dayWord(figures.asOf)}24:00)`,
    lines: [
      `${countsWord(figures.whole)}。${closedWord(figures)}`,
      ...achievedLine(figures),
      ...doneLine(figures),
      nextLine(figures),
      `意见建议请向${contact.name}反映${contact.phone === '' ? '' : `(${contact.phone})`}。${hasFile ? '全文见附件。' : ''}`,
    ],
    tasks: codesIn(figures),
  };
}

/** Codes of the tasks that it names. */
const codesIn = ({ laggards, closed, achieved }: Figures): string[] => [
  ...new Set([
    ...tellable(achieved).map(({ task }) => task),
    ...closed.slice(0, NAMED).map(({ code }) => code),
    ...(['listed', 'behind'] as const).flatMap((standing) =>
      laggards
        .filter((each) => each.standing === standing)
        .slice(0, NAMED)
        .map(({ code }) => code),
    ),
  ]),
];

/** What was counted, where it may be told and has come to something: what rose in the quarter first, then what is open to all. */
const tellable = (achieved: readonly Achieved[]): Achieved[] =>
  achieved
    .filter(({ monitored, figure, label }) => !monitored && (measure(figure) ?? 0) > 0 && fitForGroup(label))
    .filter(({ indicator }) => indicator.kind === 'count' || indicator.kind === 'level')
    .toSorted((one, other) => Number(rose(other)) - Number(rose(one)) || isOpen(other) - isOpen(one))
    .slice(0, ACHIEVED);

const rose = ({ figure, before }: Achieved): boolean =>
  before === null || (measure(figure) ?? 0) > (measure(before) ?? 0);

const isOpen = ({ level }: Achieved): number => Number(level === 'open');

function achievedLine(figures: Figures): string[] {
  const parts = tellable(figures.achieved).map(
    ({ task, label, unit, figure }) => `【${task}】${label}${figureWords({ unit }, figure)}`,
  );
  return parts.length === 0 ? [] : [`${sinceWord(figures)}累计:${parts.join('、')}。`];
}

const closedWord = ({ closed }: Figures): string => (closed.length === 0 ? '' : `已销号:${codes(closed)}。`);

function doneLine(figures: Figures): string[] {
  const words = doneWord(figures);
  return words === '' ? [] : [`主要做法:${words}。`];
}

function nextLine(figures: Figures): string {
  const { apart } = figures;
  const more = (apart.listed ?? 0) + (apart.behind ?? 0);
  const parts = [
    ...(isOver(figures) ? [carried(figures)] : asked(figures)),
    ...(more > 0 ? [`另有${more}项按规定单独报告`] : []),
  ];
  return `下一步:${parts.length === 0 ? '按计划推进,逐项对照标准办理销号' : parts.join(';')}。`;
}

const standing = (figures: Figures, as: Laggard['standing']): string =>
  codes(figures.laggards.filter((each) => each.standing === as));

function asked(figures: Figures): string[] {
  const next = spokenPeriod(periodOf('quarter', addDays(figures.asOf, 1)));
  const listed = listedBy(figures);
  const [running, late, behind] = [codes(listed.running), codes(listed.late), standing(figures, 'behind')];
  const { fresh } = figures.apart;
  return [
    ...(running ? [`挂牌督办事项${running}按督办单时限办结`] : []),
    ...(late ? [lateWord(late)] : []),
    ...(behind ? [`对滞后事项${behind}逐项明确完成日期,${next}重点推进`] : []),
    ...(fresh ? [freshWord(fresh)] : []),
  ];
}

function carried(figures: Figures): string {
  const [listed, behind] = [standing(figures, 'listed'), standing(figures, 'behind')];
  return carriedWord(figures, [
    ...(listed ? [`挂牌督办事项${listed}`] : []),
    ...(behind ? [`滞后事项${behind}`] : []),
  ]);
}

/** What became overdue so late that its chief and leader are only hearing of it: counted, not named. */
export const freshWord = (fresh: number): string => `另有${fresh}项刚到期,由承办科室核实`;

const codes = (tasks: readonly { code: string }[]): string =>
  codesWord(
    tasks.map(({ code }) => code),
    NAMED,
  );
