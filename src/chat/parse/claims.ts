import type { Day } from '../../ledger/days.ts';
import { isAhead, isPastYear, isSingleDay, type When } from './dates.ts';
import type { Token } from './tokens.ts';
import type { Kind } from './words.ts';

/** Why a figure in these words is none: each is a kind of word that stands beside it. */
const blocking: readonly Kind[] = [
  'not',
  'rest',
  'future',
  'norm',
  'hedge',
  'ongoing',
  'except',
  'if',
  'asks',
  'says',
  'found',
];
/** What makes a thing that is called finished not so. */
const unfinished: readonly Kind[] = [
  'not',
  'rest',
  'future',
  'hedge',
  'ongoing',
  'except',
  'if',
  'asks',
  'says',
  'order',
  'unsure',
];
/** What is still in force in the clauses after it; the last three also beside 已. */
const lasting: readonly Kind[] = ['future', 'if', 'says', 'except'];
const firm: readonly Kind[] = ['if', 'says', 'except'];

export const kindsIn = (tokens: readonly Token[]): Set<Kind> =>
  new Set(tokens.flatMap((token) => (token.is === 'word' ? [...token.word.kinds] : [])));

export const whensIn = (tokens: readonly Token[]): When[] =>
  tokens.flatMap((token) => (token.is === 'when' ? [token.when] : []));

const hasAny = (tokens: readonly Token[], wanted: readonly Kind[]): boolean =>
  tokens.some((token) => token.is === 'word' && wanted.some((kind) => token.word.kinds.has(kind)));

/** Whether the words speak of a day or span that is still to come, or set a limit. */
const isAheadOf = (tokens: readonly Token[], today: Day): boolean => {
  const settled = hasAny(tokens, ['already']);
  return tokens.some(
    (token) => token.is === 'when' && (isAhead(token.when, today) || (token.when.limit && !settled)),
  );
};

export const blocks = (tokens: readonly Token[]): boolean => hasAny(tokens, blocking);

/** Words that bring a sentence back to what is. */
export const isPresent = (tokens: readonly Token[], today: Day): boolean =>
  hasAny(tokens, ['already']) ||
  tokens.some((token) => /^(?:现|目前|截[至止]|至今|到目前)|实际/u.test(token.text)) ||
  whensIn(tokens).some((when) => when.to <= today && !when.limit);

/** Whether a plan, a condition, an exception or a report begins here, which goes on in the clauses behind. */
export const lasts = (tokens: readonly Token[], today: Day): boolean =>
  hasAny(tokens, lasting) || isAheadOf(tokens, today);

/** Whether what begins here holds to the end of the sentence, whatever is said. */
export const holds = (tokens: readonly Token[]): boolean => hasAny(tokens, firm);

export const isUnfinished = (tokens: readonly Token[], today: Day): boolean =>
  hasAny(tokens, unfinished) ||
  isAheadOf(tokens, today) ||
  whensIn(tokens).some((when) => isPastYear(when, today));

/**
 * Whether a clause says no more than that the task as a whole is finished: any word that could narrow it (演练已完成,
 * 材料已完成, 本月任务已完成, 一中已完成) makes it a note. `section` is the task's own.
 */
export function isWholeCompletion(tokens: readonly Token[], today: Day, section?: string | null): boolean {
  const kinds = kindsIn(tokens);
  const finished = kinds.has('done') || (kinds.has('settled') && kinds.has('past'));
  const named = tokens.some((token) => token.is === 'word' && token.word.kinds.has('theOne'));
  const stated = kinds.has('already') || tokens.some((token) => /了$/.test(token.text));
  // 全部完成的有3.1.3.
  const said =
    tokens.at(-2)?.text === '的' && /^[有是]$/u.test(tokens.at(-1)?.text ?? '')
      ? tokens.slice(0, -1)
      : tokens;
  return finished && said.every((token) => isMere(token, named, stated, today) || isSection(token, section));
}

const mere: readonly Kind[] = [
  'done',
  'settled',
  'past',
  'filler',
  'pointer',
  'theOne',
  'already',
  'and',
  'receipt',
  'thanks',
  'greeting',
  'each',
];

function isMere(token: Token, named: boolean, stated: boolean, today: Day): boolean {
  if (token.is === 'break') return true;
  if (token.is === 'when') return isPastDay(token.when, today, stated);
  if (token.is !== 'word') return false;
  const { kinds, uses } = token.word;
  if (uses.some((use) => use.role === 'title')) return true;
  if (uses.some((use) => use.role === 'label' || use.role === 'paper')) return named;
  return mere.some((kind) => kinds.has(kind)) || (named && uses.length > 0);
}

/** A day is when it was finished; a month or a quarter is how much of it was. Of today only 已 and 了 tell. */
const isPastDay = (when: When, today: Day, stated: boolean): boolean =>
  when.clock === 'year'
    ? stated
    : when.clock === undefined && isSingleDay(when) && (when.to < today || stated);

const isSection = (token: Token, section: string | null | undefined): boolean =>
  token.is === 'word' && section !== undefined && token.word.section === section;
