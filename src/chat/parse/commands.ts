import type { Day } from '../../ledger/days.ts';
import { isWholeCompletion, kindsIn } from './claims.ts';
import { type Clause, hasContent, hasKind, isAny, textIn } from './clauses.ts';
import type { Item } from './items.ts';
import { ASKING, against, counts, isMeant, isRequest, isWord, PROPOSES } from './meant.ts';
import type { Token } from './tokens.ts';
import { decisionMatters, type Matter, type Verb } from './verbs.ts';
import type { Kind } from './words.ts';

/** A verb that an item gives as a command; the words before it in its clause, and all that follow. */
export interface Command {
  verb: Verb;
  clause: Clause;
  before: Token[];
  after: Token[];
  /** The clauses of the item that come earlier, and later: those are in `after` too. */
  earlier: Clause[];
  later: Clause[];
}

type Found = Pick<Command, 'verb' | 'before' | 'after'>;

/** What may stand before a verb at the head of a clause. */
const leadIn: readonly Kind[] = [
  'filler',
  'light',
  'receipt',
  'thanks',
  'greeting',
  'request',
  'pointer',
  'theOne',
  'order',
  'and',
  'each',
];
export function commandIn(item: Item, today: Day): Command | null {
  for (const [index, clause] of item.clauses.entries()) {
    const found = decisionIn(clause) ?? completedIn(clause, today) ?? verbIn(clause);
    if (!found) continue;
    const [earlier, later] = [item.clauses.slice(0, index), item.clauses.slice(index + 1)];
    return { ...found, clause, after: [...found.after, ...joined(later)], earlier, later };
  }
  return null;
}

/** What follows a comma each. */
export const joined = (clauses: readonly Clause[]): Token[] =>
  clauses.flatMap(({ tokens }) => [{ is: 'break', force: 'clause', text: ',', aside: false }, ...tokens]);

/** 同意 4.3.2 延期, 延期不批: the halves of a decision in one clause, unless somebody asks for it or tells of it. */
function decisionIn({ tokens }: Clause): Found | null {
  const at = tokens.findIndex((token) => isWord(token) && token.word.decision !== undefined);
  const token = tokens[at];
  if (!isWord(token) || token.word.decision === undefined) return null;
  const before = tokens.slice(0, at);
  const last = before.at(-1);
  // 延期申请批准 tells what of.
  const isApplication = isWord(last) && last.word.matter !== undefined;
  const asked =
    tokens.some((each) => hasKind(each, 'asks')) || (!isApplication && /请$/u.test(last?.text ?? ''));
  const matter = tokens.flatMap((each) => (isWord(each) && each.word.matter ? [each.word.matter] : []))[0];
  if (!matter || asked || before.some((each) => isAny(each, [...against, 'order', 'already']))) return null;
  if (!before.every((each) => isLeadIn(each) || (isWord(each) && each.word.matter !== undefined)))
    return null;
  return { verb: verbFor(matter, token.word.decision), before, after: tokens.slice(at + 1) };
}

export const verbFor = (matter: Matter, decision: 'agree' | 'disagree'): Verb => ({
  act: decisionMatters[matter][decision],
  anywhere: false,
  about: decision === 'agree' ? '同意' : matter,
});

/** 完成 4.3.2 说明: the verb before the code asks for the close-out, unless a figure or a part of the task follows. */
function completedIn({ tokens, codeAt, before }: Clause, today: Day): Found | null {
  const [head, tail] = [tokens.slice(0, before), tokens.slice(before)];
  const narrows = (token: Token) =>
    token.is === 'figure' || (isWord(token) && token.word.uses.some((use) => use.role === 'label'));
  // 销号4.3.2撤回申请: it is taken back.
  const takenBack = tail.some((token) => isWord(token) && token.word.verb?.act === 'undo');
  if (takenBack || codeAt !== 'middle' || tail.some(narrows) || !isWholeCompletion(head, today)) return null;
  return { verb: { act: 'submit', anywhere: true }, before: head, after: tail };
}

