import { taskOfSerial } from './codes.ts';
import { dayOfMonth } from './dates.ts';
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
    const figures = clause.filter((token) => token.is === 'figure').length;
    return clause.map((token, at): Token => {
      if (token.is === 'code' && token.code.how === 'dayish') {
        const { tasks } = token.code;
        const isTask = !coded && (owned.length === 0 || names.some((use) => tasks.includes(use.task.code)));
        return isTask ? serial(token) : day(token, context);
      }
      const alone =
        at === 0 && figures === 1 && owned.length === 0 && clause.length > 2 && clause[1]?.is === 'break';
      return alone && !coded && context.quoted.length === 0 ? bareSerial(token, context) : token;
    });
  });
}

function serial(token: Token & { is: 'code' }): Token {
  return { ...token, code: { ...token.code, how: token.code.tasks.length > 0 ? 'task' : 'unknown' } };
}

function day(token: Token & { is: 'code' }, { scene }: Context): Token {
  const when = dayOfMonth(token.code.day ?? 0, scene.today);
  return when ? { is: 'when', when, text: token.text, aside: token.aside } : { ...token, is: 'text' };
}

function bareSerial(token: Token, { tasks }: Context): Token {
  if (token.is !== 'figure' || token.figure.form !== 'plain' || token.figure.unit !== '') return token;
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
