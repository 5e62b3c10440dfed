import type { Day } from '../../ledger/days.ts';
import type { Intent, Understood, VocabularyTask } from '../intent.ts';
import { isUnfinished, kindsIn } from './claims.ts';
import { hasKind, textIn } from './clauses.ts';
import { type Command, isLeadIn, verbFor } from './commands.ts';
import { dueOn, happened, isExact, type When } from './dates.ts';
import type { Figure } from './figures.ts';
import type { Item } from './items.ts';
import { byCodes, byWords, type Context, type Named, namesIn } from './naming.ts';
import type { Token } from './tokens.ts';
import { type Matter, matterWords } from './verbs.ts';

/** What a command says of each of its tasks. */
export function carryOut(command: Command, item: Item, context: Context): Understood[] {
  const { verb, clause } = command;
  if (verb.act === 'undo' || verb.act === 'confirm') return [plain(command, item)];
  if (verb.act === 'extend' && isOfPart(command, item)) return [{ ask: 'meaning' }];
  const section = clause.tokens.flatMap((token) =>
    token.is === 'word' ? (token.word.section ?? []) : [],
  )[0];
  const named =
    item.codes.length > 0 ? byCodes(item.codes, clause.tokens, context) : [nameOf(command, context)];
  return named.flatMap((each): Understood[] => {
    if ('ask' in each && verb.act === 'show' && section !== undefined) return [{ act: 'ledger', section }];
    if ('ask' in each) return [each.ask];
    return each.tasks.map((task) => forTask(command, task, item, context.scene.today));
  });
}

/** 演练推迟到6月30日 moves what the task counts, and not the task's own term, unless somebody applies for it. */
function isOfPart({ clause, before, after }: Command, { codes }: Item): boolean {
  const verb = clause.tokens.slice(before.length, before.length + 1);
  const asked = [...before, ...verb].some(({ text }) => /申请|请求|想/u.test(text));
  const named = namesIn(before);
  const isPart = named.length > 0 && named.every((uses) => uses.every(({ role }) => role !== 'title'));
  const pointed = [...before, ...after].some(
    (token) => hasKind(token, 'pointer') || hasKind(token, 'theOne'),
  );
  return codes.length === 0 && isPart && !asked && !pointed;
}

/** The words before the verb name its task, else those behind it in its clause. */
function nameOf({ before, after, clause, earlier }: Command, context: Context): Exclude<Named, null> {
  const wanted = () => true;
  const ahead = namesIn(before).length > 0 ? byWords(before, context, wanted) : null;
  const own = ahead ?? byWords([...before, ...after.slice(0, clause.tokens.length)], context, wanted);
  const named =
    own ??
    byWords(
      earlier.flatMap(({ tokens }) => tokens),
      context,
      wanted,
    );
  return named ?? { ask: { ask: 'task' } };
}

/** 撤回 and 确认 take a task or a section only where their own clause says it. */
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

function forTask(command: Command, task: VocabularyTask, item: Item, today: Day): Understood {
  const { verb, before, after, earlier } = command;
  const { act, about } = verb;
  const note = textIn(after).replace(/^[\s,:]+/, '');
  const intent: Intent = {
    act,
    task: task.code,
    ...(about === undefined ? {} : { about }),
    ...(note === '' ? {} : { note }),
  };
  switch (act) {
    case 'submit': {
      // Who insists (坚持申请) gives what is missing as the reason, so only words before it can take it back.
      const said =
        about === '坚持' ? before : [...earlier.flatMap(({ tokens }) => tokens), ...before, ...after];
      const whole = textIn(item.clauses.flatMap(({ tokens }) => tokens));
      return isUnfinished(said, today) ? { act: 'note', task: task.code, note: whole } : intent;
    }
    case 'extend': {
      const when = led(after) ?? led(before) ?? firstWhen(after);
      const date = when && isExact(when) ? dueOn(when, today) : null;
      return date === null ? { ask: 'date' } : { ...intent, date };
    }
    case 'grant': {
      const until = termIn(after, today);
      return until === null ? intent : { ...intent, until };
    }
    case 'list': {
      const date = termIn(after, today);
      return date === null ? intent : { ...intent, date };
    }
    case 'decide': {
      const date = termIn(after, today);
      return { ...intent, ...whoIn(after), ...settledIn(note), ...(date === null ? {} : { date }) };
    }
    case 'node':
      return { ...intent, ...indicatorIn(command, task, item), nodes: nodesIn(after, today) };
    case 'baseline':
      return { ...intent, ...indicatorIn(command, task, item), ...standingIn(after, today) };
    case 'lookback':
      return lookback(intent, [...before, ...after]);
    case 'evidence':
      return { ...intent, ...indicatorIn(command, task, item) };
    default:
      return intent;
  }
}

const SETTLED =
  /^(?:第?(?<row>[\d一二三四五六七八九]+)[条项件])?[,:\s]*(?:均|都|全部)?已?经?(?:办结|完成|落实|落实到位|整改到位|办理完毕)了?[。!]?$/u;

/** 第2条已办结 of what was decided: nothing else stands beside it. */
function settledIn(note: string): Pick<Intent, 'about' | 'row'> {
  const found = SETTLED.exec(note.trim());
  const row = found?.groups?.row;
  if (!found) return {};
  const place = row === undefined ? 0 : '一二三四五六七八九'.indexOf(row) + 1 || Number(row);
  return { about: '办结', ...(place > 0 ? { row: place } : {}) };
}

