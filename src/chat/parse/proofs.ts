import type { Day } from '../../ledger/days.ts';
import type { Understood } from '../intent.ts';
import type { Told } from './account.ts';
import { type Clause, hasContent, isAny, isFigure } from './clauses.ts';
import { type Command, commandIn, joined } from './commands.ts';
import type { Item } from './items.ts';
import { type Context, namesIn } from './naming.ts';
import { carryOut } from './orders.ts';
import { isProgress } from './said.ts';
import type { Token } from './tokens.ts';

/** 申请销号 佐证:…: what stands behind the request, first, so that the request is looked at with it. */
export function carriedOut(command: Command, item: Item, context: Context): Understood[] {
  const at = proofAt(command);
  const proof = command.after[at];
  if (proof?.is !== 'word' || !proof.word.verb) return carryOut(command, item, context);
  const behind = { ...command, verb: proof.word.verb, after: command.after.slice(at + 2) };
  return [
    ...carryOut(behind, item, context),
    ...carryOut({ ...command, after: command.after.slice(0, at) }, item, context),
  ];
}

/** Where 佐证: stands behind the request, else -1. */
export const proofAt = ({ verb, after }: Command): number =>
  verb.act !== 'submit' || verb.about !== undefined
    ? -1
    : after.findIndex((token, at) => {
        const next = after[at + 1];
        return isEvidence(token) && next?.is === 'break' && next.force === 'colon';
      });

const REQUESTS: ReadonlySet<string> = new Set(['submit', 'extend', 'evidence']);

/** A piece of evidence as far as it goes, and the clauses behind it that report what is new. */
interface Cut {
  command: Command;
  news: Clause[];
}

/**
 * 佐证:演练简报(科内卷5);督查+1 佐证:…: the evidence ends where a figure is reported. That is an increment, parted by
 * any mark from what stands in front of it, or a clause that tells a total, brings evidence of its own or begins a line
 * with its name and figure; 照片12张 and 隐患台账3项 may still be papers. So it does where a request follows. `reads` says
 * what clauses report.
 */
export function newsBehind(command: Command, today: Day, reads: (clauses: Clause[]) => Told[]): Cut {
  const { verb, clause, after, later } = command;
  if (verb.act !== 'evidence') return { command, news: [] };
  const own = after.slice(0, after.length - joined(later).length);
  const isBehind = (each: Clause) => requests(each, today) || isNews(each, reads);
  const at = breaksIn(own).find((mark, index, marks) =>
    isBehind(pieceOf(clause, own.slice(mark + 1, marks[index + 1]))),
  );
  if (at !== undefined) {
    const front = { ...clause, tokens: clause.tokens.slice(0, at - own.length) };
    const kept = { ...command, clause: front, after: own.slice(0, at), later: [] };
    return { command: kept, news: [pieceOf(clause, own.slice(at + 1)), ...later] };
  }
  // 佐证: with its papers below, a line each.
  const first = hasContent(own) ? 0 : 1;
  const from = later.findIndex((each, index) => index >= first && isBehind(each));
  if (from === -1) return { command, news: [] };
  const kept = { ...command, after: [...own, ...joined(later.slice(0, from))], later: later.slice(0, from) };
  return { command: kept, news: later.slice(from).map((each) => withoutHeadOf(each, kept.after)) };
}

/** The marks outside brackets behind which something else may begin. */
const breaksIn = (tokens: readonly Token[]): number[] =>
  tokens.flatMap(({ is, aside }, at) =>
    is === 'break' && !aside && hasContent(tokens.slice(0, at)) ? [at] : [],
  );

const pieceOf = (clause: Clause, tokens: Token[]): Clause => ({
  ...clause,
  ...{ codeAt: 'none', before: 0, opens: false, tokens },
});

/** The evidence's own day is none over what follows it. */
function withoutHeadOf(clause: Clause, evidence: readonly Token[]): Clause {
  if (!clause.under?.of.some((token) => evidence.includes(token))) return clause;
  const { under: _, ...rest } = clause;
  return rest;
}

/** 申请销号 and 延期至… behind any mark, where nothing else stands there. */
function requests(clause: Clause, today: Day): boolean {
  const found = commandIn({ codes: [], clauses: [clause], unreal: false }, today);
  if (!found || found.before.length > 0 || !REQUESTS.has(found.verb.act)) return false;
  return clause.opens || found.after.length === 0 || found.after[0]?.is === 'when';
}

function isNews(clause: Clause, reads: (clauses: Clause[]) => Told[]): boolean {
  const { tokens, starts, opens } = clause;
  const at = tokens.findIndex((token) => token.is === 'figure' && !token.aside);
  const ahead = tokens.slice(0, at).filter(({ is }) => is !== 'break');
  if (at === -1 || namesIn(ahead).length === 0) return false;
  const isMeant = ahead.some((token) => isAny(token, ['total', 'already', 'more']));
  const isProved = tokens.some((token) => isEvidence(token) && !token.aside);
  const isLine = opens && starts === 'line' && namesIn(ahead.slice(-1)).length > 0;
  if (form(tokens[at]) !== 'plus' && !isMeant && !isProved && !isLine) return false;
  const told = reads([clause]);
  return isProved || (opens && !isLine) ? told.length > 0 : told.some(({ said }) => isProgress(said));
}

/** Whether it may tell of something besides papers. */
export const mayCount = ({ tokens }: Clause): boolean =>
  tokens.some((token) => isFigure(token) && !token.aside && !PAPERS.has(token.figure.unit));

/** What papers are counted by; a number without a unit is theirs as well. */
const PAPERS: ReadonlySet<string> = new Set(['', ...'份 张 页 册 本 件 套 卷 期 幅 段'.split(' ')]);

/** Evidence that follows one figure is that figure's; what names none may be that of the one behind it. */
export function withIndicator(
  understood: Understood[],
  before: readonly Told[],
  behind: readonly Told[],
): Understood[] {
  const [ahead, next] = [onlyOf(before), onlyOf(behind)];
  const its = (own: string | undefined) => (before.length > 0 ? (ahead ?? own) : (own ?? next));
  return understood.map((each) => {
    if (!('act' in each) || each.act !== 'evidence') return each;
    const indicator = its(each.indicator);
    return indicator === undefined ? each : { ...each, indicator };
  });
}

/** The one indicator whose figures these are. */
function onlyOf(told: readonly Told[]): string | undefined {
  const [only, ...more] = new Set(told.flatMap(({ said }) => (isProgress(said) ? [said.indicator] : [])));
  return more.length === 0 ? only : undefined;
}

export const isEvidence = (token: Token): boolean =>
  token.is === 'word' && token.word.verb?.act === 'evidence';

const form = (token: Token | undefined) => (token?.is === 'figure' ? token.figure.form : undefined);
