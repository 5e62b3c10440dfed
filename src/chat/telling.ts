import type { Extension } from '../ledger/acts/extension.ts';
import type { Lookback } from '../ledger/acts/lookback.ts';
import type { Day } from '../ledger/days.ts';
import type { TaskFacts } from '../ledger/facts.ts';
import { showsIn } from '../ledger/rules/audience.ts';
import { completionOf, percent, reach, subjects } from '../ledger/rules/completion.ts';
import { type Figure, figureOf, measure } from '../ledger/rules/figure.ts';
import { type Frame, type Indicator, isPaper } from '../ledger/rules/indicator.ts';
import { always, current, recurs, spanOf, spokenPeriod } from '../ledger/rules/period.ts';
import type { Counts } from '../ledger/rules/standing.ts';
import type { Clock } from '../ledger/terms.ts';
import type { Seen, Survey } from '../ledger/views/survey.ts';
import { dayWord, dueWord, figureWord, lightWord, movedWord } from './words.ts';

const every: Record<Clock, string> = {
  week: '每周',
  month: '每月',
  quarter: '每季度',
  half: '每半年',
  year: '全年',
  once: '共',
  closure: '每项销号后',
};

/** As much of an indicator as says what is asked. */
type Standard = Pick<
  Indicator,
  'comparator' | 'target' | 'targetHigh' | 'unit' | 'kind' | 'clock' | 'subject'
>;

/** What is asked: `全年至少4次`, `每月1次`, `每人全年2次`, `每次不超过90分钟`, `应达100%`. */
export function standardWord(indicator: Standard): string {
  const { comparator, target, targetHigh, unit, kind, clock, subject } = indicator;
  const each = subject === 'person' ? '每人' : '';
  if (kind === 'limit') return `每次不超过${figureWord(target)}${unit}`;
  const bound = { '>=': '至少', '=': '', '<=': '至多', range: '' }[comparator];
  const amount =
    targetHigh === null ? figureWord(target) : `${figureWord(target)}至${figureWord(targetHigh)}`;
  const span = kind === 'ratio' && !recurs(clock) ? '' : every[clock];
  const said = `${each}${span}${bound}${amount}${unit}`;
  // A bare number would stand beside the figure like another figure.
  return /^\d/.test(said) ? `应达${said}` : said;
}

/** A figure as people write it: `12项`, `17/20(85%)`, `3场中2场达标`. */
export function figureWords(indicator: Pick<Indicator, 'unit'>, figure: Figure): string {
  if (figure.kind === 'number') return `${figureWord(figure.value)}${indicator.unit}`;
  if (figure.kind === 'limit') return `${figure.events.length}次中${figure.within}次达标`;
  const share = measure(figure);
  if (figure.whole === 0) return '尚未登记';
  const parts = `${figureWord(figure.part)}/${figureWord(figure.whole)}`;
  return share === null ? parts : `${parts}(${figureWord(Math.floor(share * 100 + 1e-9) / 100)}%)`;
}

/** `【红·逾期3个工作日】【5.1.1】管党治党清单与责任书(机关党委)`. */
export const taskHead = (task: Seen): string =>
  `${lightWord(task.light, task.overdueBy, task.hue)}【${task.code}】${task.title}(${task.section ?? '待明确'})`;

/** A task as one line of a list. */
export const taskRow = (task: Seen, today: Day): string =>
  [
    taskHead(task),
    task.state === 'closed' ? '已销号' : `时限${dueWord(task.deadline, today)}`,
    task.listed && `挂牌督办${termWord(task.listed.term)}`,
    completionWord(task.completion),
  ]
    .filter(Boolean)
    .join(' ');

