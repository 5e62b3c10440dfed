import type { Heading } from './headings.ts';
import type { Token } from './tokens.ts';
import { type Kind, wordsOf } from './words.ts';

/** What stands between two commas; a piece of one that names its tasks by code has the code taken out. */
export interface Clause {
  tokens: Token[];
  /** Begins a line or a sentence. */
  opens: boolean;
  /** What it begins: a line, a sentence, or only what stands behind a semicolon. */
  starts?: 'line' | 'sentence' | 'item';
  /** What stands over it. */
  under?: Heading;
  /** Where the code stood: nothing before it, or nothing behind it but the end. */
  codeAt: 'head' | 'middle' | 'end' | 'none';
  /** How many of the tokens stood before the code. */
  before: number;
  /** Behind 其中 in its sentence. */
  within: boolean;
  /** Asks something, so that nothing in it is told. */
  asks: boolean;
}

export const hasKind = (token: Token | undefined, kind: Kind): boolean =>
  token?.is === 'word' && token.word.kinds.has(kind);

export const isAny = (token: Token | undefined, kinds: readonly Kind[]): boolean =>
  kinds.some((kind) => hasKind(token, kind));

/** A number that counts something. */
export const isFigure = (token: Token | undefined): token is Token & { is: 'figure' } =>
  token?.is === 'figure' && token.figure.form !== 'other';

export const hasContent = (tokens: readonly Token[]): boolean => tokens.some((token) => token.is !== 'break');

export const textIn = (tokens: readonly Token[]): string => tokens.map((token) => token.text).join('');

/** Without the marks and blanks around it; a bracket that opens within it closes within it. */
export function trimmed(tokens: Token[]): Token[] {
  const from = tokens.findIndex((token) => token.is !== 'break');
  return through(
    tokens,
    from,
    tokens.findLastIndex((token) => token.is !== 'break'),
  );
}

/** From one token to another, with the bracket that closes behind it. */
export function through(tokens: readonly Token[], from: number, to: number): Token[] {
  const closes = tokens[to]?.aside && tokens[to + 1]?.text === ')';
  return tokens.slice(from, closes ? to + 2 : to + 1);
}

/** Cuts at stops and at commas outside brackets; an address in front of a colon goes. */
export function clausesOf(tokens: Token[]): Clause[] {
  const clauses: Clause[] = [];
  let opens = true;
  let starts: Clause['starts'] = 'line';
  let within = false;
  let rest: Token[] = [];
  let isListed = false;
  const close = (stop: boolean, mark = '') => {
    if (hasContent(rest)) {
      const asks = rest.some((token) => hasKind(token, 'asks'));
      const begins = opens && starts ? { starts } : {};
      clauses.push({ tokens: trimmed(rest), opens, ...begins, codeAt: 'none', before: 0, within, asks });
    }
    if (hasContent(rest) || stop) {
      const before = hasContent(rest) || !opens ? undefined : starts;
      opens = stop;
      starts = mark === '\n' ? 'line' : (before ?? (mark === ';' ? 'item' : 'sentence'));
    }
    within = !stop && (within || rest.some((token) => hasKind(token, 'within')));
    rest = [];
  };
  for (const token of tokens) {
    // 佐证: with its papers on the lines below.
    if (token.text === '\n' && (isListed || endsInProof(rest))) {
      if (isListed) close(false);
      isListed = true;
      continue;
    }
    if (token.is === 'break' && token.force === 'stop') close(true, token.text);
    else if (token.is === 'break' && token.force === 'clause' && !token.aside) {
      if (opens && ADDRESSED.test(textIn(rest))) rest = [];
      else close(false);
    } else if (token.is === 'break' && token.force === 'colon' && rest.length < 8 && rest.every(isAddress))
      rest = [];
    else rest.push(token);
  }
  close(true);
  return clauses.map((clause, at) => (asksBehind(clauses, at) ? { ...clause, asks: true } : clause));
}

function endsInProof(tokens: readonly Token[]): boolean {
  const [verb, colon] = tokens.filter(({ text }) => text !== ' ').slice(-2);
  return colon?.text === ':' && verb?.is === 'word' && verb.word.verb?.act === 'evidence';
}

const COUNTS =
  /(?:算不算|[算计报]得?上?吗|(?:能不能|能否|可不可以|可以|怎么|要不要|用不用|该不该|是否|是不是)(?:都|也|要|能)?(?:[算计报填]|登记)|[算计报].{0,6}还是)/u;

/** 承办省级赛事一场,算不算品牌: what is asked about, whether it counts, isn't told. */
function asksBehind(clauses: readonly Clause[], at: number): boolean {
  const next = clauses[at + 1];
  if (clauses[at]?.asks !== false || !next || next.opens) return false;
  return (next.asks && COUNTS.test(textIn(next.tokens))) || asksBehind(clauses, at + 1);
}

/** 各位领导, in front of a sentence. */
const ADDRESSED = /^(?:尊敬的)?(?:各位)?(?:领导|局长|书记)$/u;

const REPORT = wordsOf('报告 汇报');

/** 各位领导:, 安全科:, 现报进展如下: in front of what is meant. */
const isAddress = (token: Token): boolean =>
  token.is === 'break' ||
  REPORT.has(token.text) ||
  isAny(token, ['filler', 'light', 'greeting', 'and']) ||
  (token.is === 'word' && token.word.section !== undefined);
