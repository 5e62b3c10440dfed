import { expect, test } from 'vitest';
import { notUndone } from '../../../src/ledger/rules/deed.ts';

const note = { act: 'note' as const, detail: {} };
const undo = (...undoes: number[]) => ({ act: 'undo' as const, detail: { undoes } });

test('what was taken back stands no more, nor does the taking back', () => {
  const rows = [
    { seq: 1, ...note },
    { seq: 2, ...note },
    { seq: 3, ...undo(2) },
    { seq: 4, ...note },
  ];
  expect(notUndone(rows).map(({ seq }) => seq)).toEqual([1, 4]);
  expect(notUndone(rows.toReversed()).map(({ seq }) => seq)).toEqual([4, 1]);
});

test('of several chains each has numbers of its own', () => {
  const rows = [
    { chain: '4.3.2', seq: 1, ...note },
    { chain: '5.1.1', seq: 1, ...note },
    { chain: '5.1.1', seq: 2, ...undo(1) },
  ];
  expect(notUndone(rows)).toEqual([rows[0]]);
});
