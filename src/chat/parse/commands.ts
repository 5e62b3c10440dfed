import type { Day } from '../../ledger/days.ts';
import type { Ask, Intent, Understood, VocabularyTask } from '../intent.ts';
import { isUnfinished, isWholeCompletion, kindsIn } from './claims.ts';
import { dueOn, isExact, type When } from './dates.ts';
import { type Clause, hasContent, type Item } from './items.ts';
import { byCodes, byWords, type Context, type Named, namesIn } from './naming.ts';
import { textIn } from './portions.ts';
import type { Token } from './tokens.ts';
import { decisionMatters, type Matter, type Verb } from './verbs.ts';
import type { Kind } from './words.ts';

/** A verb that an item gives as a command; the words before it in its clause, and all that follow. */
export interface Command {
  verb: Verb;
  clause: Clause;
  before: Token[];
  after: Token[];
  /** The clauses of the item that come earlier. */
  earlier: Clause[];
}

/** What may stand before a verb at the head of a clause. */
const leadIn: readonly Kind[] = [
  'filler',
  'receipt',
  'thanks',
  'greeting',
  'request',
  'pointer',
  'theOne',
  'order',
  'and',
];
/** What makes a verb behind it no command. */
const against: readonly Kind[] = [
  'not',
  'future',
  'if',
  'says',
  'asks',
  'except',
  'rest',
  'hedge',
  'ongoing',
];
const marks: readonly Kind[] = ['total', 'more', 'already', 'past', 'rest', 'not'];

const anyKind = (tokens: readonly Token[], wanted: readonly Kind[]): boolean => {
  const kinds = kindsIn(tokens);
  return wanted.some((kind) => kinds.has(kind));
};

export function commandIn(item: Item): Command | null {
  for (const [index, clause] of item.clauses.entries()) {
    const found = verbIn(clause);
    if (!found) continue;
    const rest = item.clauses
      .slice(index + 1)
      .flatMap(({ tokens }): Token[] => [
        { is: 'break', force: 'clause', text: ',', aside: false },
        ...tokens,
      ]);
    return { ...found, clause, after: [...found.after, ...rest], earlier: item.clauses.slice(0, index) };
  }
  return null;
}

function verbIn(clause: Clause): { verb: Verb; before: Token[]; after: Token[] } | null {
  const { tokens } = clause;
  const decided = decisionIn(tokens) ?? completedIn(clause);
  if (decided) return decided;
  const found = firstVerb(tokens);
  const later =
    found?.verb.act === 'show'
      ? found.after.find((token) => token.is === 'word' && token.word.verb?.act === 'history')
      : undefined;
  return found && later?.is === 'word' && later.word.verb ? { ...found, verb: later.word.verb } : found;
}

/** 完成 4.3.2 说明: the verb before the code asks for the close-out, unless a figure or a part of the task follows. */
function completedIn({
  tokens,
  codeAt,
  before,
}: Clause): { verb: Verb; before: Token[]; after: Token[] } | null {
  const [head, tail] = [tokens.slice(0, before), tokens.slice(before)];
  const narrowed = tail.some(
    (token) =>
      token.is === 'figure' || (token.is === 'word' && token.word.uses.some((use) => use.role === 'label')),
  );
  return codeAt === 'middle' && !narrowed && isWholeCompletion(head)
    ? { verb: { act: 'submit', anywhere: false }, before: head, after: tail }
    : null;
}

function firstVerb(tokens: readonly Token[]): { verb: Verb; before: Token[]; after: Token[] } | null {
  let leading = true;
  for (const [at, token] of tokens.entries()) {
    if (token.is === 'word' && token.word.verb && !token.aside) {
      const before = tokens.slice(0, at);
      const after = tokens.slice(at + 1);
      const { verb } = token.word;
      if ((leading || verb.anywhere || isMarked(verb, after)) && isMeant(verb, token, before, after))
        return { verb, before, after };
    }
    leading &&= isLeadIn(token);
  }
  return null;
}

const isLeadIn = (token: Token): boolean => {
  if (token.is === 'break' || token.is === 'when' || token.is === 'code') return true;
  if (token.is !== 'word') return false;
  const { kinds, uses, section, people } = token.word;
  return (
    uses.length > 0 || section !== undefined || people !== undefined || leadIn.some((kind) => kinds.has(kind))
  );
};

