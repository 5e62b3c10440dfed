import { guards } from './words/guards.ts';
import { marks } from './words/marks.ts';
import { plain } from './words/plain.ts';
import { states } from './words/states.ts';
import { talk } from './words/talk.ts';

const tables = { ...guards, ...marks, ...states, ...talk, ...plain };

/** What a word tells the grammar. */
export type Kind = keyof typeof tables;

/** Every word of the tables with all that it can mean; of two that start at one place the longer counts. */
export const wordKinds: ReadonlyMap<string, ReadonlySet<Kind>> = gather();

/** Words that a token may be, written with blanks between them. */
export const wordsOf = (words: string): ReadonlySet<string | undefined> => new Set(words.split(' '));

function gather(): Map<string, Set<Kind>> {
  const kinds = new Map<string, Set<Kind>>();
  for (const [kind, table] of Object.entries(tables)) {
    for (const word of table.split(/\s+/)) {
      kinds.set(word, (kinds.get(word) ?? new Set<Kind>()).add(kind as Kind));
    }
  }
  return kinds;
}
