import type { Day } from '../../ledger/days.ts';
import type { Word } from './lexicon.ts';
import { dayIn } from './spans.ts';
import type { Token } from './tokens.ts';
import { type Kind, wordsOf } from './words.ts';

export const QUESTION = { is: 'word', word: { kinds: new Set<Kind>(['asks']), uses: [] } } as const;

/** Tokens with what they mean by those that stand next to them. */
export function byNeighbours(tokens: readonly Token[], today: Day): Token[] {
  return tokens.map((token, at) => {
    if (token.is === 'when') return ofNamedMonth(tokens, token, at, today);
    if (asksAtEnd(tokens, at)) return { ...token, ...QUESTION };
    if (isGround(tokens, at) || isTopic(tokens, at))
      return { is: 'text', text: token.text, aside: token.aside };
    return token.is === 'word' && (isDoubled(tokens[at - 1], token.word) || isCounted(tokens, at))
      ? { ...token, word: { ...token.word, kinds: new Set<Kind>() } }
      : token;
  });
}

const MONTH = /^\d{1,2}月份?$/u;

/** 5月研讨29日开了1次, said in June: a day that is still to come is the named month's. */
function ofNamedMonth(
  tokens: readonly Token[],
  token: Token & { is: 'when' },
  at: number,
  today: Day,
): Token {
  const [, number] = /^(\d{1,2})[日号]$/u.exec(token.text) ?? [];
  if (number === undefined || token.when.from <= today) return token;
  const stop = tokens.slice(0, at).findLastIndex((each) => each.is === 'break' && each.force === 'stop');
  const named = tokens.slice(stop + 1, at).findLast((each) => each.is === 'when');
  if (named?.is !== 'when' || !MONTH.test(named.text) || named.when.to >= today) return token;
  const day = dayIn(Number(named.when.from.slice(0, 4)), Number(named.when.from.slice(5, 7)), Number(number));
  return day ? { ...token, when: { ...token.when, from: day, to: day } } : token;
}

const DENIALS = wordsOf('没 没有 未 否');

/** 完成没有, 办结了没: a denial at the very end asks. */
function asksAtEnd(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  const before = tokens[at - 1];
  if (!DENIALS.has(tokens[at]?.text) || (next && (next.is !== 'break' || next.force === 'list')))
    return false;
  return (
    before !== undefined && (before.is === 'text' || (before.is === 'word' && before.word.uses.length === 0))
  );
}

/** 实事这块呢,累计11件: in the middle of a sentence 呢 asks nothing. */
function isTopic(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  return tokens[at]?.text === '呢' && next !== undefined && (next.is !== 'break' || next.force === 'clause');
}

/** 基层意见建议: a second name of the same thing is no word of its own. */
const isDoubled = (before: Token | undefined, { uses }: Word): boolean =>
  before?.is === 'word' &&
  uses.some(
    ({ role, indicator }) => role === 'label' && before.word.uses.some((use) => use.indicator === indicator),
  );

/** 建议5条, 建议又收5条, 收到建议: what was taken in, and nothing that somebody suggests. */
function isCounted(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token?.text !== '建议' || token.is !== 'word' || token.word.uses.length === 0) return false;
  const [next, further] = tokens.slice(at + 1, at + 3);
  const counts = (each: Token | undefined) =>
    each?.is === 'figure' && (each.figure.form === 'plus' || each.figure.unit === '条');
  const said = tokens
    .slice(at + 1, at + 5)
    .map(({ text }) => text)
    .join('');
  return (
    counts(next) ||
    (next?.is === 'break' && next.force === 'blank' && counts(further)) ||
    /^(?:已|又|再|新|共|累计)*(?:收|征)[到集]?了?(?:累计|共)?\+?\d/u.test(said) ||
    /(?:收[到集]?|征集|采纳)(?:了|的|群众|基层)?$/u.test(tokens[at - 1]?.text ?? '')
  );
}

const DEMANDS = wordsOf('要求 规定 标准 部署 安排');

/** 按市里要求 says why, 要求 alone says what is to be. */
function isGround(tokens: readonly Token[], at: number): boolean {
  if (!DEMANDS.has(tokens[at]?.text)) return false;
  const before = tokens.slice(Math.max(0, at - 10), at);
  const from = before.findLastIndex((token) => token.is === 'break' && token.force !== 'blank') + 1;
  return before.slice(from).some((token) => /^(?:按|根据|依据|依照|遵照|对照)/.test(token.text));
}
