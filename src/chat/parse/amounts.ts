import type { Day } from '../../ledger/days.ts';
import type { Clock } from '../../ledger/terms.ts';
import type { VocabularyIndicator } from '../intent.ts';
import { isAhead, isSingleDay, type When } from './dates.ts';
import type { Figure } from './figures.ts';
import type { Kind } from './words.ts';

/** How a figure was said: its marks, from its own words and those of its sentence that reach as far. */
export interface Manner {
  kinds: ReadonlySet<Kind>;
  whens: readonly When[];
  /** A school or unit is named whose event it was. */
  school: boolean;
  /** How many came to light stands in front, so that 已改19处 may be of those. */
  found: boolean;
}

/** Only days are counted by halves. */
export const isCountable = ({ value, unit }: Figure, indicator: VocabularyIndicator): boolean =>
  Number.isInteger(value) || (unit || indicator.unit) === '天';

const rank: Record<Clock, number> = { week: 0, month: 1, quarter: 2, half: 3, year: 4, once: 5, closure: 5 };

/**
 * Whether a figure adds to what stands or replaces it; null where the words leave both open. The rules are the
 * design's: +N, 新增, 又, 本月, one dated event add; 累计, 共, 已…N次, 第N次, 由…到 set; a bare count is asked about.
 */
export function operationOf(
  figure: Figure,
  indicator: VocabularyIndicator,
  manner: Manner,
  today: Day,
): 'add' | 'set' | null {
  if (
    figure.form === 'minus' ||
    figure.form === 'vague' ||
    manner.kinds.has('unsure') ||
    manner.kinds.has('wrong') ||
    manner.kinds.has('compared')
  )
    return null;
  if (!isCountable(figure, indicator)) return null;
  const adds = figure.form === 'plus' || manner.kinds.has('more');
  // +0 adds nothing: it may mean that what stands isn't so.
  if (figure.form === 'plus' && figure.value === 0) return null;
  // 风险点已整改3个 doesn't say how many there are.
  const ofFound = manner.found && manner.kinds.has('already');
  const handled = ofFound || manner.kinds.has('settled') || manner.kinds.has('done');
  if (indicator.kind === 'level') return handled ? null : adds ? 'add' : manner.school ? null : 'set';
  if (indicator.kind === 'limit') return manner.kinds.has('total') ? null : 'add';
  const total = manner.kinds.has('total') || manner.whens.some((when) => when.since);
  const period = manner.whens.find((when) => when.period !== undefined);
  // 本月第一次演练 is the first of the month, not of the year.
  if (figure.form === 'ordinal' && isShorter(period, indicator)) return figure.value === 1 ? 'add' : null;
  // 我校第一次演练 is one more; of a later one nobody can tell how many of the others are counted.
  if (figure.form === 'ordinal' && manner.kinds.has('school')) return figure.value === 1 ? 'add' : null;
  if (figure.form === 'ordinal' || figure.form === 'reached' || figure.form === 'slash')
    return adds && figure.form !== 'ordinal' ? null : 'set';
  if (total) return adds || manner.school || isShorter(period, indicator) ? null : 'set';
  // 1至4月新建3所 may be all that there are.
  if (adds) return figure.form !== 'plus' && manner.whens.some(isOfMonths) ? null : 'add';
  return byTime(figure, indicator, manner, today);
}

/** The same of a ratio's side: 本月签3家 is news, 本月已签3家 may be all of them, and a whole isn't counted by the month. */
export function ratioOperationOf(
  { form }: Figure,
  side: 'part' | 'whole' | 'both',
  indicator: VocabularyIndicator,
  { kinds, whens }: Manner,
  today: Day,
): 'add' | 'set' | null {
  if (form === 'plus' || kinds.has('more')) return 'add';
  if (kinds.has('total')) return 'set';
  const already = kinds.has('already');
  const isShort = whens.some((when) => isShorter(when, indicator));
  if (!isShort && (already || !whens.some((when) => isPastDay(when, today)))) return 'set';
  return side !== 'part' || already ? null : 'add';
}

/** 已整改19处: only 已 says that it is all there is. */
export const isWeak = ({ form }: Figure, { kinds, whens }: Manner): boolean =>
  form === 'plain' && kinds.has('already') && !kinds.has('total') && whens.every(({ since }) => !since);

/** 本月调研5天 on what is counted by the month: nothing but the month says that it is news. */
export const isOfPeriod = (
  { form }: Figure,
  { clock }: VocabularyIndicator,
  { kinds, whens, school }: Manner,
): boolean =>
  form === 'plain' &&
  !school &&
  !kinds.has('more') &&
  !kinds.has('event') &&
  whens.every((when) => when.clock === clock && when.period !== undefined) &&
  whens.length > 0;

const isShorter = (period: When | undefined, { clock }: VocabularyIndicator): boolean => {
  if (period?.clock === undefined) return false;
  if (period.since && period.from.endsWith('-01-01')) return false;
  return rank[period.clock] < rank[clock];
};

const isOfMonths = ({ from, to, since }: When): boolean =>
  !since && from.endsWith('-01-01') && from.slice(0, 7) < to.slice(0, 7);

const isWithinMonth = ({ from, to, limit }: When): boolean => from.slice(0, 7) === to.slice(0, 7) && !limit;

/** A day or a week that something took place in. */
const isPastDay = (when: When, today: Day): boolean =>
  (isSingleDay(when) || when.clock === 'week') && !when.limit && !isAhead(when, today);

function byTime(
  figure: Figure,
  indicator: VocabularyIndicator,
  manner: Manner,
  today: Day,
): 'add' | 'set' | null {
  const { kinds, whens, school } = manner;
  const already = kinds.has('already');
  if (already && manner.found) return null;
  if (figure.unit === '') return already ? 'set' : null;
  if (already && kinds.has('event') && !whens.some(isSingleDay)) return null;
  if (whens.some((when) => isPastDay(when, today)) || kinds.has('event')) return 'add';
  // 我校今年2次, a school's own total, is part of what there is.
  if (school) return already || whens.some(({ clock }) => clock === 'year') ? null : 'add';
  const period = whens.find((when) => when.clock !== undefined);
  if (period?.clock === undefined) return already ? 'set' : whens.some(isWithinMonth) ? 'add' : null;
  if (period.clock === 'year') return 'set';
  const difference = rank[period.clock] - rank[indicator.clock];
  if (difference > 0) return already ? 'set' : null;
  if (difference === 0 && already) return 'set';
  // What runs now is news. Of a period that is over one event is, too; several may stand in the figure already.
  return already || period.clock === 'half' || (period.to < today && figure.value !== 1) ? null : 'add';
}
