import type { VocabularyIndicator, VocabularyTask } from '../intent.ts';
import { isPaper } from '../vocabulary.ts';
import type { Figure } from './figures.ts';
import { hasKind } from './items.ts';
import { namesIn } from './naming.ts';
import { type Portion, textIn } from './portions.ts';
import { isOtherSide } from './ratios.ts';
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
export function fit(
  portion: Portion & { figure: Figure },
  task: VocabularyTask,
  usual: VocabularyIndicator | undefined,
): Fit {
  const { figure } = portion;
  const named = nearest(portion, task);
  if (named.length > 0) {
    const fitting = named.filter((each) => each.ratio !== null || unitFits(figure, each));
    if (fitting.length > 0) return { is: 'fit', indicators: fitting };
    return isTight(portion) || figure.form === 'percent' ? { is: 'unit' } : { is: 'strange' };
  }
  if (figure.form === 'percent')
    return namesIn(portion.before).length > 0 ? { is: 'unit' } : { is: 'strange' };
  if (usual && continues(portion, usual)) return { is: 'fit', indicators: [usual] };
  return byUnit(portion, task);
}

/** The indicators named before the figure, else the one right behind it. */
function nearest({ before, after }: Portion, task: VocabularyTask): VocabularyIndicator[] {
  const ahead = before.flatMap((token) => indicatorsIn(token, task));
  if (ahead.length > 0) return [...new Set(ahead)];
  const behind = after.find((token) => !hasKind(token, 'filler'));
  return behind ? indicatorsIn(behind, task) : [];
}

const indicatorsIn = (token: Token, task: VocabularyTask): VocabularyIndicator[] =>
  token.is !== 'word'
    ? []
    : token.word.uses.flatMap(({ task: its, indicator, role }) =>
        its === task && indicator && role !== 'part' && !isPaper(indicator) ? [indicator] : [],
      );

/** Nothing but words of the grammar between the name and the figure. */
function isTight({ before }: Portion): boolean {
  const from = before.findLastIndex((token) => token.is === 'word' && token.word.uses.length > 0);
  return before.slice(from + 1).every((token) => token.is !== 'text' && token.is !== 'figure');
}

/** A figure without a name goes on about the last one where nothing else is named: 累计98项, 一共二十家, 上年40场. */
function continues(portion: Portion & { figure: Figure }, usual: VocabularyIndicator): boolean {
  const { figure, before } = portion;
  if (usual.ratio) return isOtherSide(textIn(before), usual.ratio);
  return figure.unit !== '' && unitFits(figure, usual) && isBare(before);
}

const isBare = (tokens: readonly Token[]): boolean =>
  namesIn(tokens).length === 0 && tokens.every((token) => token.is !== 'text' || token.text.length < 2);

/** By the unit alone, where one indicator of the task counts in it and no other thing is named. */
function byUnit({ figure, before, after }: Portion & { figure: Figure }, task: VocabularyTask): Fit {
  const counted = task.indicators.filter((each) => !isPaper(each) && each.ratio === null);
  const fitting = counted.filter((each) => unitFits(figure, each));
  const [only, ...more] = fitting;
  const marked = figure.form === 'plus' || figure.form === 'minus';
  const clear = isBare(before) && (marked || after[0]?.is !== 'text');
  const unique = only && more.length === 0 && (figure.unit !== '' || task.indicators.length === 1);
  if (clear && unique) return { is: 'fit', indicators: [only] };
  if (!marked && (!clear || (fitting.length === 0 && figure.unit !== ''))) return { is: 'strange' };
  return { is: 'several', among: figure.unit === '' ? [] : fitting };
}
