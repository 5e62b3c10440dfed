import type { Day } from '../../ledger/days.ts';
import type { Intent, Understood, VocabularyTask } from '../intent.ts';
import { isUnfinished, kindsIn } from './claims.ts';
import { hasContent, hasKind, textIn } from './clauses.ts';
import type { Command } from './commands.ts';
import { dueOn, isExact } from './dates.ts';
import type { Item } from './items.ts';
import { byCodes, byWords, type Context, type Named, namesIn } from './naming.ts';
import { takeBack } from './retakes.ts';
import { firstWhen, led, nodesIn, standingIn, termIn } from './terms.ts';
import type { Token } from './tokens.ts';

/** What a command says of each of its tasks. */
export function carryOut(command: Command, item: Item, context: Context): Understood[] {
  const { verb, clause } = command;
  if (verb.act === 'undo' || verb.act === 'confirm') {
    const isNamed = verb.act === 'confirm' && namesIn(command.after).length > 0;
    const of = isNamed ? byWords(command.after, context, ({ role }) => role !== 'part') : null;
    if (of && 'ask' in of) return [of.ask];
    const taken = takeBack(command, item, context.scene.today);
    if (of) return [{ ...taken, task: of.tasks[0]?.code ?? '' }];
    // 确认4.3.2、5.1.1: each of them.
    const several = item.codes.length > 1 && item.codes.every(({ how }) => how === 'task');
    return several && taken.task !== undefined
      ? item.codes.flatMap(({ tasks }) => tasks.map((task) => ({ ...taken, task })))
      : [taken];
  }
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
  // 延期至4月30日 外出学习, under a quote: behind the day stands why.
  const day = after.findIndex(({ is }) => is === 'when');
  const [quoted, ...more] = context.quoted;
  const isWhy =
    ahead === null && quoted && more.length === 0 && day >= 0 && namesIn(after.slice(0, day)).length === 0;
  if (isWhy) return { tasks: [quoted] };
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

function forTask(command: Command, task: VocabularyTask, item: Item, today: Day): Understood {
  const { verb, before, after, earlier } = command;
  const { act, about } = verb;
  const note = reasonIn(command);
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

const REASONED: ReadonlySet<string> = new Set(['list', 'delist', 'return']);

/** 材料不全,退回: the reason stands in front, and behind the verb no more than a day. */
export const isReasonedInFront = ({ verb, after }: Command): boolean =>
  REASONED.has(verb.act) && after.every((token) => token.is !== 'text');

function reasonIn(command: Command): string {
  const { before, after, earlier } = command;
  // 摘掉4.2.3的牌,已追上.
  const behind = textIn(after)
    .replace(/^的?牌子?(?=$|[\s,。;:])/u, '')
    .replace(/^[\s,:]+/, '');
  if (!isReasonedInFront(command)) return behind;
  const said = [...earlier.flatMap(({ tokens }) => tokens), ...before].filter(
    (token) => token.is !== 'code' && !(token.is === 'word' && token.word.matter !== undefined),
  );
  const ahead = said.some((token) => hasContent([token]) && !hasKind(token, 'filler'))
    ? textIn(said).replace(/^[\s,:]+|[\s,:]+$/g, '')
    : '';
  return [ahead, behind].filter((words) => words !== '').join(',');
}

const SETTLED =
  /^(?:的?(?:事项|事情|事))?(?:第?(?<row>[\d一二三四五六七八九]+)[条项件])?[,:\s]*(?:均|都|全部)?已?经?(?:办结|完成|落实|落实到位|整改到位|办理完毕)了?[。!]?$/u;

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

const labelsIn = (tokens: readonly Token[], task: VocabularyTask): string[] => [
  ...new Set(
    namesIn(tokens)
      .flat()
      .flatMap(({ task: its, indicator, role }) =>
        its === task && indicator && role !== 'part' ? [indicator.code] : [],
      ),
  ),
];