/** 佐证: with its colon is one wherever it stands. */
const isMarked = (verb: Verb, after: readonly Token[]): boolean =>
  verb.act === 'evidence' && after[0]?.is === 'break' && after[0].force === 'colon';

function isMeant(
  verb: Verb,
  token: Token & { is: 'word' },
  before: readonly Token[],
  after: readonly Token[],
): boolean {
  const last = before.findLast((each) => hasContent([each]));
  const next = after.find((each) => hasContent([each]));
  if (anyKind(before, against) || (last && anyKind([last], ['past', 'already']))) return false;
  const looksUp = verb.act === 'show' || verb.act === 'history';
  if (!looksUp && anyKind([...before, ...after], ['asks'])) return false;
  if (token.word.uses.length > 0 && next && (next.is === 'figure' || anyKind([next], marks))) return false;
  if (verb.act === 'evidence') return next !== undefined && !anyKind([next], [...marks, 'each']);
  const counts = [...before, ...after].some((each) => each.is === 'figure' && each.figure.form !== 'other');
  if (verb.act === 'history' || verb.act === 'confirm') return !counts;
  return !(verb.act === 'show' && anyKind(after, ['done', 'settled']) && !anyKind(after, ['asks']));
}

/** 同意 4.3.2 延期, 延期不批: the halves of a decision in one clause, unless somebody asks for it. */
function decisionIn(tokens: readonly Token[]): { verb: Verb; before: Token[]; after: Token[] } | null {
  const at = tokens.findIndex((token) => token.is === 'word' && token.word.decision !== undefined);
  const token = tokens[at];
  if (token?.is !== 'word' || token.word.decision === undefined) return null;
  const before = tokens.slice(0, at);
  if (anyKind(before, [...against, 'order']) || anyKind(tokens, ['asks']) || /请|申请$/.test(textIn(before)))
    return null;
  const matter = matterIn(tokens);
  if (!matter) return null;
  const act = decisionMatters[matter][token.word.decision];
  const after = tokens.slice(at + 1);
  return { verb: { act, anywhere: false }, before, after };
}

const matterIn = (tokens: readonly Token[]): Matter | undefined =>
  tokens.flatMap((token) => (token.is === 'word' && token.word.matter ? [token.word.matter] : []))[0];

/** What a command says of each of its tasks. */
export function runCommand(command: Command, item: Item, context: Context, today: Day): Understood[] {
  const { verb, before, after } = command;
  if (verb.act === 'undo' || verb.act === 'confirm') return [plain(command, item)];
  const tokens = [...before, ...after];
  const named = namedIn(command, item, context);
  return named.flatMap((each): Understood[] => {
    if ('ask' in each) return [each.ask];
    return each.tasks.map((task) => forTask(command, task, tokens, item, today));
  });
}

function namedIn({ before, after, clause }: Command, item: Item, context: Context): Exclude<Named, null>[] {
  if (item.codes.length > 0) return byCodes(item.codes, clause.tokens, context);
  const own = after.slice(0, clause.tokens.length);
  const named =
    (namesIn(before).length > 0 ? byWords(before, context, () => true) : null) ??
    byWords([...before, ...own], context, () => true);
  return [named ?? { ask: { ask: 'task' } }];
}

function plain({ verb, clause }: Command, item: Item): Intent {
  const task = clause.codeAt === 'none' ? undefined : item.codes.flatMap((code) => code.tasks)[0];
  const section = clause.tokens.flatMap((token) =>
    token.is === 'word' ? (token.word.section ?? []) : [],
  )[0];
  return {
    act: verb.act,
    ...(task === undefined ? {} : { task }),
    ...(section === undefined ? {} : { section }),
  };
}

