import { figureWords, listedLate } from '../../chat/telling.ts';
import { figureWord } from '../../chat/words.ts';
import type { Day } from '../../ledger/days.ts';
import { spokenPeriods } from '../../ledger/rules/period.ts';
import type { Counts } from '../../ledger/rules/standing.ts';
import { type Achieved, addedTo } from '../achieved.ts';
import { freshWord } from '../bulletinText.ts';
import type { Figures } from '../figures.ts';
import type { Laggard, Tally } from '../standings.ts';
import { type Block, type Cell, row } from './draft.ts';
import { fullDay } from './marks.ts';

/** `已销号2项,正常推进36项,滞后3项(其中逾期1项),挂牌督办1项`. */
export const countsSentence = ({ closed, progress, behind, overdue, listed, ...more }: Counts): string =>
  `已销号${closed}项,正常推进${progress}项,滞后${behind}项(其中逾期${overdue}项),挂牌督办${listed}项${listedLate(more)}`;

/** `总体完成度41%,比上季度末提高5个百分点`; empty where there is nothing to measure. */
export function completionSentence({ completion, before }: Tally): string {
  if (completion === null) return '';
  const last = before?.completion ?? null;
  if (last === null) return `完成度${completion}%`;
  const change = completion - last;
  const word =
    change === 0 ? '与上季度末持平' : `比上季度末${change > 0 ? '提高' : '下降'}${Math.abs(change)}个百分点`;
  return `完成度${completion}%,${word}`;
}

export const count = (words: string | number): Cell => ({ text: String(words), align: 'center' });
const share = (completion: number | null | undefined): string =>
  completion == null ? '—' : `${completion}%`;

/** A row for each part, and the whole below: each task stands once in it. */
export function tallyTable(
  of: string,
  parts: (Tally & { name: string })[],
  whole: Tally | null,
  caption?: string,
): Block {
  const rows = [...parts, ...(whole ? [{ ...whole, name: '合计' }] : [])];
  const compared = rows.some(({ before }) => before !== null);
  return {
    is: 'table',
    together: true,
    widths: compared ? [38.2, 11.4, 16, 14, 11.4, 14, 15, 16, 20] : [41.2, 11.4, 16, 20, 11.4, 20, 20, 16],
    ...(caption === undefined ? {} : { caption }),
    head: [of, ...HEADS, ...(compared ? ['上季度末'] : [])],
    rows: rows.map(({ name, all, closed, progress, behind, overdue, listed, completion, before, ...more }) =>
      row(
        name,
        ...[all, closed, progress, behind, overdue].map(count),
        listedCell(listed, more.listedOverdue),
        count(share(completion)),
        ...(compared ? [count(share(before?.completion))] : []),
      ),
    ),
  };
}

/** 其中逾期 is of what is behind: what is listed and overdue stands with what is listed. */
const listedCell = (listed: number, late: number): Cell =>
  late > 0 ? { text: [String(listed), `逾期${late}`], align: 'center' } : count(listed);

const HEADS = ['任务', '已销号', '正常推进', '滞后', '其中逾期', '挂牌督办', '完成度'];

export const categoryTable = ({ categories, whole }: Figures): Block =>
  tallyTable(
    '类别',
    categories.map((each) => ({ ...each, name: `${each.code} ${each.title}` })),
    whole,
    '一、按类别',
  );

/** What was gained, in the plan's order: `新增学位2100个(本季度900个)、演练1次`. Only what is more than nothing. */
export function gainsOf({ achieved }: Figures, category: string): string {
  return achieved
    .filter(({ task, monitored }) => task.startsWith(`${category}.`) && !monitored)
    .flatMap((each) => gain(each) ?? [])
    .join('、');
}

function gain(each: Achieved): string | undefined {
  const { label, figure, unit } = each;
  if (figure.kind === 'number' && figure.value <= 0) return undefined;
  if (figure.kind === 'ratio' && figure.whole <= 0) return undefined;
  if (figure.kind === 'limit') return undefined;
  const added = addedTo(each);
  const since = added > 0 ? `(本季度新增${figureWord(added)}${unit})` : '';
  return `${label}${figureWords({ unit }, figure)}${since}`;
}

/** `【5.1.1】管党治党清单与责任书(机关党委):原定3月31日完成,已逾期62个工作日,完成度42%。` */
export function laggardSentence(task: Laggard): string {
  const { code, title, section, deadline, light, overdueBy, completion, standing, term, reasons } = task;
  const overdue = overdueBy > 0 ? `已逾期${overdueBy}个工作日` : '到期未销号';
  const behind = light === 'red' ? overdue : behindWord(reasons);
  const late = `完成时限${fullDay(deadline)}${behind === '' ? '' : `,${behind}`}`;
  const done = completion === null ? '' : `,完成度${completion}%`;
  const listed =
    standing === 'listed' ? `,已列为挂牌督办事项${term === null ? '' : `,办结时限${fullDay(term)}`}` : '';
  return `【${code}】${title}(${section ?? '待明确'}):${late}${done}${listed}。`;
}

/** What it is behind with, by periods and days alone: `1月至6月、一季度未达到标准`; nothing of what is only listed. */
function behindWord(reasons: Laggard['reasons']): string {
  const periods = reasons.flatMap((reason) => (reason.why === 'missed' ? [reason.period] : []));
  if (periods.length > 0) return `${spokenPeriods([...new Set(periods)])}未达到标准`;
  const node = reasons.find((reason) => reason.why === 'node');
  if (node) return `未达到${fullDay(node.due)}节点`;
  return reasons.some(({ why }) => why === 'time') ? '距时限已近,进展不足' : '';
}

/** Closed since a day, or ever: `【1.1.2】出台理论学习考核办法(机关党委,2026年5月13日)`. */
export const closedSentence = ({ closed }: Figures, since: Day): string =>
  closed
    .filter(({ on }) => on >= since)
    .map(({ code, title, section, on }) => `【${code}】${title}(${section ?? '待明确'},${fullDay(on)})`)
    .join('、');

/** What this version doesn't name: only how many. */
export function apartSentence({ apart }: Figures): string {
  const late = (apart.behind ?? 0) + (apart.listed ?? 0);
  return [
    ...(apart.fresh ? [`${freshWord(apart.fresh)},已计入上述逾期数。`] : []),
    ...(late === 0 ? [] : [`另有${late}项滞后或挂牌督办事项,按规定单独报告。`]),
  ].join('');
}
