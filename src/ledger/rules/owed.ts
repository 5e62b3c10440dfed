import type { Measured } from './completion.ts';
import type { Indicator } from './indicator.ts';
import { spanOf } from './period.ts';

/**
 * The bureau's chased indicators by the month of which nothing stands in this one (`2026-03`); none of a month that
 * begins after the deadline.
 */
export const owedIn = <T extends Indicator>(
  { indicators, postings, deadline }: Omit<Measured, 'indicators'> & { indicators: readonly T[] },
  month: string,
): T[] =>
  indicators.filter(
    (each) =>
      each.class === 'chase' &&
      each.clock === 'month' &&
      each.subject !== 'person' &&
      (deadline === null || spanOf(month).starts <= deadline) &&
      !postings.some(({ indicatorId, period }) => indicatorId === each.id && period === month),
  );
