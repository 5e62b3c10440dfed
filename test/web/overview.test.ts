import { expect, test } from 'vitest';
import { categories, hero } from '../../src/web/board/overview.ts';
import { textOf } from '../../src/web/html.ts';
import { example } from '../reports/example.ts';

test('a category’s change is told as one of its completion, never beside what is closed alone', () => {
  const [row] = /<li>.*?<\/li>/s.exec(textOf(categories(example))) ?? [];
  expect(row).toContain('7项,已销号1项,完成度较上季+16个百分点');
});

test('what is overdue is told beside what it is counted in: behind, and listed', () => {
  const words = textOf(hero(example.whole)).replaceAll(/<[^>]+>/g, '');
  expect(words).toContain('5滞后其中逾期2');
  expect(words).toContain('2挂牌督办其中逾期1');
});
