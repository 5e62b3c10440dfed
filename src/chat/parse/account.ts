import type { Understood, Vocabulary } from '../intent.ts';
import { blocks, kindsIn } from './claims.ts';
import { type Clause, textIn, through } from './clauses.ts';
import { namesIn } from './naming.ts';
import { isProgress } from './said.ts';
import type { Token } from './tokens.ts';
import type { Kind } from './words.ts';

/** Something understood, and the tokens of the message that it stands for. */
export interface Told {
  said: Understood;
  of: readonly Token[];
  /** Those of them that are told, where it stands for more. */
  own?: readonly Token[];
  /** These in words. */
  piece?: string;
}

export const tell = (understood: readonly Understood[], of: readonly Token[]): Told[] =>
  understood.map((said) => ({ said, of }));

/** Questions with the words that each is about, and figures among others with theirs. */
export function worded(told: readonly Told[], tokens: readonly Token[]): Told[] {
  const places = new Map(tokens.map((token, at) => [token, at]));
  const wordsOf = (of: readonly Token[]): string => {
    let [from, to] = [tokens.length, -1];
    for (const token of of) {
      const at = places.get(token);
      if (at === undefined) continue;
      from = Math.min(from, at);
      to = Math.max(to, at);
    }
    return to < from ? '' : unframed(textIn(through(tokens, from, to)));
  };
  return told.map(({ said, of, own = of }) => ({
    said: 'ask' in said ? { ...said, words: wordsOf(own) } : said,
    of,
    ...(told.length > 1 && isProgress(said)
      ? { piece: wordsOf(own.filter(({ is }) => is !== 'when' && is !== 'break')) }
      : {}),
  }));
}

/**
 * The pieces of a message with a number, a day or a deed in them that nothing understood stands for, as they were
 * typed: whoever wrote them is told that they don't count. A standard (全年4次) is no news, and words without any of
 * these are kept with the entry.
 */
export function leftOf(tokens: readonly Token[], told: readonly Told[], vocabulary: Vocabulary): string[] {
  const accounted = new Set<Token>();
  // Many a figure stands for the same words.
  for (const of of new Set(told.map((each) => each.of))) for (const token of of) accounted.add(token);
  const pieces: Token[][] = [[]];
  for (const token of tokens) {
    const ends = accounted.has(token) || token.is === 'code' || isStop(token);
    if (ends) pieces.push([]);
    else pieces.at(-1)?.push(token);
  }
  const counted = indicatorsOf(told, vocabulary);
  const left = pieces.filter((piece) => isWeighty(piece, counted)).map((piece) => textIn(piece));
  return [...new Set(left.map(unframed))];
}

/** Of words that are about nothing of ours, what counts something: a courtesy with a number in it isn't meant. */
export function countedIn(stray: readonly Clause[]): string[] {
  const polite = kindsIn(stray.flatMap(({ tokens }) => tokens));
  if ((['receipt', 'thanks', 'greeting', 'promise', 'later'] as const).some((kind) => polite.has(kind)))
    return [];
  return stray.filter(({ tokens }) => tokens.some(isNumber)).map(({ tokens }) => unframed(textIn(tokens)));
}

/** Without the marks that joined it to what was understood. */
function unframed(text: string): string {
  const inner = text.replace(/^[\s、:)]+|[\s、:(]+$/gu, '');
  const opened = inner.split('(').length - inner.split(')').length;
  return opened > 0 ? inner.replace(/^\(/, '') : opened < 0 ? inner.replace(/\)$/, '') : inner;
}

const isStop = (token: Token): boolean =>
  token.is === 'break' && (token.force === 'stop' || (token.force === 'clause' && !token.aside));

function indicatorsOf(told: readonly Told[], { tasks }: Vocabulary): Set<unknown> {
  // 本月排查已完成,佐证:…: what evidence stands behind isn't counted by it.
  const isOf = (said: Understood) => 'indicator' in said && !('act' in said && said.act === 'evidence');
  const codes = new Set(
    told.flatMap(({ said }) => (isOf(said) && 'indicator' in said ? [said.indicator] : [])),
  );
  return new Set(tasks.flatMap(({ indicators }) => indicators.filter(({ code }) => codes.has(code))));
}

const deeds: readonly Kind[] = ['done', 'settled', 'handed', 'issued', 'held'];
const orders: ReadonlySet<string> = new Set(
  'submit verify return extend grant refuse list delist undo'.split(' '),
);

function isWeighty(piece: readonly Token[], counted: ReadonlySet<unknown>): boolean {
  const kinds = kindsIn(piece);
  if (said.some((kind) => kinds.has(kind)) || TARGET.test(textIn(piece)) || isHeading(piece)) return false;
  if (piece.some((token) => isNumber(token) || isDate(token))) return true;
  if (blocks(piece)) return false;
  if (piece.some((token) => token.is === 'word' && orders.has(token.word.verb?.act ?? ''))) return true;
  const names = namesIn(piece).flat();
  const isOfOther = names.some(({ role, indicator }) => NAMING.has(role) && !counted.has(indicator));
  return isOfOther && deeds.some((kind) => kinds.has(kind));
}

/** 局办公室5月进展, 我科5月工作情况如下, 截至5月12日: what the rest stands under. */
const isHeading = (piece: readonly Token[]): boolean =>
  !piece.some(isNumber) && /(?:(?:情况|进展|动态|小结|汇报|总结)(?:如下)?[\s、:)]*|:)$/u.test(textIn(piece));

/** A standard, what is left of one, where a figure came from, of whom it was said: no news beside the figure. */
const said: readonly Kind[] = ['norm', 'rest', 'from', 'everyone'];
const TARGET = /目标|名额|计划数|全年任务/u;

/** A document's number is its name, and 搞了场演练 says none. */
export const isNumber = (token: Token): boolean =>
  token.is === 'figure' && token.figure.elided !== true && !/〔|[编文]号|电话/u.test(token.text);

const NAMING: ReadonlySet<string> = new Set(['label', 'paper', 'title']);

/** A day or a month by its number; 本月 and 今年 are in every report. */
const isDate = (token: Token): boolean => token.is === 'when' && /[\d一二三四五六七八九十]/u.test(token.text);