/** The first verb that is meant; 看 … 记录 wants the history, 销号申请先撤回 takes it back. */
function verbIn(clause: Clause): Found | null {
  const found = firstVerb(clause);
  const then = found && { show: 'history', submit: 'undo' }[found.verb.act as string];
  const second = found?.after.find((token) => isWord(token) && token.word.verb?.act === then);
  return found && isWord(second) && second.word.verb ? { ...found, verb: second.word.verb } : found;
}

function firstVerb(clause: Clause): Found | null {
  const { tokens } = clause;
  const kinds = kindsIn(tokens);
  const requests = isRequest(tokens);
  const reasoned = withReason(clause) ?? behindReason(clause);
  if (reasoned) return reasoned;
  let leading = true;
  const last = tokens.at(-1);
  const isConfirmation = isWord(last) && last.word.verb?.act === 'confirm';
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1];
    if (isWord(token) && token.word.verb && !token.aside) {
      const marked = token.word.verb.act === 'evidence' && next?.is === 'break' && next.force === 'colon';
      // 代党办 5.1.1 延期到9月30日: right behind the code, whatever stands in front of it.
      const named = token.word.verb.act === 'extend' && at === clause.before && next?.is === 'when';
      // 隐患+5 佐证在2号柜: a blank parts it from the figure that it stands behind.
      const behind =
        token.word.verb.act === 'evidence' &&
        tokens[at - 1]?.is === 'break' &&
        next?.is !== 'figure' &&
        counts(tokens.slice(0, at));
      const placed = leading || token.word.verb.anywhere || marked || named || behind;
      if (placed && isMeant(token.word.verb, clause, at, kinds, leading)) {
        return { verb: token.word.verb, before: tokens.slice(0, at), after: tokens.slice(at + 1) };
      }
    }
    // 拟将4.2.1时限调整至7月31日: 将 in front of what is moved plans nothing.
    const isObject = token.text === '将' && at + 1 === clause.before;
    if (isAny(token, against) && !isObject && !PROPOSES.has(token.text) && !requests) return null;
    // 初审 4.3.2 退回.
    leading &&= isLeadIn(token) || (isWord(token) && token.word.matter !== undefined);
    // 内勤填的数没问题 确认, 内勤报的隐患数我确认: the last word of a clause, behind a blank or what it is about.
    const isLast = tokens[at + (next?.is === 'break' ? 2 : 1)] === last;
    if (isConfirmation && isLast && (next?.is === 'break' || /内勤|代填|代报/u.test(textIn(tokens))))
      leading = true;
  }
  return null;
}

/** 4.3.2因校舍施工延期到8月31日: the reason in front of the verb, whatever it says. */
function withReason({ tokens, before, asks }: Clause): Found | null {
  const from = tokens.findIndex((token, at) => at >= before && hasContent([token]));
  const at = tokens.findIndex(
    (token, index) => isWord(token) && token.word.verb?.act === 'extend' && tokens[index + 1]?.is === 'when',
  );
  const verb = tokens[at];
  if (asks || from < 0 || at <= from || !isWord(verb) || verb.word.verb === undefined) return null;
  if (!/^(?:因|由于)/u.test(textIn(tokens.slice(from, at)))) return null;
  return { verb: verb.word.verb, before: tokens.slice(0, at), after: tokens.slice(at + 1) };
}

/** 材料不全 退回: the last word of a clause, parted by a blank from why. */
function behindReason({ tokens, asks }: Clause): Found | null {
  const [verb, blank] = [tokens.at(-1), tokens.at(-2)];
  if (asks || tokens.length < 3 || blank?.is !== 'break' || !isWord(verb)) return null;
  if (verb.word.verb?.act !== 'return' || /已$|被/u.test(textIn(tokens.slice(0, -2)))) return null;
  return { verb: verb.word.verb, before: tokens.slice(0, -2), after: [] };
}

export const isLeadIn = (token: Token): boolean => {
  if (token.is === 'break' || token.is === 'when' || token.is === 'code') return true;
  if (!isWord(token)) return false;
  const { uses, section, people } = token.word;
  const proposes = PROPOSES.has(token.text) || ASKING.has(token.text);
  const names = uses.length > 0 || section !== undefined || people !== undefined;
  return names || proposes || isAny(token, leadIn);
};
