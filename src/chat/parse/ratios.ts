import type { Intent, VocabularyIndicator } from '../intent.ts';
import type { Manner } from './amounts.ts';
import { hasKind, isAny, textIn } from './clauses.ts';
import { namesIn } from './naming.ts';
import type { FiguredPortion } from './portions.ts';
import type { Token } from './tokens.ts';

type Ratio = NonNullable<VocabularyIndicator['ratio']>;

/** What one figure says of a ratio: both sides or one of them. `sure` when a mark says that it is a standing. */
export interface Side {
  part?: number;
  value?: number;
  sure: boolean;
  /** 县区覆盖 共9个: so many are covered, or there are. */
  either?: true;
}

const WHOLE = ['应', '共', '总', '全部', '上年', '去年'];
/** In a comparison with the year before, the part is what there is less. */
const LESS = ['少', '减', '降'];
const DONE = /已|实|了|完|齐|累计|达|共|减|少/u;

/** Reads a ratio's figure by the word nearest before it. A percentage is no figure: both sides are wanted (A.5, T8). */
export function sideOf(portion: FiguredPortion, ratio: Ratio, { kinds }: Manner): Side | null {
  const { figure, before, after } = portion;
  const { form, value, whole } = figure;
  if (form === 'percent' || form === 'vague' || form === 'minus') return null;
  if (form === 'slash') return { part: value, ...(whole === undefined ? {} : { value: whole }), sure: true };
  // 18家已签: a side may be named behind its figure.
  const named = namesIn(before).length > 0 || before.some((token) => token.is === 'text');
  const said = textIn((named ? before : [...before, ...after]).filter((token) => !isTitleOf(token, ratio)));
  // 20家责任书全部签完: of how many can't be told.
  if (!named && isAny(after.at(-1), ['handed', 'done']) && after.some((token) => hasKind(token, 'each')))
    return null;
  const adds = form === 'plus' || kinds.has('more');
  const sure = adds || kinds.has('total') || DONE.test(said);
  const part = nearest(said, [ratio.numerator, ...ratio.numeratorAliases, ...(ratio.parts ? LESS : [])]);
  const other = nearest(said, [ratio.denominator, ...ratio.denominatorAliases]);
  const either = !adds && nearest(said, WHOLE) > part ? { either: true as const } : {};
  if (part > 0 || other > 0) return part >= other ? { part: value, sure, ...either } : { value, sure };
  if (adds) return { part: value, sure };
  if (nearest(said, WHOLE) > 0) return { value, sure };
  // 归档17次 without 已: of what there is, where that is said too.
  if (nearest(said, mere(ratio)) > 0) return { part: value, sure };
  // 发文41件 is how many there are, not how many less.
  return sure && !ratio.parts ? { part: value, sure } : null;
}

/** What 已归档 and 已上会 say was done. */
const mere = ({ numeratorAliases }: Ratio): string[] =>
  numeratorAliases.flatMap((alias) => (/^已..+/u.test(alias) ? alias.slice(1) : []));

/** 精文减会 in front of a figure doesn't say how many less. */
const isTitleOf = (token: Token, ratio: Ratio): boolean =>
  token.is === 'word' &&
  token.text.length > 3 &&
  !ratio.numeratorAliases.includes(token.text) &&
  token.word.uses.some(({ role, indicator }) => role === 'label' && indicator?.ratio === ratio);

/** Whether words without a name of their own give a ratio's whole, or in a comparison what it was before. */
export const isOtherSide = (text: string, ratio: Ratio): boolean =>
  nearest(text, [ratio.denominator, ...ratio.denominatorAliases, ...WHOLE]) > 0;

/** How late the last of these words ends in a text, of two that end in one place the longer (应签, 签); 0 without any. */
const nearest = (text: string, words: readonly string[]): number =>
  Math.max(
    ...words.map((word) => {
      const at = text.lastIndexOf(word);
      return at === -1 ? 0 : at + word.length + word.length / LONGEST;
    }),
  );

/** No side's name is as long. */
const LONGEST = 1000;

/** Which part of a ratio of several parts (文件, 会议) the words are about. */
export const facetOf = (text: string, ratio: Ratio): string | undefined =>
  ratio.parts?.find((part) => [part.label, ...part.aliases].some((each) => text.includes(each)))?.label;

/** A part can't exceed its whole. */
export const isPossible = ({ part, value }: Intent): boolean =>
  part === undefined || value === undefined || part <= value;
