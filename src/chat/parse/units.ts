import type { VocabularyIndicator } from '../intent.ts';
import type { Figure } from './figures.ts';

/** A bare number goes with any indicator that is named; else the unit must be the indicator's own. */
export const unitFits = (figure: Figure, indicator: VocabularyIndicator): boolean =>
  figure.unit === '' || figure.unit === indicator.unit || indicator.unitAliases.includes(figure.unit);
