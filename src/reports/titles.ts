import { dayWord } from '../chat/words.ts';
import { spokenWithYear } from '../ledger/rules/period.ts';
import type { Figures } from './figures.ts';

/** `2026年一季度`, or the day that they were read for. */
export const periodWord = ({ period, asOf }: Pick<Figures, 'period' | 'asOf'>): string =>
  period === null ? `截至${asOf.slice(0, 4)}年${dayWord(asOf)}` : spokenWithYear(period);

/** Since when what was achieved is counted: the plan's beginning, which is this year's only where it lies in it. */
export const sinceWord = ({ span, asOf }: Pick<Figures, 'span' | 'asOf'>): string =>
  span.starts.slice(0, 4) === asOf.slice(0, 4) ? '今年以来' : '方案实施以来';

/** `2026年一季度整改进展`. */
export const titleOf = (figures: Pick<Figures, 'period' | 'asOf'>): string =>
  `${periodWord(figures)}整改进展`;

/** `六类`. */
export const categoriesWord = (count: number): string => `${'零一二三四五六七八九十'[count] ?? count}类`;
