import { type Clause, hasKind, isAny, isFigure } from './clauses.ts';
import type { Figure } from './figures.ts';
import type { Token } from './tokens.ts';
import type { Kind } from './words.ts';

/** A stretch of a clause that says one figure, or none; the words around the figure say what of and how. */
export interface Portion {
  before: Token[];
  figure?: Figure;
  /** Where the figure stands. */
  number?: Token;
  after: Token[];
  /** In brackets, or behind 其中: a part of the figure before it. */
  within: boolean;
  /** Joined to the portion before it by 、 or 和, so that what is said last is said of both. */
  listed: boolean;
  /** What is counted was visited, by words in front of it. */
  visiting?: true;
  clause: Clause;
}

export type FiguredPortion = Portion & { figure: Figure };

export const isFigured = (portion: Portion): portion is FiguredPortion => portion.figure !== undefined;

/** The words around the figure. */
export const tokensIn = (portion: Portion): Token[] => [...portion.before, ...portion.after];

export const allIn = ({ before, number, after }: Portion): Token[] => [
  ...before,
  ...(number ? [number] : []),
  ...after,
];

/** Words between two figures that belong to the second: 8个预案已改3个, 5个共7个. */
const leading: readonly Kind[] = ['total', 'already', 'more', 'not', 'from', 'rest', 'should'];
const explicit: readonly Kind[] = ['total', 'already', 'more'];

const isName = (token: Token): boolean => token.is === 'word' && token.word.uses.length > 0;
/** Says nothing that a name would have to belong to. */
const isLight = (token: Token): boolean => isAny(token, ['filler', 'light']);

/**
 * Cuts a clause behind its figures: at a mark or a blank, or where the next name begins (3所学校12条). A name right
 * behind a figure without a name of its own still belongs to it (12项隐患).
 */
export function portionsOf(clause: Clause): Portion[] {
  const portions: Portion[] = [];
  let open = started(clause, [], false);
  let within = false;
  /** Whether the open portion hangs on to the one before without any mark between. */
  let attached = false;
  const next = (listed: boolean, attaches: boolean, aside = false) => {
    const cut = attaches ? cutIn(open.after, aside) : -1;
    const handed = cut === -1 ? [] : open.after.splice(cut);
    push(portions, open, attached);
    open = started(clause, handed, listed);
    attached = attaches;
  };
  for (const token of spelledOut(clause.tokens)) {
    within ||= hasKind(token, 'within');
    if (isFigure(token)) {
      if (open.figure) next(false, true, token.aside && !open.within);
      open.figure = token.figure;
      open.number = token;
      const after = portions.some(({ figure }) => figure) || clause.within;
      open.within =
        within || (token.aside && after && !isTotal(open)) || (clause.within && !isExplicit(open));
    } else if (!open.figure) {
      if (token.is !== 'break' || token.force === 'list') open.before.push(token);
    } else if (token.aside && token.is === 'break') {
      // Words in brackets behind a figure tell of it: 检查1次(4月9日), 2次(一中、二小).
      if (token.force === 'list' && open.after.length > 0) open.after.push(token);
    } else if (token.is === 'break' || hasKind(token, 'and')) {
      next(hasKind(token, 'and') || (token.is === 'break' && token.force === 'list'), false);
    } else {
      if (isName(token) && isNamed(open)) next(false, true);
      (open.figure ? open.after : open.before).push(token);
    }
  }
  push(portions, open, attached);
  return portions.map((portion, at) => (isOfBareList(portions, at) ? vaguely(portion) : portion));
}

const SPENT = /(?:投资|投入|资金|经费|金额|预算|费用)(?:约|共|达)?$/u;

/** From where the words between two figures belong to the second. */
function cutIn(after: readonly Token[], aside: boolean): number {
  if (aside) return after.findIndex((token) => token.aside);
  const cut = after.findIndex((token) => isAny(token, leading) || token.text === '到');
  // 新增6处整改5处, 竣工2所在建3所: a verb right in front of a figure tells of it.
  const verb = after.length - (after.at(-1)?.text === '了' ? 2 : 1);
  if (cut === -1 && after.at(-1)?.is === 'when') return after.length - 1;
  // 引进企业1家投资5000万.
  if (cut === -1 && SPENT.test(after.at(-1)?.text ?? '')) return after.length - 1;
  return cut === -1 && isAny(after[verb], ['settled', 'done', 'ongoing']) ? verb : cut;
}

/** 搞了场演练 加1: beside a number the once that isn't spelled out is none. */
function spelledOut(tokens: readonly Token[]): readonly Token[] {
  const isElided = (token: Token) => token.is === 'figure' && token.figure.elided === true;
  const counts = tokens.some((token) => isFigure(token) && !isElided(token));
  return counts
    ? tokens.map((token) => (isElided(token) ? { is: 'text', text: token.text, aside: token.aside } : token))
    : tokens;
}

/** 80、85、70分钟: numbers that share a unit are several figures said as one. */
const isOfBareList = (portions: readonly Portion[], at: number): boolean =>
  isBareBefore(portions[at], portions[at + 1]) || isBareBefore(portions[at - 1], portions[at]);

const isBareBefore = (one: Portion | undefined, other: Portion | undefined): boolean =>
  one?.figure?.form === 'plain' &&
  one.figure.unit === '' &&
  other?.listed === true &&
  other.figure !== undefined &&
  other.before.length === 0;

const vaguely = (portion: Portion): Portion =>
  portion.figure ? { ...portion, figure: { ...portion.figure, form: 'vague' } } : portion;

const started = (clause: Clause, before: Token[], listed: boolean): Portion => ({
  before,
  after: [],
  within: false,
  listed,
  clause,
});

/** Words without a figure that follow one with no mark between belong to it (先进集体2个已上报). */
function push(portions: Portion[], open: Portion, attached: boolean): void {
  const last = portions.at(-1);
  if (!open.figure && attached && last && last.figure?.form !== 'plus') last.after.push(...open.before);
  else if (open.figure || open.before.length > 0) portions.push(open);
}

const isNamed = ({ before, after }: Portion): boolean =>
  before.some(isName) || after.some((token) => !isLight(token) && token.is !== 'text');

/** 新培育1家(累计2家): what it comes to. */
const isTotal = ({ before }: Portion): boolean => before.some((token) => hasKind(token, 'total'));

const isExplicit = ({ before, figure }: Portion): boolean =>
  figure?.form === 'plus' || before.some((token) => isAny(token, explicit));
