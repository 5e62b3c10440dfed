import type { Day } from '../../ledger/days.ts';
import type { Vocabulary } from '../intent.ts';
import { textIn } from './clauses.ts';
import { lexiconOf } from './lexicon.ts';
import { namesPeople } from './people.ts';
import { restrictedWord } from './restricted.ts';
import type { When } from './spans.ts';
import { tidy } from './tidy.ts';
import { type Token, tokensOf } from './tokens.ts';

const read = (text: string, vocabulary: Vocabulary, today: Day): Token[] =>
  tokensOf(tidy(text, vocabulary.botNames), lexiconOf(vocabulary), today);

/** A day or span that some words name, as it was typed. */
export type TimeNamed = When & { text: string };

/** The days and spans, and the sections by their codes, that some words name. */
export function namedIn(
  text: string,
  vocabulary: Vocabulary,
  today: Day,
): { times: TimeNamed[]; sections: string[] } {
  const tokens = read(text, vocabulary, today);
  return {
    times: tokens.flatMap((token) => (token.is === 'when' ? [{ ...token.when, text: token.text }] : [])),
    sections: tokens.flatMap((token) =>
      token.is === 'word' && token.word.section !== undefined ? [token.word.section] : [],
    ),
  };
}

/** The days and spans that some words name, as they were typed. */
export const timesIn = (text: string, vocabulary: Vocabulary, today: Day): string[] =>
  read(text, vocabulary, today).flatMap((token) => (token.is === 'when' ? [token.text] : []));

/** What is written as a day that no calendar has: 2月30日. */
export const noSuchDayIn = (text: string, vocabulary: Vocabulary, today: Day): string | undefined =>
  read(text, vocabulary, today).find((token) => token.is === 'when' && token.when.impossible === true)?.text;

/** The words that name a measure or a category with this task among several in it: 3.1, 三(一). */
export const groupOf = (code: string, text: string, vocabulary: Vocabulary, today: Day): string | undefined =>
  read(text, vocabulary, today).find(
    (token) => token.is === 'code' && token.code.how === 'group' && token.code.tasks.includes(code),
  )?.text;

/** Whom of the plan's leaders some words name, as they were typed. */
export const namesOfPeopleIn = (text: string, vocabulary: Vocabulary, today: Day): string[] =>
  read(text, vocabulary, today).flatMap((token) =>
    token.is === 'word' && token.word.people?.length === 1 ? [token.text] : [],
  );

/** The tasks that some words name by number. */
export const tasksNamed = (text: string, vocabulary: Vocabulary, today: Day): string[] =>
  read(text, vocabulary, today).flatMap((token) =>
    token.is === 'code' && token.code.how === 'task' ? token.code.tasks : [],
  );

/** What some words name that not everybody in the system may read of, as it was typed; undefined where nothing is. */
export const restrictedIn = (text: string, vocabulary: Vocabulary, today: Day): string | undefined =>
  restrictedWord(read(text, vocabulary, today), vocabulary);

/** What is said of a task's papers or looked up is no decision on it. */
const DECIDING: ReadonlySet<string> = new Set(
  'submit verify return extend grant refuse list delist mute decide undo unknown'.split(' '),
);

/** Whether some words hold a verb that moves a task on, or a decision; 等待上级批准 waits for one, 数不准 is none. */
export const decidesIn = (text: string, vocabulary: Vocabulary, today: Day): boolean =>
  read(text, vocabulary, today).some(
    (token, at, all) =>
      token.is === 'word' &&
      ((token.word.verb !== undefined && DECIDING.has(token.word.verb.act)) ||
        (token.word.decision !== undefined && !/[未待等没]|[数据字]$/u.test(textIn(all.slice(0, at))))),
  );

/** Whether some words name people of the plan, or all of its members, and nothing else. */
export const isOfPeople = (text: string, vocabulary: Vocabulary, today: Day): boolean =>
  namesPeople(read(text, vocabulary, today));
