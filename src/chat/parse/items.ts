import type { Day } from '../../ledger/days.ts';
import { type Clause, clausesOf, hasContent, hasKind, isAny, textIn, trimmed } from './clauses.ts';
import type { Code } from './codes.ts';
import { underHeadings } from './headings.ts';
import { LACKS } from './meant.ts';
import type { Token } from './tokens.ts';
import type { Verb } from './verbs.ts';
import type { Kind } from './words.ts';

/** The clauses that speak of the same tasks. An item without codes is one sentence, named by its words. */
export interface Item {
  codes: Code[];
  clauses: Clause[];
  /** An exception, a condition or somebody's report stood in front of it in its sentence. */
  unreal: boolean;
}

const lasting: readonly Kind[] = ['except', 'if', 'says'];
/** At the end of what was said of one task, these still wait for their verb: 1.1.2未、5.1.1均已办结. */
const dangling: readonly Kind[] = ['not', 'future', 'hedge'];

/**
 * Cuts tokens into items: a clause that names a task by number begins one, the clauses after it belong to it, and so
 * do those before it that say nothing by themselves. `standsAlone` is asked of a line whether it is about no task.
 */
export function itemsOf(tokens: Token[], today: Day, standsAlone: (clause: Clause) => boolean): Item[] {
  const items: Item[] = [];
  let leading: Clause[] = [];
  let unreal = false;
  for (const { codes, clause } of underHeadings(clausesOf(tokens), today).flatMap(byCode)) {
    if (clause.opens) unreal = false;
    const last = items.at(-1);
    const current = last && last.codes.length > 0 && leading.length === 0 ? last : undefined;
    if (codes.length === 0) {
      const apart = clause.opens && standsAlone(clause);
      (current && !apart ? current.clauses : leading).push(clause);
    } else if (current && joins(current, clause)) {
      current.codes.push(...codes);
      if (hasContent(clause.tokens)) current.clauses.push(clause);
    } else {
      const front = leading.at(-1);
      const isOne = front !== undefined && isOnceOf(front, codes, clause);
      if (isOne) leading.pop();
      const own = leading.findLastIndex((each) => !isAdverbial(each, codes)) + 1;
      items.push(...sentences(leading.slice(0, own)), {
        codes,
        clauses: [...leading.slice(own), isOne ? inOne(front, clause) : clause],
        unreal,
      });
      leading = [];
    }
    unreal ||= clause.tokens.some((token) => isAny(token, lasting)) || isAny(clause.tokens.at(-1), dangling);
  }
  return datedBehind(codedBehind([...items, ...sentences(leading)]));
}

/** 9月9日集中学习1天,1.1.1: a code alone, at the very end, is of the sentence in front of it. */
function codedBehind(items: Item[]): Item[] {
  const [front, last] = items.slice(-2);
  const [clause, ...more] = last?.clauses ?? [];
  const isBehind =
    front?.codes.length === 0 && last !== undefined && more.length === 0 && clause?.opens === false;
  if (!isBehind || hasContent(clause.tokens)) return items;
  return [
    ...items.slice(0, -2),
    { ...front, codes: last.codes, clauses: front.clauses.map((each) => ({ ...each, codeAt: 'end' })) },
  ];
}

/** 4.3.2演练+1,4.3.1排查1次,以上都是5月9日的: the time at the very end is said of every item. */
function datedBehind(items: Item[]): Item[] {
  const last = items.at(-1)?.clauses.at(-1);
  const isOfAll =
    last !== undefined &&
    last.tokens[0]?.text === '以上' &&
    last.tokens.every((token) => token.is !== 'figure') &&
    last.tokens.some((token) => token.is === 'when') &&
    last.tokens.some((token) => hasKind(token, 'each'));
  if (!isOfAll) return items;
  return items.map((item) =>
    item.clauses.includes(last) ? item : { ...item, clauses: [...item.clauses, { ...last, opens: false }] },
  );
}

/** Clauses without a code, an item a sentence. */
function sentences(clauses: Clause[]): Item[] {
  const items: Item[] = [];
  for (const clause of clauses) {
    const last = items.at(-1);
    if (last && !clause.opens) last.clauses.push(clause);
    else items.push({ codes: [], clauses: [clause], unreal: false });
  }
  return items;
}

/** `4.3.1,4.3.2 已完成` and `同意销号 1.1.2,2.1.1` share what is said once. */
function joins({ clauses }: Item, clause: Clause): boolean {
  const last = clauses.at(-1);
  if (!last || clause.opens) return false;
  if (!hasContent(last.tokens) && clauses.length === 1) return clause.codeAt === 'head';
  return last.codeAt === 'end' && !hasContent(clause.tokens);
}

