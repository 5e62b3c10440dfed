import { expect, test } from 'vitest';
import { categories } from '../../src/web/board/overview.ts';
import { textOf } from '../../src/web/html.ts';
import { example } from '../reports/example.ts';

test('a category’s change is told as one of its completion, never beside what is closed alone', () => {
  const [row] = /<li>.*?<\/li>/s.exec(textOf(categories(example))) ?? [];
  expect(row).toContain('7项,已销号1项,完成度较上季+16个百分点');
});
