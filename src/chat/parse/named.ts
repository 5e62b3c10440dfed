import type { Day } from '../../ledger/days.ts';
import type { Vocabulary } from '../intent.ts';
import { lexiconOf } from './lexicon.ts';
import type { When } from './spans.ts';
import { tidy } from './tidy.ts';
import { tokensOf } from './tokens.ts';

/** A day or span that some words name, as it was typed. */
export type TimeNamed = When & { text: string };

/** The days and spans, and the sections by their codes, that some words name. */
export function namedIn(
  text: string,
  vocabulary: Vocabulary,
  today: Day,
): { times: TimeNamed[]; sections: string[] } {
  const tokens = tokensOf(tidy(text, vocabulary.botNames), lexiconOf(vocabulary), today);
  return {
    times: tokens.flatMap((token) => (token.is === 'when' ? [{ ...token.when, text: token.text }] : [])),
    sections: tokens.flatMap((token) =>
      token.is === 'word' && token.word.section !== undefined ? [token.word.section] : [],
    ),
  };
}
