import type { Category } from '../outline.ts';
import type { Doubt, View } from './doubt.ts';

const SERIES = /“([^”]+、[^”]+)”/gu;

/** A series that is announced, and one of it that no measure takes up. */
export const unspoken = ({ outline }: View): Doubt[] =>
  outline.categories.flatMap((category) =>
    category.preamble.flatMap((sentence) =>
      [...sentence.matchAll(SERIES)].flatMap(([, series = '']) => gapIn(series, category)),
    ),
  );

function gapIn(series: string, { number, items }: Category): Doubt[] {
  const parts = series.split('、');
  const [first = ''] = parts;
  const even = parts.length > 2 && parts.every((part) => part.length === first.length);
  if (!even || stemOf(parts).length < 2) return [];
  const text = items.map(({ title, sentences }) => title + sentences.join('')).join('');
  const missing = parts.filter((part) => !text.includes(part));
  if (missing.length === 0 || missing.length === parts.length) return [];
  const told = `方案提出“${series}”,其中“${missing.join('、')}”没有对应的措施`;
  return [{ mark: 'T2', where: String(number), text: told }];
}

function stemOf(parts: readonly string[]): string {
  const [first = ''] = parts;
  let length = 0;
  while (length < first.length && parts.every((part) => part[length] === first[length])) length++;
  return first.slice(0, length);
}
