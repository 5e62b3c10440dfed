import { figureWords } from '../../chat/telling.ts';
import { figureWord } from '../../chat/words.ts';
import { type Day, spoken } from '../../ledger/days.ts';
import { chased, completionOf, isMet } from '../../ledger/rules/completion.ts';
import { figureOf, measure } from '../../ledger/rules/figure.ts';
import type { Frame, Indicator } from '../../ledger/rules/indicator.ts';
import { recurs, spanOf, spokenPeriod, spokenPeriods } from '../../ledger/rules/period.ts';
import type { Seen } from '../../ledger/views/survey.ts';

/** So many points of a task are named in its line; the rest is counted. */
const NAMED = 3;

type Shown = (indicator: Indicator) => boolean;

/** Something still open: what it is, and how far it has come. */
interface Point {
  what: string;
  stands: string;
}

/** How something stands of which no figure is shown: because there is none, or because it is each person's own. */
const unbegun = '尚未登记';
const underWay = '推进中';

/**
 * Why a task is lit, as a line says it: `1月至3月研讨、一季度交流会尚未登记;预案2个,3月31日节点3个`. Only of what the
 * readers may know, and nothing where the reason is not for them: another one in its place would mislead.
 */
export function pointsOf(task: Seen, frame: Frame, shown: Shown): string {
  const [worst] = task.reasons;
  const isPeriodic = worst !== undefined && 'indicator' in worst;
  const others = isPeriodic ? comingOrPassed(task, shown) : open(task, frame, shown);
  const points = [...missed(task, shown), ...others];
  const named = points.slice(0, NAMED);
  const alike = [unbegun, underWay].flatMap((stands) => {
    const those = named.filter((point) => point.stands === stands).map(({ what }) => what);
    return those.length > 0 ? [those.join('、') + stands] : [];
  });
  const figures = named.filter(({ stands }) => stands !== unbegun && stands !== underWay);
  return [
    ...alike,
    ...figures.map(({ what, stands }) => what + stands),
    ...(points.length > NAMED ? [`另有${points.length - NAMED}项未齐`] : []),
  ].join(';');
}

/** The ended periods that still ask for something, an indicator at a time: `1月至3月研讨`. */
function missed(task: Seen, shown: Shown): Point[] {
  const periods = new Map<Indicator, string[]>();
  for (const reason of task.reasons) {
    const indicator = reason.why === 'missed' && indicatorOf(task, reason.indicator, shown);
    if (indicator) periods.set(indicator, [...(periods.get(indicator) ?? []), reason.period]);
  }
  return [...periods].flatMap(([indicator, missing]) => {
    if (indicator.subject === 'person') {
      return [{ what: spokenPeriods(missing) + indicator.label, stands: underWay }];
    }
    const empty = missing.filter((period) => made(task, indicator, period) === unbegun);
    const begun = missing.filter((period) => !empty.includes(period));
    return [
      ...(empty.length > 0 ? [{ what: spokenPeriods(empty) + indicator.label, stands: unbegun }] : []),
      ...begun.map((period) => ({
        what: spokenPeriod(period) + indicator.label,
        stands: made(task, indicator, period),
      })),
    ];
  });
}

/** Nodes that were passed, and where nothing is behind, periods that come to their end. */
function comingOrPassed(task: Seen, shown: Shown): Point[] {
  return task.reasons.flatMap((reason) => {
    if (reason.why !== 'node' && !(reason.why === 'period' && task.light === 'blue')) return [];
    const indicator = indicatorOf(task, reason.indicator, shown);
    if (!indicator) return [];
    const ofEach = indicator.subject === 'person' ? underWay : undefined;
    if (reason.why === 'node') {
      const asked = `,${spoken(reason.due)}节点${figureWord(reason.asked)}${indicator.unit}`;
      const stands = ofEach ?? figureWord(reason.figure) + indicator.unit;
      return [{ what: indicator.label, stands: stands + asked }];
    }
    const stands = ofEach ?? made(task, indicator, reason.period);
    const what = spokenPeriod(reason.period) + indicator.label;
    return [{ what, stands: `${stands},截止${spoken(reason.due)}` }];
  });
}

/** What of a task that nothing recurs in is still open. */
const open = (task: Seen, frame: Frame, shown: Shown): Point[] =>
  chased(task)
    .filter((indicator) => shown(indicator) && !recurs(indicator.clock))
    .filter((indicator) => completionOf(task, indicator, frame) !== 1)
    .map((indicator) => ({
      what: indicator.label,
      stands: indicator.subject === 'person' ? underWay : made(task, indicator, 'once'),
    }));

/** `2/8个`, `17/20(85%)`. */
function made(task: Seen, indicator: Indicator, period: string): string {
  const figure = figureOf(task, indicator, spanOf(period));
  if (figure.kind === 'ratio' ? figure.whole === 0 && figure.part === 0 : !measure(figure)) return unbegun;
  if (figure.kind !== 'number' || indicator.comparator === '<=') return figureWords(indicator, figure);
  return `${figureWord(figure.value)}/${figureWord(indicator.target)}${indicator.unit}`;
}

const indicatorOf = (task: Seen, code: string, shown: Shown): Indicator | undefined =>
  task.indicators.find((each) => each.code === code && shown(each));

/** Something that is asked for, and a day that it may have happened on. */
export interface Wanted {
  /** The indicator's code. */
  indicator: string;
  day: Day;
}

/** What a task's light asks for: what ended periods miss, then what the running one does. */
export const wantedOf = ({ reasons }: Seen, { today }: Frame): Wanted[] => [
  ...reasons.flatMap((each) =>
    each.why === 'missed' ? { indicator: each.indicator, day: spanOf(each.period).ends } : [],
  ),
  ...reasons.flatMap((each) => (each.why === 'period' ? { indicator: each.indicator, day: today } : [])),
];

/**
 * How progress on a task could be typed: `@督办 4.3.1 4月9日排查1次 佐证:名称(存放处)`, of what is wanted first. Null
 * where the next thing open isn't a plain count.
 */
export function example(
  task: Seen,
  frame: Frame,
  shown: Shown,
  bot: string,
  wanted: readonly Wanted[],
): string | null {
  const counts = chased(task).filter(
    (indicator) => shown(indicator) && indicator.kind === 'count' && indicator.subject !== 'person',
  );
  const first = wanted.find(({ indicator }) => counts.some(({ code }) => code === indicator));
  const open = counts.filter((indicator) => completionOf(task, indicator, frame) !== 1);
  const next =
    counts.find(({ code }) => code === first?.indicator) ??
    open.find(({ clock }) => recurs(clock)) ??
    open.find((each) => !isMet(task, each, frame, 'once'));
  if (!next) return null;
  return `@${bot} ${task.code} ${spoken(first?.day ?? frame.today)}${next.label}1${next.unit} 佐证:名称(存放处)`;
}
