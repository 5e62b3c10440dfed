import type { Value } from '../../ledger/book.ts';
import { brief, CellFault, type Column, clean, type Head, typed } from '../column.ts';

/** One of a few words. */
export const choice = <T extends Value>(
  { header, width = 10, hint = '' }: Head,
  words: Record<string, T>,
): Column<T> => ({
  ...{ header, width, format: 'text', choices: Object.keys(words).filter((word) => word !== '') },
  hint: hint === '' ? Object.keys(words).filter(Boolean).join('、') : hint,
  read: (cell) => oneOf(typed(cell), words),
  show: (value) => wordFor(value, words),
});

function oneOf<T>(word: string, words: Record<string, T>): T {
  if (Object.hasOwn(words, word)) return words[word] as T;
  const known = Object.keys(words).filter(Boolean).join('、');
  if (word === '') throw new CellFault(`没有填写,可填:${known}`);
  throw new CellFault(`没有「${brief(word)}」这个选项,可填:${known}`);
}

const wordFor = <T>(value: T, words: Record<string, T>): string =>
  Object.entries(words).find(([, each]) => each === value)?.[0] ?? String(value ?? '');

/** Several words with 、 between them. */
export const list = ({ header, width = 18, hint = '多个用、隔开' }: Head): Column<string[]> => ({
  ...{ header, width, hint, format: 'text' },
  read: (cell) => parted(clean(typed(cell), 500)),
  show: (value) => value.join('、'),
});

/** Several of a few words. */
export const choices = <T extends string>(head: Head, words: Record<string, T>): Column<T[]> => ({
  ...{ header: head.header, width: head.width ?? 18, format: 'text' },
  hint: head.hint ?? `${Object.keys(words).join('、')},多个用、隔开`,
  read: (cell) => parted(typed(cell)).map((word) => oneOf(word, words)),
  show: (value) => value.map((each) => wordFor(each, words)).join('、'),
});

export function parted(words: string): string[] {
  const parts = words
    .split(/[、,;\uFF0C\uFF1B\n]/)
    .map((part) => part.trim())
    .filter(Boolean);
  const twice = parts.find((part, at) => parts.indexOf(part) !== at);
  if (twice !== undefined) throw new CellFault(`「${brief(twice)}」写了两次`);
  return parts;
}

export const yes = ({ header, width = 6, hint = '是 或空' }: Head): Column<boolean> =>
  choice({ header, width, hint }, { 是: true, '': false, 否: false });
