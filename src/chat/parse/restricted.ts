import type { Vocabulary, VocabularyIndicator, VocabularyTask } from '../intent.ts';
import { DISTINCT } from './names.ts';
import type { Token } from './tokens.ts';

/**
 * The first of the words that names a restricted task or indicator: its code, its name, or a piece of its title. A short
 * name (调研) may be anybody's word, unless its own task is named beside it.
 */
export function restrictedWord(tokens: readonly Token[], { tasks }: Vocabulary): string | undefined {
  const coded = tokens.flatMap((token) =>
    token.is === 'code' && token.code.how === 'task' ? token.code : [],
  );
  const named = new Set(coded.flatMap((code) => tasks.filter((task) => code.tasks.includes(task.code))));
  const isMeant = (token: Token): boolean => {
    if (token.is === 'code') {
      const own = [...named].filter(
        ({ code }) => coded.includes(token.code) && token.code.tasks.includes(code),
      );
      return own.some((task) =>
        isRestricted(
          task,
          task.indicators.find(({ code }) => code === token.code.indicator),
        ),
      );
    }
    if (token.is !== 'word' || token.word.uses.length === 0) return false;
    const kept = token.word.uses.filter(({ task, indicator }) => isRestricted(task, indicator));
    return (
      kept.some(({ task }) => named.has(task)) ||
      (kept.length === token.word.uses.length && token.text.length >= DISTINCT)
    );
  };
  return tokens.find(isMeant)?.text;
}

const isRestricted = (task: VocabularyTask, indicator: VocabularyIndicator | undefined): boolean =>
  [task.level, indicator?.level].some((level) => level === 'office' || level === 'self');