/** One indicator's place: its running period and the whole year, or how many of everyone have met it. */
export function point(task: TaskFacts, indicator: Indicator, frame: Frame): string {
  if (indicator.subject === 'person') {
    return `${indicator.label}${completionOf(task, indicator, frame) === 1 ? '已齐' : '推进中'}`;
  }
  const period = current(indicator.clock, frame, task.deadline);
  const span = period === null ? always : spanOf(period);
  const figure = figureOf(task, indicator, span);
  if (isPaper(indicator))
    return `${indicator.label}${reach(indicator, figure) === 1 ? '已完成' : '尚未完成'}`;
  const when = period === null ? '' : spokenPeriod(period);
  return `${indicator.label}${when}${figureWords(indicator, figure)},${standardWord(indicator)}`;
}

/** What became of an extension that was asked for. */
export const grantWord = (granted: boolean | null): string =>
  granted === null ? '待批复' : granted ? '已同意' : '未同意';

/** `6月30日→9月30日(逾期后申请,已同意)`: lateness stays visible. */
export const extensionWord = ({ from, to, late, granted }: Extension): string =>
  `${movedWord(from, to)}(${late ? '逾期后申请,' : ''}${grantWord(granted)})`;

export const lookbackWord = ({ on, result }: Lookback): string =>
  `${dayWord(on)}${result === 'holds' ? '巩固' : '反弹,重新推进'}`;

/** `5月6日起,办结时限6月30日`; null for a task that isn't listed. */
export const listedWord = ({ listed }: Pick<Seen, 'listed'>): string | null =>
  listed && `${dayWord(listed.on)}起${termWord(listed.term)}`;

/** What each has come to, by name: of those whose figures may be told. */
export const figuresOfEach = (
  task: TaskFacts,
  indicator: Indicator,
  frame: Frame,
  names: ReadonlyMap<number, string>,
  may: (personId: number) => boolean,
): string[] =>
  subjects(indicator, frame).flatMap((personId) => {
    if (personId === null || !may(personId)) return [];
    const value = measure(figureOf(task, indicator, undefined, personId)) ?? 0;
    return [`${names.get(personId) ?? ''}${figureWord(value)}`];
  });

/** Each task stands once in it: `42项:已销号2项,正常推进36项,滞后4项(其中逾期1项),挂牌督办0项`. */
export const countsWord = (counts: Counts): string =>
  `${counts.all}项:已销号${counts.closed}项,正常推进${counts.progress}项,` +
  `滞后${counts.behind}项(其中逾期${counts.overdue}项),挂牌督办${counts.listed}项${listedLate(counts)}`;

/** The same without what there is none of, for one of many lines. */
export const countsBrief = (counts: Counts): string => {
  const late = counts.overdue > 0 ? `(其中逾期${counts.overdue}项)` : '';
  const parts = [
    ...(counts.closed > 0 ? [`已销号${counts.closed}项`] : []),
    ...(counts.progress > 0 ? [`正常推进${counts.progress}项`] : []),
    ...(counts.behind > 0 ? [`滞后${counts.behind}项${late}`] : []),
    ...(counts.listed > 0 ? [`挂牌督办${counts.listed}项${listedLate(counts)}`] : []),
  ];
  return [`${counts.all}项`, parts.join(',')].filter(Boolean).join(':');
};

/** What is listed is counted there alone; that it is overdue too is said with it. */
export const listedLate = ({ listedOverdue }: Pick<Counts, 'listedOverdue'>): string =>
  listedOverdue > 0 ? `(其中逾期${listedOverdue}项)` : '';

/** Where more is known than in the groups, why the counts there are others: `;滞后中1项因限知指标,群内和通报不计`. */
export function narrowWord(survey: Survey): string {
  const late = (tasks: Seen[]) => tasks.filter(({ standing }) => standing === 'behind').length;
  const more = late(survey.tasks) - late(survey.as(showsIn('system')).tasks);
  return more > 0 ? `;滞后中${more}项因限知指标,群内和通报不计` : '';
}

export const completionWord = (completion: number | null): string =>
  completion === null ? '' : `完成度${percent(completion)}%`;

/** By when a listed task is to be done: `,办结时限5月29日`. */
export const termWord = (term: Day | null): string => (term === null ? '' : `,办结时限${dayWord(term)}`);
