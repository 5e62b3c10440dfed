import type { Act } from '../intent.ts';
import { hasKind } from './clauses.ts';
import { taskOfSerial } from './codes.ts';
import { dayOfMonth, monthDay } from './dates.ts';
import type { Use } from './names.ts';
import { type Context, namesIn } from './naming.ts';
import type { Token } from './tokens.ts';

/**
 * Decides numbers that may name a task or not: 18号 is a serial unless a code stands in the text or the clause is
 * about another task; a bare 18 is one only at the head of a clause that has nothing else to count.
 */
export function settleNumbers(tokens: Token[], context: Context): Token[] {
  const coded = tokens.some((token) => token.is === 'code' && token.code.how !== 'dayish');
  return clauses(tokens).flatMap((clause) => {
    const names = namesIn(clause).flat();
    const owned = names.filter((use) => use.role === 'label' && context.speaker.owns(use));
    const free = !coded && owned.length === 0 && context.quoted.length === 0;
    const list = free ? serialsAtHead(clause) : 0;
    const dotted = clause.find(
      (token) => token.is === 'code' && token.code.serial === undefined && token.code.how !== 'dayish',
    );
    return clause.map((token, at): Token => {
      const counted = ordinalOf(token, owned) ?? classOf(token, dotted, context);
      if (counted) return counted;
      const dayAside = dayInBrackets(clause, at, names, context);
      if (dayAside) return dayAside;
      if (token.is === 'code' && token.code.serial && token.code.how === 'task' && dotted)
        return { ...token, is: 'text' };
      if (at < list || (free && at === clause.length - 1 && isAsked(clause, context)))
        return bareSerial(token, context);
      if (token.is === 'code' && token.code.how === 'dayish') {
        const { tasks } = token.code;
        // 改到20号, 打算16号搞, 4月8号9号: a day.
        const front = clause[at - 1]?.is === 'break' ? clause[at - 2] : clause[at - 1];
        const isLed =
          /[至到于在定改约]$/u.test(clause[at - 1]?.text ?? '') ||
          /^\d{1,2}(?:[点时]|:\d)/u.test(clause[at + 1]?.text ?? '') ||
          hasKind(clause[at - 1], 'future') ||
          DOES.test(clause[at + 1]?.text ?? '') ||
          /[号日]$/u.test(front?.text ?? '');
        const isTask =
          !isLed && !coded && (owned.length === 0 || names.some((use) => tasks.includes(use.task.code)));
        return isTask ? serial(token) : day(token, context);
      }
      return token;
    });
  });
}

/** 警示教育1次(4.2): a measure that has nothing of what is named in front is no measure, but a day. */
function dayInBrackets(
  clause: readonly Token[],
  at: number,
  names: readonly Use[],
  { scene }: Context,
): Token | null {
  const token = clause[at];
  const [, month = '', day = ''] = /^(\d{1,2})\.(\d{1,2})$/.exec(token?.text ?? '') ?? [];
  if (token?.is !== 'code' || token.code.how !== 'group' || day === '') return null;
  const isAside = clause[at - 1]?.text === '(' && clause[at + 1]?.text === ')';
  const counts = clause.slice(0, at).some(({ is }) => is === 'figure');
  const isOther = names.length > 0 && names.every(({ task }) => !token.code.tasks.includes(task.code));
  const when = isAside && counts && isOther ? monthDay(month, day, scene.today) : null;
  return when && { is: 'when', when, text: token.text, aside: token.aside };
}

/** 16号搞 tells of a day, 16号进展 of a task. */
const DOES = /^(?:搞|办|做|开|组织|开展|召开|举办|举行|进行)(?:了|完|的)?$/u;

/** 重点改革领办了第2项: beside what is counted in 项 it is the second of these. */
function ordinalOf(token: Token, owned: readonly Use[]): Token | null {
  const [, number] = /^第 ?(\d{1,2}) ?项$/.exec(token.text) ?? [];
  if (token.is !== 'code' || number === undefined) return null;
  const { tasks } = token.code;
  const isOf = owned.some(
    ({ task, indicator }) =>
      !tasks.includes(task.code) &&
      indicator !== undefined &&
      [indicator.unit, ...indicator.unitAliases].includes('项'),
  );
  const figure = { form: 'ordinal' as const, value: Number(number), unit: '项' };
  return isOf ? { is: 'figure', figure, text: token.text, aside: token.aside } : null;
}

/** 3.1.2第6类已转化: beside a task that counts in 类 it is no category, but which one or how many can't be told. */
function classOf(token: Token, dotted: Token | undefined, { tasks }: Context): Token | null {
  if (
    token.is !== 'code' ||
    dotted?.is !== 'code' ||
    token === dotted ||
    !/^第[一二三四五六七八九\d]类$/u.test(token.text)
  )
    return null;
  const own = tasks.filter(({ code }) => dotted.code.tasks.includes(code));
  const counts = own.some(({ indicators }) => indicators.some(({ unit }) => unit === '类'));
  const figure = { form: 'vague' as const, value: 0, unit: '类' };
  return counts ? { is: 'figure', figure, text: token.text, aside: token.aside } : null;
}

function serial(token: Token & { is: 'code' }): Token {
  return { ...token, code: { ...token.code, how: token.code.tasks.length > 0 ? 'task' : 'unknown' } };
}

function day(token: Token & { is: 'code' }, { scene }: Context): Token {
  const when = dayOfMonth(token.code.day ?? 0, scene.today);
  return when ? { is: 'when', when, text: token.text, aside: token.aside } : { ...token, is: 'text' };
}

/** How many tokens a run of bare numbers at the head takes (18 …, 27、28 …), where the clause counts nothing else. */
function serialsAtHead(clause: readonly Token[]): number {
  const end = clause.findIndex(
    (token) => !isBareNumber(token) && !(token.is === 'break' && token.force === 'list'),
  );
  const run = end === -1 ? 0 : end;
  const counts = clause.slice(run).some((token) => token.is === 'figure');
  const spaced = run > 1 || clause[1]?.is === 'break';
  return counts || !spaced || clause.length < run + 2 ? 0 : run;
}

const ASKED: ReadonlySet<Act> = new Set(['show', 'history', 'submit']);

/** 查 18: a command that wants a task, and a number in its place that is no category's. */
function isAsked(clause: readonly Token[], { tasks }: Context): boolean {
  const [verb, number, ...more] = clause.filter((token) => token.is !== 'break');
  const act = verb?.is === 'word' ? verb.word.verb?.act : undefined;
  if (act === undefined || !ASKED.has(act) || more.length > 0) return false;
  if (number?.is !== 'figure' || !isBareNumber(number)) return false;
  return tasks.every(({ measure }) => !measure?.startsWith(`${number.figure.value}.`));
}

const isBareNumber = (token: Token): boolean =>
  token.is === 'figure' && token.figure.form === 'plain' && token.figure.unit === '';

function bareSerial(token: Token, { tasks }: Context): Token {
  if (token.is !== 'figure') return token;
  const task = taskOfSerial(token.figure.value, tasks);
  return task === undefined
    ? token
    : { is: 'code', code: { how: 'task', tasks: [task] }, text: token.text, aside: token.aside };
}

/** Runs that end in a comma or a stop, the mark included. */
function clauses(tokens: Token[]): Token[][] {
  const runs: Token[][] = [[]];
  for (const token of tokens) {
    runs.at(-1)?.push(token);
    if (token.is === 'break' && (token.force === 'stop' || token.force === 'clause')) runs.push([]);
  }
  return runs;
}
