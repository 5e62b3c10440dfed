import type { Day } from '../../ledger/days.ts';
import { periodOf } from '../../ledger/rules/period.ts';
import type { Intent, VocabularyIndicator } from '../intent.ts';
import { happened, isSingleDay, periodOf as periodNamed, type When } from './dates.ts';

/** 3月、4月排查1次, or a week with a month's end in it: one figure for two of its periods. */
export function isOfSeveralPeriods(
  whens: readonly When[],
  { clock }: Pick<VocabularyIndicator, 'clock'>,
  today: Day,
): boolean {
  const days = whens
    .filter((when) => !when.limit && !when.since)
    .flatMap((when) => (isRange(when) ? [when.from, endOf(when, today)] : [when.to]));
  return clock !== 'week' && new Set(days.map((day) => periodOf(clock, day))).size > 1;
}

/** 4月9日5月7日研讨2次: the days of one increment, where they are several. */
export function severalDays(whens: readonly When[], today: Day): Day[] {
  const days = new Set(
    whens.filter((when) => isSingleDay(when) && !when.limit).map((when) => happened(when, today)),
  );
  return days.size > 1 ? [...days] : [];
}

/** When it happened, or over which span a total was stated, as far as the words say so. */
export function timeOf(
  whens: readonly When[],
  { clock }: Pick<VocabularyIndicator, 'clock'>,
  today: Day,
): Pick<Intent, 'on' | 'span' | 'period'> {
  // A total that names several days stands as of the last.
  const day = whens
    .filter(isSingleDay)
    .toSorted((one, other) => one.to.localeCompare(other.to))
    .at(-1);
  const range = whens.find(isRange);
  const span = whens.find((when) => when.clock !== undefined);
  const period = span && periodNamed(span, today);
  return {
    ...(day ? { on: happened(day, today) } : range ? { on: endOf(range, today) } : {}),
    ...(span?.clock !== undefined && span.clock !== clock ? { span: span.clock } : {}),
    ...(period === undefined ? {} : { period }),
  };
}

/** Days on end that are no period of their own: 4月29日至30日, 上周. */
const isRange = (when: When): boolean =>
  !isSingleDay(when) && when.period === undefined && !when.limit && !when.since;

const endOf = ({ to }: When, today: Day): Day => (to < today ? to : today);