/** The one section or person that an order names as whose it is. */
export function whoIn(tokens: readonly Token[]): Pick<Intent, 'section' | 'person'> {
  const words = tokens.flatMap((token) => (token.is === 'word' ? [token.word] : []));
  const sections = new Set(words.flatMap(({ section }) => section ?? []));
  const people = new Set(words.flatMap(({ people = [] }) => people));
  const [person, ...others] = people;
  if (person !== undefined && others.length === 0) return { person };
  const [section, ...more] = sections;
  return section !== undefined && more.length === 0 ? { section } : {};
}

/** The first day of a clause, before any reason (因…) begins. */
function firstWhen(tokens: readonly Token[]): When | undefined {
  const isEnd = (token: Token) =>
    (token.is === 'break' && token.force === 'clause') || /^(?:因|由于|由)/u.test(token.text);
  const end = tokens.findIndex(isEnd);
  const when = tokens.slice(0, end === -1 ? undefined : end).find((token) => token.is === 'when');
  return when?.is === 'when' ? when.when : undefined;
}

/** The day behind 至 or 到. */
function led(tokens: readonly Token[]): When | undefined {
  return tokens.find(
    (token, at): token is Token & { is: 'when' } =>
      token.is === 'when' && /[至到] ?$/u.test(textIn(tokens.slice(Math.max(0, at - 2), at))),
  )?.when;
}

/** The term of an order: 至5月29日, 月底前; vague or passed days set none. */
export function termIn(tokens: readonly Token[], today: Day): Day | null {
  const whens = tokens.flatMap((token) => (token.is === 'when' ? [token.when] : []));
  const term = led(tokens) ?? whens.find((when) => isExact(when) && dueOn(when, today) !== null);
  return term && isExact(term) ? dueOn(term, today) : null;
}

function lookback(intent: Intent, tokens: readonly Token[]): Understood {
  const kinds = kindsIn(tokens);
  if (kinds.has('holds') === kinds.has('relapsed')) return { ask: 'meaning' };
  return { ...intent, result: kinds.has('holds') ? 'holds' : 'relapsed' };
}

/** The one indicator that is named, by its code or by its label. */
function indicatorIn(
  { before, after }: Command,
  task: VocabularyTask,
  item: Item,
): Pick<Intent, 'indicator'> {
  const coded = item.codes.flatMap(({ indicator }) => indicator ?? []);
  const own = coded.filter((code) => task.indicators.some((each) => each.code === code));
  const [indicator, ...more] = own.length > 0 ? own : labelsIn([...before, ...after], task);
  return indicator !== undefined && more.length === 0 ? { indicator } : {};
}

/** 6月30日5个,9月30日8个: each figure is of the day in front of it; 取消 takes the day's away. */
function nodesIn(tokens: readonly Token[], today: Day): { due: Day; value: number | null }[] {
  const nodes: { due: Day; value: number | null }[] = [];
  let due: Day | null = null;
  for (const token of tokens) {
    if (token.is === 'when' && isExact(token.when)) due = dueOn(token.when, today) ?? token.when.to;
    const value =
      token.is === 'figure' ? amountIn(token.figure) : /^取消/u.test(token.text) ? null : undefined;
    if (due !== null && value !== undefined) nodes.push({ due, value });
  }
  return nodes;
}

const amountIn = ({ form, value }: Figure): number | undefined =>
  form === 'plain' || form === 'reached' || form === 'percent' ? value : undefined;

/** Where it stood and on which day: 1200个 截至2025-12-31; of a ratio both sides, 17/20. */
function standingIn(tokens: readonly Token[], today: Day): Pick<Intent, 'value' | 'part' | 'on'> {
  const source = tokens.findIndex(({ text }) => /来源/u.test(text));
  const said = source === -1 ? tokens : tokens.slice(0, source);
  const figures = said.flatMap((token) => (token.is === 'figure' ? [token.figure] : []));
  const [figure, ...more] = figures.filter(({ form }) => form !== 'other');
  const when = said.find((token) => token.is === 'when' && isExact(token.when));
  const on = when?.is === 'when' ? { on: happened(when.when, today) } : {};
  if (!figure || more.length > 0) return on;
  if (figure.form === 'slash' && figure.whole !== undefined) {
    return { ...on, part: figure.value, value: figure.whole };
  }
  const value = amountIn(figure);
  return value === undefined ? on : { ...on, value };
}

const labelsIn = (tokens: readonly Token[], task: VocabularyTask): string[] => [
  ...new Set(
    namesIn(tokens)
      .flat()
      .flatMap(({ task: its, indicator, role }) =>
        its === task && indicator && role !== 'part' ? [indicator.code] : [],
      ),
  ),
];

/** A bare 同意 decides what the quoted message asks for, where that is one thing; else it is asked about. */
export function bareDecision(item: Item, context: Context): Understood[] | null {
  const [clause] = item.clauses;
  const token = clause?.tokens.find((each) => each.is === 'word' && each.word.decision !== undefined);
  if (!clause || token?.is !== 'word' || token.word.decision === undefined) return null;
  if (!clause.tokens.every((each) => each === token || isLeadIn(each) || hasKind(each, 'past'))) return null;
  const matters = quotedMatters(context.scene.quote ?? '');
  const [matter] = matters;
  const coded = item.codes.flatMap((code) => code.tasks);
  const tasks = coded.length > 0 ? coded : context.quoted.map(({ code }) => code);
  if (matter === undefined || matters.length > 1 || tasks.length === 0) return [{ ask: 'meaning' }];
  if (coded.length === 0 && tasks.length > 1) return [{ ask: 'task', options: tasks }];
  const { act, about = '' } = verbFor(matter, token.word.decision);
  const note = textIn(item.clauses.flatMap(({ tokens }) => tokens));
  return tasks.map((task) => ({ act, task, about, note }));
}

const quotedMatters = (quote: string): Matter[] =>
  (Object.keys(matterWords) as Matter[]).filter((matter) => quote.includes(matter));
