import type { Day } from '../../ledger/days.ts';
import type { Intent, Vocabulary } from '../intent.ts';
import { textIn } from './clauses.ts';
import { happened, isExact } from './dates.ts';
import { lexiconOf } from './lexicon.ts';
import { termIn } from './terms.ts';
import { tokensOf } from './tokens.ts';

/** The short registers by the words that begin a line of each, and the task that each is kept under. */
const opened: [pattern: RegExp, about: string, task: string][] = [
  [/^(?:接单|点单)[ :](?<what>.+)$/su, '点单', '2.2.1'],
  [/^(?:三重一大|上会) ?登记[ :](?<what>.+)$/su, '三重一大', '3.2.1'],
  [/^督查 ?登记[ :](?<what>.+)$/su, '督查', 'G4'],
  [/^实地 ?登记[ :](?<what>.+)$/su, '实地', 'G5'],
  [/^减负 意见[ :](?<what>.+)$/su, '减负意见', '5.2.3'],
];

const FINISHED =
  /^(?:办结|督单) ?(?<about>点单|三重一大|督查|减负意见) ?第?(?<row>\d{1,4})(?:号|条|件)?[。!]?$/u;

/** A line for one of the registers, or that one of its lines is done: fixed forms, a whole message each. */
export function registerCommand(text: string, vocabulary: Vocabulary, today: Day): Intent | null {
  const { about: done = '', row = '' } = FINISHED.exec(text)?.groups ?? {};
  if (done !== '') {
    const task = opened.find(([, about]) => about === done)?.[2] ?? '';
    return { act: 'finish', about: done, task, row: Number(row), note: text };
  }
  for (const [pattern, about, task] of opened) {
    const what = pattern.exec(text)?.groups?.what?.trim();
    if (what) return { act: 'enter', about, task, note: what, ...partsOf(what, vocabulary, today) };
  }
  return null;
}

/** Which sections it names, by when it is to be done, and the day it speaks of. */
function partsOf(what: string, vocabulary: Vocabulary, today: Day): Partial<Intent> {
  const tokens = tokensOf(what, lexiconOf(vocabulary), today);
  const named = tokens.flatMap((token) => (token.is === 'word' ? (token.word.section ?? []) : []));
  const days = tokens.flatMap((token) => (token.is === 'when' && isExact(token.when) ? [token.when] : []));
  const past = days.find(({ limit }) => !limit);
  const limits = tokens.filter((token) => token.is === 'when' && token.when.limit);
  const due = limits.length === 0 ? null : termIn(limits, today);
  return {
    sections: [...new Set(named)],
    ...(past ? { on: happened(past, today) } : {}),
    ...(due === null ? {} : { date: due }),
    ...(/教育类/u.test(textIn(tokens)) ? { facet: '教育' } : {}),
  };
}
