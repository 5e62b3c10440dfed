import type { Code } from './codes.ts';
import type { Token } from './tokens.ts';

/** What stands between two commas; `first` of its sentence, with the codes taken out of it. */
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

/** The clauses that speak of the same tasks. An item without codes is named by its words. */
export interface Item {
  codes: Code[];
  clauses: Clause[];
}

/** Cuts tokens into items: a clause that names a task by number begins one, the clauses after it belong to it. */
export function itemsOf(tokens: Token[]): Item[] {
  const items: Item[] = [];
  let leading: Clause[] = [];
  for (const clause of clausesOf(tokens)) {
    for (const piece of byCode(clause)) {
      const current = items.at(-1);
      if (piece.codes.length === 0) {
        if (current) current.clauses.push(piece.clause);
        else leading.push(piece.clause);
      } else if (current && joins(current, piece)) {
        current.codes.push(...piece.codes);
        if (hasContent(piece.clause.tokens)) current.clauses.push(piece.clause);
      } else {
        const taken = leading.every(isAdverbial) ? leading : [];
        if (taken.length === 0 && leading.length > 0) items.push({ codes: [], clauses: leading });
        items.push({ codes: piece.codes, clauses: [...taken, piece.clause] });
        leading = [];
      }
    }
  }
  return leading.length > 0 ? [...items, { codes: [], clauses: leading }] : items;
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

/** A clause that only says when or to whom, in front of the one that names the task. */
const isAdverbial = (clause: Clause): boolean =>
  clause.tokens.every((token) => {
    if (token.is === 'figure') return token.figure.form === 'other';
    return token.is !== 'word' || (token.word.uses.length === 0 && !hasKind(token, 'pointer'));
  });

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
