import type { Book } from './figure.ts';
import type { Indicator } from './indicator.ts';

/** The bureau's chased indicators by the month of which nothing stands in this one (`2026-03`). */
export const owedIn = <T extends Indicator>(
  { indicators, postings }: Omit<Book, 'indicators'> & { indicators: readonly T[] },
  month: string,
): T[] =>
  indicators.filter(
    (each) =>
      each.class === 'chase' &&
      each.clock === 'month' &&
      each.subject !== 'person' &&
      !postings.some(({ indicatorId, period }) => indicatorId === each.id && period === month),
  );
