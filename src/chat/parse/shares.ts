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
  const matters = told.map(({ said }) => matterOf(said, vocabulary));
  if (new Set(matters).size < 2) return told.map((each) => named(each, told.length));
  const owners = ownersOf(told, tokens);
  const matterOfTold = new Map(told.map((each, index) => [each, matters[index]]));
  return told.map(({ said }, index) => {
    if (!isIntent(said)) return said;
    const { piece } = told[index] ?? {};
    const share = tokens.filter((token, at) => {
      const isOwn = owners[at]?.some((each) => matterOfTold.get(each) === matters[index]) ?? false;
      return (
        isOwn && !(token.is === 'code' && said.task !== undefined && !token.code.tasks.includes(said.task))
      );
    });
    return { ...said, ...(piece === undefined ? {} : { piece }), words: textIn(share).replace(EDGES, '') };
  });
}

/** Of several figures each knows its own words, by which it can be told from the others. */
const named = ({ said, piece }: Told, count: number): Understood =>
  count > 1 && piece !== undefined && isIntent(said) ? { ...said, piece } : said;

const EDGES = /^[\s,、;。:]+|[\s,、;:]+$/gu;

/** `4.3.2`, `3.1.1 office`; a question is a matter of its own. */
function matterOf(said: Understood, { tasks }: Vocabulary): unknown {
  if (!isIntent(said)) return said;
  const task = tasks.find(({ code }) => code === said.task);
  const own = task?.indicators.find(({ code }) => code === said.indicator)?.level ?? task?.level;
  return `${said.task ?? ''} ${isRestricted(own) ? own : ''}`;
}

const isRestricted = (level: Level | null | undefined): boolean => level === 'office' || level === 'self';

/**
 * Whose each token is: words that stand for nothing belong to what was said before them under the same code, else to what
 * follows; a code to what follows it.
 */
function ownersOf(told: readonly Told[], tokens: readonly Token[]): (readonly Told[])[] {
  const standing = new Map<Token, Told[]>();
  for (const each of told) {
    for (const token of each.of) standing.set(token, [...(standing.get(token) ?? []), each]);
  }
  const before = passed(tokens, standing);
  const after = passed(tokens.toReversed(), standing).toReversed();
  return tokens.map((token, at) => {
    const [back, ahead] = [before[at] ?? nobody, after[at] ?? nobody];
    const ways =
      token.is === 'code' ? [ahead.across, back.across] : [standing.get(token) ?? [], back.near, ahead.near];
    return ways.find((owners) => owners.length > 0) ?? [];
  });
}

interface Passed {
  /** Who was passed last since the last code, and who was at all. */
  near: readonly Told[];
  across: readonly Told[];
}
const nobody: Passed = { near: [], across: [] };

/** At each token, whose words were passed on the way to it. */
function passed(tokens: readonly Token[], standing: ReadonlyMap<Token, Told[]>): Passed[] {
  let so = nobody;
  return tokens.map((token) => {
    const here = so;
    const owners = standing.get(token);
    if (owners) so = { near: owners, across: owners };
    else if (token.is === 'code') so = { ...so, near: [] };
    return here;
  });
}
