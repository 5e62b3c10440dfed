import type { Day } from '../../ledger/days.ts';
import { type Counted, taskOf } from '../../ledger/rules/counter.ts';
import type { Intent, Vocabulary } from '../intent.ts';
import { textIn } from './clauses.ts';
import { happened, isExact } from './dates.ts';
import { lexiconOf } from './lexicon.ts';
import { termIn } from './terms.ts';
import { tokensOf } from './tokens.ts';

/** The short registers by the words that begin a line of each, and what of the plan each is kept under. */
const opened: [pattern: RegExp, about: string, what: Counted][] = [
  [/^(?:接单|点单)[ :](?<what>.+)$/su, '点单', 'wish'],
  [/^(?:三重一大|上会) ?登记[ :](?<what>.+)$/su, '三重一大', 'decision'],
  [/^督查 ?登记[ :](?<what>.+)$/su, '督查', 'inspection'],
  [/^实地 ?登记[ :](?<what>.+)$/su, '实地', 'visit'],
  [/^减负 意见[ :](?<what>.+)$/su, '减负意见', 'burden'],
];

const FINISHED =
  /^(?:办结|督单) ?(?<about>点单|三重一大|督查|减负意见) ?第?(?<row>\d{1,4})(?:号|条|件)?[。!]?$/u;

/** A line for one of the registers, or that one of its lines is done: fixed forms, a whole message each. */
export function registerCommand(text: string, vocabulary: Vocabulary, today: Day): Intent | null {
  const { about: done = '', row = '' } = FINISHED.exec(text)?.groups ?? {};
  if (done !== '') {
    const what = opened.find(([, about]) => about === done)?.[2];
    return { act: 'finish', about: done, ...under(what, vocabulary), row: Number(row), note: text };
  }
  for (const [pattern, about, of] of opened) {
    const what = pattern.exec(text)?.groups?.what?.trim();
    if (!what) continue;
    return {
      ...{ act: 'enter', about, note: what },
      ...under(of, vocabulary),
      ...partsOf(what, vocabulary, today),
    };
  }
  return null;
}

/** The task that it is kept under; none where the plan has none for it. */
function under(what: Counted | undefined, { tasks }: Vocabulary): Pick<Intent, 'task'> {
  const task = what && taskOf(what, tasks);
  return task === undefined ? {} : { task };
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
