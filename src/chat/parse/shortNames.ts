import { isPaper } from '../../ledger/rules/indicator.ts';
import type { VocabularyIndicator, VocabularyTask } from '../intent.ts';
import { hasKind } from './clauses.ts';
import type { Figure } from './figures.ts';
import type { Token } from './tokens.ts';
import { unitFits } from './units.ts';
import type { Kind } from './words.ts';

const namesOf = ({ label, aliases }: VocabularyIndicator): string[] => [label, ...aliases];

/** The noun before the figure that may be short for an indicator's name: marks and light verbs are passed over. */
export function headOf(before: readonly Token[], task: VocabularyTask): string | undefined {
  const isShort = (word: string) =>
    task.indicators.some((each) => namesOf(each).some((name) => name.endsWith(word)));
  const head = before.findLast(
    (token) =>
      token.text.length > 1 &&
      (token.is === 'text' || (token.is === 'word' && !isMark(token))) &&
      (!(hasKind(token, 'filler') || hasKind(token, 'light')) || isShort(token.text)),
  );
  return head?.text;
}

const passed: readonly Kind[] = ['total', 'already', 'more', 'event', 'each', 'past', 'everyone'];

const isMark = (token: Token & { is: 'word' }): boolean =>
  token.word.people !== undefined ||
  token.word.section !== undefined ||
  passed.some((kind) => token.word.kinds.has(kind));

/**
 * The only indicator of its task that a word can be short for: the word ends its name (督查) or the name begins the
 * word (覆盖率), or the unit leaves no other. `ends` is not asked of a word behind its figure (25项风险).
 */
export function byWord(
  word: string | undefined,
  figure: Figure,
  task: VocabularyTask,
  ends: boolean,
): VocabularyIndicator[] {
  if (word === undefined) return [];
  const all = task.indicators.filter((each) => !isPaper(each));
  const holding = all.filter((each) => namesOf(each).some((name) => name.includes(word)));
  const counting = holding.filter((each) => figure.unit !== '' && unitFits(figure, each));
  if (counting.length === 1 && (holding.length > 1 || !ends)) return counting;
  if (holding.length > 1 || !ends) return [];
  return all.filter((each) => namesOf(each).some((name) => name.endsWith(word) || word.startsWith(name)));
}
