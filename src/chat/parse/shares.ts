import type { Level } from '../../ledger/terms.ts';
import type { Understood, Vocabulary } from '../intent.ts';
import type { Told } from './account.ts';
import { textIn } from './clauses.ts';
import { isIntent } from './said.ts';
import type { Token } from './tokens.ts';

/**
 * What was understood, each with its share of the words where a message speaks of several matters: what is said of one
 * isn't kept with another, nor what was asked about, nor what will be refused. A matter is a task, and of a task apart
 * what is restricted.
 */
export function withShares(
  told: readonly Told[],
  tokens: readonly Token[],
  vocabulary: Vocabulary,
): Understood[] {
  const spoken = told.map((each) => ({ ...each, matter: matterOf(each.said, vocabulary) }));
  if (new Set(spoken.map(({ matter }) => matter)).size < 2)
    return told.map((each) => named(each, told.length));
  const words = wordsOf(spoken, tokens);
  return spoken.map(({ said, piece, matter }) =>
    isIntent(said)
      ? { ...said, ...(piece === undefined ? {} : { piece }), words: words(matter, said.task) }
      : said,
  );
}

/** The words of a matter, which is of one task: found once for all that is told of it. */
function wordsOf(spoken: readonly Spoken[], tokens: readonly Token[]) {
  const shares = new Map<string, Token[]>();
  for (const [at, owners] of ownersOf(spoken, tokens).entries()) {
    const token = tokens[at];
    if (token) for (const matter of owners) push(shares, matter, token);
  }
  const known = new Map<string, string>();
  return (matter: string, task: string | undefined): string => {
    const before = known.get(matter);
    if (before !== undefined) return before;
    const isOther = (token: Token) =>
      token.is === 'code' && task !== undefined && !token.code.tasks.includes(task);
    const share = (shares.get(matter) ?? []).filter((token) => !isOther(token));
    const words = textIn(share).replace(EDGES, '');
    known.set(matter, words);
    return words;
  };
}

function push<K>(lists: Map<K, Token[]>, key: K, token: Token): void {
  const list = lists.get(key);
  if (list) list.push(token);
  else lists.set(key, [token]);
}

/** Of several figures each knows its own words, by which it can be told from the others. */
const named = ({ said, piece }: Told, count: number): Understood =>
  count > 1 && piece !== undefined && isIntent(said) ? { ...said, piece } : said;

const EDGES = /^[\s,、;。:]+|[\s,、;:]+$/gu;

/** `4.3.2`, `3.1.1 office`; what is asked about is a matter apart, of which no words are kept. */
function matterOf(said: Understood, { tasks }: Vocabulary): string {
  if (!isIntent(said)) return 'asked';
  const task = tasks.find(({ code }) => code === said.task);
  const own = task?.indicators.find(({ code }) => code === said.indicator)?.level ?? task?.level;
  return `${said.task ?? ''} ${isRestricted(own) ? own : ''}`;
}

const isRestricted = (level: Level | null | undefined): boolean => level === 'office' || level === 'self';

/** What was said of a matter, by the tokens that it stands for. */
interface Spoken {
  of: readonly Token[];
  matter: string;
}

/**
 * Whose each token is: words that stand for nothing belong to what was said before them under the same code, else to what
 * follows; a code to what follows it.
 */
function ownersOf(spoken: readonly Spoken[], tokens: readonly Token[]): Iterable<string>[] {
  const standing = new Map<Token, Set<string>>();
  const seen = new Map<readonly Token[], Set<string>>();
  for (const { of: words, matter } of spoken) {
    const before = seen.get(words) ?? new Set();
    // Many a figure stands for the same words.
    if (before.has(matter)) continue;
    seen.set(words, before.add(matter));
    for (const token of words) standing.set(token, (standing.get(token) ?? new Set()).add(matter));
  }
  const before = passed(tokens, standing);
  const after = passed(tokens.toReversed(), standing).toReversed();
  return tokens.map((token, at) => {
    const [back, ahead] = [before[at] ?? nobody, after[at] ?? nobody];
    const ways =
      token.is === 'code'
        ? [ahead.across, back.across]
        : [standing.get(token) ?? none, back.near, ahead.near];
    return ways.find((owners) => owners.size > 0) ?? none;
  });
}

const none: ReadonlySet<string> = new Set();

interface Passed {
  /** What was passed last since the last code, and what was at all. */
  near: ReadonlySet<string>;
  across: ReadonlySet<string>;
}
const nobody: Passed = { near: none, across: none };

/** At each token, whose words were passed on the way to it. */
function passed(tokens: readonly Token[], standing: ReadonlyMap<Token, ReadonlySet<string>>): Passed[] {
  let so = nobody;
  return tokens.map((token) => {
    const here = so;
    const owners = standing.get(token);
    if (owners) so = { near: owners, across: owners };
    else if (token.is === 'code') so = { ...so, near: none };
    return here;
  });
}
