import type { Figure } from './figures.ts';
import { type Clause, hasKind } from './items.ts';
import type { Token } from './tokens.ts';

/** A stretch of a clause that says one figure, or none; the words around the figure say what of and how. */
export interface Portion {
  before: Token[];
  figure?: Figure;
  after: Token[];
  /** In brackets, or behind 其中: a part of the figure before it. */
  within: boolean;
  clause: Clause;
}

export const tokensIn = (portion: Portion): Token[] => [...portion.before, ...portion.after];

export const textIn = (tokens: readonly Token[]): string => tokens.map((token) => token.text).join('');

const isName = (token: Token): boolean => token.is === 'word' && token.word.uses.length > 0;

/**
 * Cuts a clause behind its figures: at a mark or a blank, or where the next name begins (3所学校12条). A name right
 * behind a figure without a name of its own still belongs to it (12项隐患).
 */
export function portionsOf(clause: Clause): Portion[] {
  const portions: Portion[] = [];
  let open: Portion = { before: [], after: [], within: false, clause };
  let within = false;
  const close = () => {
    if (open.before.length > 0 || open.figure) portions.push(open);
    open = { before: [], after: [], within, clause };
  };
  for (const token of clause.tokens) {
    if (hasKind(token, 'within')) within = true;
    if (token.aside !== open.within && (open.before.length > 0 || open.figure) && !within) {
      close();
      open.within = token.aside;
    }
    if (token.is === 'figure' && token.figure.form !== 'other') {
      if (open.figure) close();
      open.figure = token.figure;
      open.within = within || token.aside;
    } else if (!open.figure) {
      if (token.is !== 'break' || token.force === 'list') open.before.push(token);
    } else if (token.is === 'break' || hasKind(token, 'and')) close();
    else if (isName(token) && (open.before.some(isName) || open.after.some((each) => !hasKind(each, 'filler')))) {
      close();
      open.before.push(token);
    } else open.after.push(token);
  }
  close();
  return portions;
}
