import { dayWord } from '../chat/words.ts';
import { spokenPeriod } from '../ledger/rules/period.ts';
import type { Figures } from './figures.ts';

/** `2026年一季度`, or the day that they were read for. */
export const periodWord = ({ period, asOf }: Pick<Figures, 'period' | 'asOf'>): string =>
  period === null
    ? `截至${asOf.slice(0, 4)}年${dayWord(asOf)}`
    : `${period.slice(0, 4)}年${spokenPeriod(period)}`;

/** `2026年一季度整改进展`. */
export const titleOf = (figures: Pick<Figures, 'period' | 'asOf'>): string =>
  `${periodWord(figures)}整改进展`;
