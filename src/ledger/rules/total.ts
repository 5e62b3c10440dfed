import { addDays } from '../days.ts';
import { type Book, exact, figureOf, measure } from './figure.ts';
import type { Indicator } from './indicator.ts';
import { spanOf } from './period.ts';

/** A running total as it was said: 今年以来9次, 截至3月底共40件. */
export interface Total {
  /** A ratio's numerator. */
  part: number | null;
  /** A ratio's denominator, or the total itself. */
  value: number | null;
  facet: string | null;
  personId: number | null;
  /** The period that is to be set: the one the words name, else the running one. */
  period: string;
  /** The period that the total is of, `2026` for 今年以来, `once` for the whole plan. */
  over: string;
}

export type Resolved =
  | { is: 'set'; part: number | null; value: number | null }
  /** The earlier periods already hold more than the total: the bot asks, and nothing is written. */
  | { is: 'short'; earlier: number }
  /** It is a total of less than the period, which says nothing about the rest of it. */
  | { is: 'narrow' };

/** What to set the period to, so that the longer span adds up to the total. */
export function resolveTotal(book: Book, indicator: Indicator, total: Total): Resolved {
  const { part, value, facet, personId } = total;
  const over = spanOf(total.over);
  const period = spanOf(total.period);
  if (indicator.kind === 'level' || indicator.kind === 'limit') return { is: 'set', part, value };
  if (over.starts > period.starts || over.ends < period.ends) return { is: 'narrow' };
  if (over.starts === period.starts) return { is: 'set', part, value };
  const postings = book.postings.filter((posting) => facet === null || posting.facet === facet);
  const before = { starts: over.starts, ends: addDays(period.starts, -1) };
  const earlier = figureOf({ ...book, postings }, indicator, before, personId);
  return earlier.kind === 'ratio'
    ? rest(total, earlier.part, earlier.whole)
    : rest(total, 0, measure(earlier) ?? 0);
}

function rest({ part, value }: Total, earlierPart: number, earlierValue: number): Resolved {
  if (part !== null && part < earlierPart) return { is: 'short', earlier: earlierPart };
  if (value !== null && value < earlierValue) return { is: 'short', earlier: earlierValue };
  return {
    is: 'set',
    part: part === null ? null : exact(part - earlierPart),
    value: value === null ? null : exact(value - earlierValue),
  };
}
