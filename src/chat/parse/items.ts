import type { Code } from './codes.ts';
import type { Token } from './tokens.ts';
import type { Kind } from './words.ts';

/** What stands between two commas, with the codes taken out of it. */
export interface Clause {
  tokens: Token[];
  /** Begins a line or a sentence. */
  opens: boolean;
  /** Where the item's code stood: nothing before it, or nothing behind it but the end. */
  codeAt: 'head' | 'middle' | 'end' | 'none';
  /** How many of its tokens stood before the code. */
  before: number;
  /** Behind 其中 in its sentence. */
  within: boolean;
}

/** The clauses that speak of the same tasks. An item without codes is one sentence, named by its words. */
export interface Item {
  codes: Code[];
  clauses: Clause[];
  /** An exception, a condition or somebody's report stood in front of it in its sentence. */
  unreal: boolean;
}

/**
 * Cuts tokens into items: a clause that names a task by number begins one, the clauses after it belong to it, and so
 * do those before it that say nothing by themselves. `standsAlone` is asked of a line whether it is about no task.
 */
export function itemsOf(tokens: Token[], standsAlone: (clause: Clause) => boolean): Item[] {
  const items: Item[] = [];
  let leading: Clause[] = [];
  let unreal = false;
  const add = (codes: Code[], clauses: Clause[], isUnreal: boolean) => items.push({ codes, clauses, unreal: isUnreal });
  for (const clause of clausesOf(tokens)) {
    if (clause.opens) unreal = false;
    for (const piece of byCode(clause)) {
      const current = items.at(-1);
      const coded = current !== undefined && current.codes.length > 0;
      if (piece.codes.length === 0) {
        const apart = clause.opens && standsAlone(clause);
        if (coded && !apart && leading.length === 0) current.clauses.push(piece.clause);
        else leading.push(piece.clause);
      } else if (coded && leading.length === 0 && joins(current, piece)) {
        current.codes.push(...piece.codes);
        if (hasContent(piece.clause.tokens)) current.clauses.push(piece.clause);
      } else {
        const own = leading.findLastIndex((each) => !isAdverbial(each)) + 1;
        for (const sentence of sentences(leading.slice(0, own))) add([], sentence, false);
        add(piece.codes, [...leading.slice(own), piece.clause], unreal);
        leading = [];
      }
      unreal ||= piece.clause.tokens.some((token) => lasting.some((kind) => hasKind(token, kind)));
    }
  }
  for (const sentence of sentences(leading)) add([], sentence, false);
  return items;
}

const lasting: readonly Kind[] = ['except', 'if', 'says'];

function sentences(clauses: Clause[]): Clause[][] {
  const found: Clause[][] = [];
  for (const clause of clauses) {
    const last = found.at(-1);
    if (last && !clause.opens) last.push(clause);
    else found.push([clause]);
  }
  return found;
}

interface Piece {
  codes: Code[];
  clause: Clause;
}

/** `4.3.1,4.3.2 已完成` and `同意销号 1.1.2,2.1.1` share what is said once. */
function joins(item: Item, piece: Piece): boolean {
  const last = item.clauses.at(-1);
  if (!last || piece.clause.opens) return false;
  if (!hasContent(last.tokens) && item.clauses.length === 1) return piece.clause.codeAt === 'head';
  return last.codeAt === 'end' && !hasContent(piece.clause.tokens);
}

/** A clause that names no task and gives no command: it says when, to whom, on what condition. */
const isAdverbial = (clause: Clause): boolean =>
  clause.tokens.every(
    (token) =>
      token.is !== 'word' ||
      (token.word.uses.every((use) => use.role === 'numerator' || use.role === 'denominator' || use.role === 'facet') &&
        token.word.verb === undefined &&
        !hasKind(token, 'pointer')),
  );

export const hasKind = (token: Token, kind: Parameters<ReadonlySet<string>['has']>[0]): boolean =>
  token.is === 'word' && (token.word.kinds as ReadonlySet<string>).has(kind);

const isJoint = (token: Token): boolean =>
  (token.is === 'break' && token.force !== 'colon') || hasKind(token, 'and') || token.text === '的';

export const hasContent = (tokens: Token[]): boolean => tokens.some((token) => token.is !== 'break');

function clausesOf(tokens: Token[]): Clause[] {
  const clauses: Clause[] = [];
  let opens = true;
  let within = false;
  let rest: Token[] = [];
  const close = (stop: boolean) => {
    if (hasContent(rest)) clauses.push({ tokens: trimmed(rest), opens, codeAt: 'none', before: 0, within });
    if (hasContent(rest) || stop) opens = stop;
    within = !stop && (within || rest.some((token) => hasKind(token, 'within')));
    rest = [];
  };
  for (const token of tokens) {
    if (token.is === 'break' && token.force === 'stop') close(true);
    else if (token.is === 'break' && token.force === 'clause' && !token.aside) close(false);
    else if (token.is === 'break' && token.force === 'colon' && rest.every(isAddress)) rest = [];
    else rest.push(token);
  }
  close(true);
  return clauses;
}

/** 各位领导:, 安全科:, 现报进展如下: in front of what is meant. */
const isAddress = (token: Token): boolean =>
  token.is === 'break' ||
  /^(?:报告|汇报)$/.test(token.text) ||
  ['filler', 'light', 'greeting', 'and'].some((kind) => hasKind(token, kind)) ||
  (token.is === 'word' && token.word.section !== undefined);

function trimmed(tokens: Token[]): Token[] {
  const from = tokens.findIndex((token) => token.is !== 'break');
  const to = tokens.findLastIndex((token) => token.is !== 'break');
  return tokens.slice(from, to + 1);
}

/**
 * A clause by its groups of codes. With several groups each takes what follows it, or what precedes it where the
 * clause ends in a code; what stands before the first is then said of all of them (9月9日4.3.1…、4.3.2…).
 */
function byCode(clause: Clause): Piece[] {
  const groups = groupsOf(clause.tokens);
  const [first] = groups;
  const last = groups.at(-1);
  if (!first || !last) return [{ codes: [], clause }];
  const { tokens } = clause;
  const head = tokens.slice(0, first.from);
  const tail = tokens.slice(last.to);
  if (groups.length > 1 && !hasContent(tail) && hasContent(head)) {
    return groups.map((group, index) => {
      const content = tokens.slice(groups[index - 1]?.to ?? 0, group.from);
      return {
        codes: group.codes,
        clause: { ...clause, tokens: trimmed(content), codeAt: 'end', before: content.length },
      };
    });
  }
  return groups.map((group, index) => {
    const content = tokens.slice(group.to, groups[index + 1]?.from ?? tokens.length);
    const codeAt = !hasContent(head) ? 'head' : hasContent(tail) ? 'middle' : 'end';
    const before = trimmed(head);
    return {
      codes: group.codes,
      clause: {
        tokens: [...before, ...trimmed(content)],
        opens: clause.opens && index === 0,
        codeAt,
        before: before.length,
        within: clause.within,
      },
    };
  });
}

interface Group {
  from: number;
  to: number;
  codes: Code[];
}

/** Codes next to each other, with 、, 和 or a blank between them. */
function groupsOf(tokens: Token[]): Group[] {
  const groups: Group[] = [];
  tokens.forEach((token, at) => {
    if (token.is !== 'code') return;
    const last = groups.at(-1);
    if (last && tokens.slice(last.to, at).every(isJoint)) {
      last.to = at + 1;
      last.codes.push(token.code);
    } else groups.push({ from: at, to: at + 1, codes: [token.code] });
  });
  return groups;
}
