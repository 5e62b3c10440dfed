import { expect, test } from 'vitest';
import { owedIn } from '../../../src/ledger/rules/owed.ts';
import { task } from './plan.ts';

test('nothing is owed of the months after a deadline', () => {
  const owed = (deadline: string | null, month: string) =>
    owedIn({ ...task('4.3.1'), deadline }, month).map(({ code }) => code);
  expect(owed('2026-05-15', '2026-05')).toEqual(['4.3.1/3']);
  expect(owed('2026-05-15', '2026-06')).toEqual([]);
  expect(owed(null, '2026-06')).toEqual(['4.3.1/3']);
});