function forTask(
  { verb, before, after, earlier }: Command,
  task: VocabularyTask,
  tokens: Token[],
  item: Item,
  today: Day,
): Understood {
  const note = textIn(after).replace(/^[\s,:]+/, '');
  const { act, about } = verb;
  const intent: Intent = {
    act,
    task: task.code,
    ...(about === undefined ? {} : { about }),
    ...(note === '' ? {} : { note }),
  };
  switch (act) {
    case 'submit': {
      const all = about === '坚持' ? before : [...earlier.flatMap((clause) => clause.tokens), ...tokens];
      return isUnfinished(all, today)
        ? { act: 'note', task: task.code, note: textIn(item.clauses.flatMap((clause) => clause.tokens)) }
        : intent;
    }
    case 'extend': {
      const date = dateOf(after, before, today);
      return date === null ? ({ ask: 'date' } satisfies Ask) : { ...intent, date };
    }
    case 'list':
    case 'decide': {
      const date = limitIn(after, today);
      return date === null ? intent : { ...intent, date };
    }
    case 'lookback':
      return lookback(intent, tokens);
    case 'evidence': {
      const labels = labelsIn(tokens, task);
      const [indicator] = labels;
      return indicator !== undefined && labels.length === 1 ? { ...intent, indicator } : intent;
    }
    default:
      return intent;
  }
}

/** The day an extension runs to: the one behind 至 or 到, else the first; vague or passed ones are asked about. */
function dateOf(after: readonly Token[], before: readonly Token[], today: Day): Day | null {
  const when = led(after) ?? firstWhen(after) ?? firstWhen(before);
  return when && isExact(when) ? dueOn(when, today) : null;
}

const firstWhen = (tokens: readonly Token[]): When | undefined =>
  tokens.find((token) => token.is === 'when')?.when;

function led(tokens: readonly Token[]): When | undefined {
  const at = tokens.findIndex(
    (token, index) =>
      token.is === 'when' && /[至到]\s?$/u.test(textIn(tokens.slice(Math.max(0, index - 2), index))),
  );
  const token = tokens[at];
  return token?.is === 'when' ? token.when : undefined;
}

/** A term given with an order: 至5月29日, 月底前. */
function limitIn(tokens: readonly Token[], today: Day): Day | null {
  const when =
    led(tokens) ??
    tokens.find((token) => token.is === 'when' && isExact(token.when) && dueOn(token.when, today) !== null);
  const limit = when && 'is' in when ? (when.is === 'when' ? when.when : undefined) : when;
  return limit && isExact(limit) ? dueOn(limit, today) : null;
}

function lookback(intent: Intent, tokens: readonly Token[]): Understood {
  const kinds = kindsIn(tokens);
  if (kinds.has('holds') === kinds.has('relapsed')) return { ask: 'meaning' };
  return { ...intent, result: kinds.has('holds') ? 'holds' : 'relapsed' };
}

const labelsIn = (tokens: readonly Token[], task: VocabularyTask): string[] => [
  ...new Set(
    namesIn(tokens).flatMap((uses) =>
      uses.flatMap((use) =>
        use.task === task && use.indicator && use.role !== 'part' ? [use.indicator.code] : [],
      ),
    ),
  ),
];

/** A bare 同意 decides what the quoted message asks for, where that is one thing; else it is asked about. */
export function bareDecision(item: Item, context: Context): Understood[] | null {
  const [clause] = item.clauses;
  const token = clause?.tokens.find((each) => each.is === 'word' && each.word.decision !== undefined);
  if (!clause || token?.is !== 'word' || token.word.decision === undefined) return null;
  const others = clause.tokens.filter((each) => each !== token);
  if (!others.every((each) => isLeadIn(each) || anyKind([each], ['past']))) return null;
  const quote = context.scene.quote ?? '';
  const matters = (Object.keys(decisionMatters) as Matter[]).filter((matter) => quote.includes(matter));
  const [matter] = matters;
  const tasks =
    item.codes.length > 0
      ? item.codes.flatMap((code) => code.tasks)
      : context.quoted.map((task) => task.code);
  if (matter === undefined || matters.length > 1 || tasks.length === 0) return [{ ask: 'meaning' }];
  if (item.codes.length === 0 && tasks.length > 1) return [{ ask: 'task', options: tasks }];
  const act = decisionMatters[matter][token.word.decision];
  const note = textIn(item.clauses.flatMap((each) => each.tokens));
  return tasks.map((task) => ({ act, task, note }));
}
