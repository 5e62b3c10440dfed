import { dayWord } from '../chat/words.ts';
import { addDays } from '../ledger/days.ts';
import { spokenWithYear } from '../ledger/rules/period.ts';
import type { Figures } from './figures.ts';

/** `2026年一季度`, or the day that they were read for. */
export const periodWord = ({ period, asOf }: Pick<Figures, 'period' | 'asOf'>): string =>
  period === null ? `截至${asOf.slice(0, 4)}年${dayWord(asOf)}` : spokenWithYear(period);

/** The year in which figures are read and their papers issued, at the earliest on the day after: of a year's last day, the next. */
export const yearRead = ({ asOf }: Pick<Figures, 'asOf'>): number => Number(addDays(asOf, 1).slice(0, 4));

/**
 * Since when what was achieved is counted: the plan's beginning. It is 今年 only to whoever reads the figures in that same
 * year, which of a year's last day nobody does.
 */
export function sinceWord({ span: { starts }, asOf }: Pick<Figures, 'span' | 'asOf'>): string {
  const year = asOf.slice(0, 4);
  if (starts.slice(0, 4) === year && yearRead({ asOf }) === Number(year)) return '今年以来';
  return starts === `${year}-01-01` ? `${year}年全年` : '方案实施以来';
}

/** `2026年一季度整改进展`. */
export const titleOf = (figures: Pick<Figures, 'period' | 'asOf'>): string =>
  `${periodWord(figures)}整改进展`;

/** `六类`. */
export const categoriesWord = (count: number): string => `${'零一二三四五六七八九十'[count] ?? count}类`;
