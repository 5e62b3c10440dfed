import { describe, expect, test } from 'vitest';
import type { Shown } from './doubles.ts';
import { judgeLetters, type Row, type Written } from './letters.ts';

const letter: Written = { token: '第00001号', chat: 'leaders', once: false, dueAt: new Date(0) };
const bulletin: Written = { ...letter, once: true };
const row: Row = { token: letter.token, state: 'sent', attempt: 1, ended: true };
const plain: Shown = { chat: 'leaders', text: '试发第00001号' };
const marked: Shown = { chat: 'leaders', text: '〔补发〕试发第00001号' };
const found = (written: Written, shown: Shown[], became: Row) =>
  judgeLetters([written], shown, [became]).map(({ what }) => what);

describe('the checker of letters', () => {
  test('finds nothing where each was seen once, again with a mark, or is declared unknown', () => {
    expect(found(letter, [plain], row)).toEqual([]);
    expect(found(letter, [plain, marked], { ...row, attempt: 2 })).toEqual([]);
    expect(found(letter, [marked], { ...row, attempt: 2 })).toEqual([]);
    expect(found(bulletin, [], { ...row, state: 'unknown' })).toEqual([]);
  });

  test.each<[string, string, Written, Shown[], Row]>([
    ['one that nobody saw', 'lost', letter, [], row],
    ['one that was given up for dead', 'lost', letter, [], { ...row, state: 'dead' }],
    [
      'one that a dead process has',
      'never settled',
      letter,
      [plain],
      { ...row, state: 'sending', ended: false },
    ],
    ['a second copy like the first', 'doubled without a mark', letter, [plain, plain], row],
    ['a third', 'shown more than twice', letter, [plain, marked, marked], row],
    ['a bulletin that came again', 'a bulletin repeated unasked', bulletin, [plain, marked], row],
    ['one in another chat', 'shown elsewhere', letter, [{ ...plain, chat: 'office' }], row],
    ['a seventh try', 'tried too often', letter, [plain], { ...row, attempt: 7 }],
  ])('finds %s', (_, what, written, shown, became) => {
    expect(found(written, shown, became)).toContain(what);
  });
});
