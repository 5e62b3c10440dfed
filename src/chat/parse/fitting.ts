import type { VocabularyIndicator, VocabularyTask } from '../intent.ts';
import { isPaper } from '../vocabulary.ts';
import type { Figure } from './figures.ts';
import { hasKind } from './items.ts';
import type { Use } from './names.ts';
import { type Portion, textIn } from './portions.ts';
import type { Token } from './tokens.ts';

/** Which indicator a figure is of, or why that can't be said. */
export type Fit =
  | { is: 'fit'; indicators: VocabularyIndicator[] }
  /** The name is there and the unit isn't one of its own. */
  | { is: 'unit' }
  | { is: 'several'; among: VocabularyIndicator[] }
  /** The number is of something else. */
  | { is: 'strange' };

/** The bare unit: a name that goes without saying, or a ratio, which counts in whatever its sides count. */
export const unitFits = (figure: Figure, indicator: VocabularyIndicator): boolean =>
  figure.unit === '' || figure.unit === indicator.unit || indicator.unitAliases.includes(figure.unit);

/** Finds the indicator of a portion's figure in a task; `usual` is the one that was spoken of just before. */
export function fit(portion: Portion & { figure: Figure }, task: VocabularyTask, usual: VocabularyIndicator | undefined): Fit {
  const { figure } = portion;
  const named = nearest(portion, task);
  if (named.length > 0) {
    const fitting = named.filter((each) => each.ratio !== null || unitFits(figure, each));
    if (fitting.length > 0) return { is: 'fit', indicators: fitting };
    return isTight(portion) ? { is: 'unit' } : { is: 'strange' };
  }
  if (figure.form === 'percent') return { is: 'strange' };
  return byUnit(portion, task, usual);
}

/** The indicators named beside the figure: those before it, nearest first, else the one right behind. */
function nearest({ before, after }: Portion, task: VocabularyTask): VocabularyIndicator[] {
  const named = (token: Token) =>
    token.is === 'word' ? token.word.uses.flatMap((use) => (use.task === task ? indicatorOf(use) : [])) : [];
  const ahead = before.map(named).filter((each) => each.length > 0);
  if (ahead.length > 0) return [...new Set(ahead.flat())];
  return named(after.find((token) => !hasKind(token, 'filler')) ?? { is: 'text', text: '', aside: false });
}

const indicatorOf = (use: Use): VocabularyIndicator[] =>
  use.indicator && use.role !== 'part' && !isPaper(use.indicator) ? [use.indicator] : [];

/** Nothing but words of the grammar between the name and the figure. */
function isTight({ before }: Portion): boolean {
  const from = before.findLastIndex((token) => token.is === 'word' && token.word.uses.length > 0);
  return before.slice(from + 1).every((token) => token.is !== 'text' && token.is !== 'figure');
}

function byUnit(portion: Portion & { figure: Figure }, task: VocabularyTask, usual: VocabularyIndicator | undefined): Fit {
  const { figure, before, after } = portion;
  const counted = task.indicators.filter((each) => !isPaper(each) && each.ratio === null);
  if (usual && usual.ratio === null && figure.unit !== '' && unitFits(figure, usual)) return { is: 'fit', indicators: [usual] };
  const beside = [before.at(-1), after[0]].some((token) => token?.is === 'text' && textIn([token]).trim().length > 0);
  const marked = figure.form === 'plus' || figure.form === 'minus';
  if (beside && !marked && figure.unit === '') return { is: 'strange' };
  const fitting = counted.filter((each) => unitFits(figure, each));
  const [only, ...more] = fitting;
  if (only && more.length === 0 && (figure.unit !== '' || task.indicators.length === 1)) {
    return after[0]?.is === 'text' && !marked ? { is: 'strange' } : { is: 'fit', indicators: [only] };
  }
  if (fitting.length === 0 && figure.unit !== '') return marked ? { is: 'several', among: [] } : { is: 'strange' };
  if (after[0]?.is === 'text' && !marked) return { is: 'strange' };
  return { is: 'several', among: figure.unit === '' ? [] : fitting };
}
