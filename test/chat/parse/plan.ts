import { describe, expect, test } from 'vitest';
import type { Scene, Understood } from '../../../src/chat/intent.ts';
import { type Account, accountFor } from '../../../src/chat/parse.ts';
import { sceneOf, vocabulary } from './scene.ts';

/**
 * What was understood, in one line: `4.3.2/2 +1` adds, `=` sets, `17/20` is part of whole, `?amount` asks; then whatever
 * else is carried (`on=2026-04-09`, `weak`) but the words themselves, and behind a stroke what is left over.
 */
export function shortly({ understood, left }: Account): string {
  const all = understood.map(one).join('; ');
  return left.length === 0 ? all : `${all} | ${left.join('、')}`;
}

function one(each: Understood): string {
  const { note: _, words: __, piece: ___, ...said }: Record<string, unknown> = { ...each };
  const { ask, act, task, indicator, op, value, part, percent, person, date, result, ...more } = said;
  const isFigure = act === 'progress' || act === 'correct';
  const sign = act === 'correct' ? (op === 'set' ? '→=' : '→') : op === 'add' ? '+' : '=';
  const amount = part === undefined ? `${value ?? ''}` : `${part}/${value ?? ''}`;
  return [
    ask === undefined ? (isFigure ? undefined : act) : `?${ask}`,
    indicator ?? task,
    isFigure ? `${sign}${amount}` : undefined,
    ...[percent === undefined ? undefined : `${percent}%`, person, date, result],
    ...Object.entries(more).filter(isTelling(each)).map(named),
  ]
    .filter((part) => part !== undefined)
    .join(' ');
}

/** A look-up is about its own words. */
const isTelling =
  (each: Understood) =>
  ([, value]: [string, unknown]): boolean =>
    !('note' in each && value === each.note);

function named([key, value]: [string, unknown]): string {
  if (value === true) return key;
  return `${key}=${typeof value === 'object' && !Array.isArray(value) ? JSON.stringify(value) : value}`;
}

export const hear = (by: string, text: string, more: Partial<Scene> = {}): string =>
  shortly(accountFor(text, sceneOf(by, more), vocabulary));

/** A table of what somebody says and what is understood by it. */
export function replies(by: string, table: Record<string, string>, more: Partial<Scene> = {}): void {
  describe(by, () => {
    test.each(Object.entries(table))('%j is understood as %s', (text, meaning) => {
      expect(hear(by, text, more)).toBe(meaning);
    });
  });
}

/** What is understood of a sentence, by the words that can stand in the place of …. */
export function says(by: string, sentence: string, table: Record<string, string>): void {
  describe(`${by}: ${sentence}`, () => {
    test.each(Object.entries(table))('%j is what comes of %s', (meaning, words) => {
      const all = words.split(/\s+/);
      expect(all.map((word) => [word, hear(by, sentence.replace('…', word))])).toEqual(
        all.map((word) => [word, meaning]),
      );
    });
  });
}