/** A clause that names no other task and gives no command: it says when, to whom, on what condition, or a ratio's side. */
const isAdverbial = ({ tokens }: Clause, codes: readonly Code[]): boolean =>
  tokens.every((token, at) => {
    if (token.is !== 'word') return true;
    const { uses, verb } = token.word;
    const sides =
      uses.length === 0 ||
      uses.some(({ role, task }) => SIDES.has(role) && codes.some(({ tasks }) => tasks.includes(task.code)));
    return sides && (verb === undefined || isMissing(verb, tokens, at)) && !hasKind(token, 'pointer');
  });

/** 昨天搞了场演练,4.3.2加1: told in front, and counted behind the code. */
const isOnceOf = (front: Clause, codes: readonly Code[], { tokens, opens, codeAt }: Clause): boolean =>
  !opens &&
  codeAt === 'head' &&
  tokens.length === 1 &&
  tokens[0]?.is === 'figure' &&
  tokens[0].figure.form === 'plus' &&
  tokens[0].figure.value === 1 &&
  front.tokens.some((token) => token.is === 'figure' && token.figure.elided === true) &&
  front.tokens.every(
    (token) =>
      token.is !== 'word' ||
      token.word.uses.length === 0 ||
      token.word.uses.some(({ task }) => codes.some(({ tasks }) => tasks.includes(task.code))),
  );

const inOne = (front: Clause, clause: Clause): Clause => ({
  ...front,
  tokens: [...front.tokens, ...clause.tokens],
  codeAt: 'middle',
  before: front.tokens.length,
});

/** 佐证不足,退回4.3.2: what is missing is no command. */
const isMissing = ({ act }: Verb, tokens: readonly Token[], at: number): boolean =>
  act === 'evidence' && LACKS.test(textIn(tokens.slice(at + 1)));

const SIDES: ReadonlySet<string> = new Set(['numerator', 'denominator', 'facet']);

interface Piece {
  codes: Code[];
  clause: Clause;
}

/**
 * A clause by its groups of codes. With several groups each takes what follows it, or what precedes it where the
 * clause ends in a code; what stands before the first is then said of all of them (9月9日4.3.1…、4.3.2…).
 */
function byCode(clause: Clause): Piece[] {
  const { tokens } = clause;
  const groups = groupsOf(tokens);
  const [first] = groups;
  const last = groups.at(-1);
  if (!first || !last) return [{ codes: [], clause }];
  const head = trimmed(tokens.slice(0, first.from));
  const trailing = groups.length > 1 && head.length > 0 && !hasContent(tokens.slice(last.to));
  const codeAt = head.length === 0 ? 'head' : hasContent(tokens.slice(last.to)) ? 'middle' : 'end';
  return groups.map(({ codes, from, to }, index) => {
    const opens = clause.opens && index === 0;
    if (trailing) {
      const content = trimmed(tokens.slice(groups[index - 1]?.to ?? 0, from));
      return { codes, clause: { ...clause, opens, tokens: content, codeAt, before: content.length } };
    }
    const behind = trimmed(tokens.slice(to, groups[index + 1]?.from ?? tokens.length));
    const own = ofCode(behind);
    const shares = hasKind(behind.at(-1), 'and') && own.length > 0 && own.every(isNamed);
    const content = shares ? [...own, ...predicateOf(tokens.slice(last.to))] : own;
    return {
      codes,
      clause: { ...clause, opens, tokens: [...head, ...content], codeAt, before: head.length },
    };
  });
}

/** 4.3.2的预案和4.3.1的排查: without what only joins it to the code in front and to the next one. */
function ofCode(tokens: Token[]): Token[] {
  const from = tokens[0]?.text === '的' ? 1 : 0;
  const to = tokens.length > from + 1 && hasKind(tokens.at(-1), 'and') ? -1 : undefined;
  return trimmed(tokens.slice(from, to));
}

const isNamed = (token: Token): boolean => token.is === 'word' && token.word.uses.length > 0;

/** What is said of the last name, and of those joined to it. */
const predicateOf = (tokens: readonly Token[]): Token[] => tokens.slice(tokens.findLastIndex(isNamed) + 1);

interface Group {
  from: number;
  to: number;
  codes: Code[];
}

/** Codes next to each other, with 、, 和 or a blank between them. */
function groupsOf(tokens: readonly Token[]): Group[] {
  const groups: Group[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.is !== 'code') continue;
    const last = groups.at(-1);
    if (last && tokens.slice(last.to, at).every(isJoint)) {
      last.to = at + 1;
      last.codes.push(token.code);
    } else groups.push({ from: at, to: at + 1, codes: [token.code] });
  }
  return groups;
}

/** 3.1.1的和3.1.3的都在推进. */
const isJoint = (token: Token): boolean =>
  (token.is === 'break' && token.force !== 'colon') || hasKind(token, 'and') || token.text === '的';
