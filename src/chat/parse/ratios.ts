import type { Intent, VocabularyIndicator } from '../intent.ts';
import type { Figure } from './figures.ts';
import { type Portion, textIn } from './portions.ts';
import type { Reading } from './sentence.ts';

type Ratio = NonNullable<VocabularyIndicator['ratio']>;

/** What one figure says of a ratio: both sides, one of them, or nothing that can be told apart. */
export type Side = { part?: number; whole?: number } | null;

const WHOLE = /应|共|总|全部|上年|去年|分母/u;
const DONE = /已|了|完|齐|少|减|降|累计|达/u;

/** Reads a ratio's figure by the words before it; a percentage is no figure, the sides are wanted (A.5, T8). */
export function sideOf(portion: Portion & { figure: Figure }, ratio: Ratio, reading: Reading): Side {
  const { figure } = portion;
  if (figure.form === 'percent' || figure.form === 'vague' || figure.form === 'minus') return null;
  if (figure.form === 'slash') return { part: figure.value, ...(figure.whole === undefined ? {} : { whole: figure.whole }) };
  const said = textIn(portion.before);
  if (mentions(said, ratio.denominator, ratio.denominatorAliases)) return { whole: figure.value };
  if (reading.manner.kinds.has('more') || figure.form === 'plus') return { part: figure.value };
  if (mentions(said, ratio.numerator, ratio.numeratorAliases)) return { part: figure.value };
  if (WHOLE.test(said)) return { whole: figure.value };
  return DONE.test(said) ? { part: figure.value } : null;
}

const mentions = (text: string, name: string, aliases: readonly string[]): boolean =>
  [name, ...aliases].some((each) => text.includes(each));

/** Which part of a ratio of several parts (文件, 会议) the words are about. */
export const facetOf = (text: string, ratio: Ratio): string | undefined =>
  ratio.parts?.find((part) => [part.label, ...part.aliases].some((each) => text.includes(each)))?.label;

/** Puts the two sides that were said one after the other into one figure; a part can't exceed its whole. */
export const isPossible = (intent: Intent): boolean =>
  intent.part === undefined || intent.value === undefined || intent.part <= intent.value;
