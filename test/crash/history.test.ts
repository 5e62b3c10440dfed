import { describe, expect, test } from 'vitest';
import { judge, judgeTotals, type Line, type Sent } from './history.ts';
import type { Update } from './updates.ts';

/** A chief's message that adds to one figure or two, sent at one moment and answered at another. */
function sent(id: string, text: string | undefined, at: [number, number], ...values: number[]): Sent {
  const writes = values.map((value, index) => ({ indicator: `4.3.2/${index + 2}`, label: '演练', value }));
  const update: Update = { platform: 'wecom', id, sender: 'sec_anquan', text: '', writes };
  return { update, since: at[0], tries: 1, told: text === undefined ? [] : [{ text, at: at[1] }] };
}

const line = (messageId: string, value: number, indicator = '4.3.2/2'): Line => ({
  messageId,
  indicator,
  value,
});
const receipt = (before: number, after: number) =>
  `已记录【4.3.2】\n演练:${before}次→${after}次(全年至少4次)`;
const found = (all: Sent[], ledger: Line[]) => judge(all, ledger).map(({ what }) => what);

const [a, b] = [sent('a', receipt(0, 1), [0, 1], 1), sent('b', receipt(1, 3), [2, 3], 2)];
const unanswered = sent('c', undefined, [4, 0], 1, 5);
const ledger = [line('a', 1), line('b', 2)];

describe('the checker of a history', () => {
  test('finds nothing where everything is as it was told, and the unanswered is there or not', () => {
    expect(judge([a, b, unanswered], ledger)).toEqual([]);
    expect(judge([a, b, unanswered], [...ledger, line('c', 1), line('c', 5, '4.3.2/3')])).toEqual([]);
    expect(judge([sent('d', '这条消息未记录。', [0, 1], 1)], [])).toEqual([]);
    for (const text of ['暂不能确认是否已记录,请稍后核对。', '本次未记录。请稍后核对。']) {
      const unsure = sent('d', text, [0, 1], 1);
      expect(judge([unsure], [])).toEqual([]);
      expect(judge([unsure], [line('d', 1)])).toEqual([]);
      const copy = { ...a, told: [...a.told, { text, at: 9 }] };
      expect(judge([copy], [line('a', 1)])).toEqual([]);
    }
    expect(judgeTotals(new Map([['4.3.2/2', 3]]), ledger)).toEqual([]);
  });

  test.each<[string, string, Sent[], Line[]]>([
    ['a receipt without its line', 'lost', [a, b], [line('a', 1)]],
    ['a line too many', 'doubled', [a, b], [...ledger, line('b', 2)]],
    ['an unanswered message that is there twice', 'doubled', [unanswered], twice(unanswered)],
    ['one of two figures', 'half written', [unanswered], [line('c', 1)]],
    ['a line of nobody', 'written though nobody said it', [a], ledger],
    [
      'a denial and a line',
      'written though it was told otherwise',
      [sent('d', '这条消息未记录。', [0, 1], 1)],
      [line('d', 1)],
    ],
    [
      'a denial that a receipt follows',
      'written though it was told otherwise',
      [{ ...a, told: [{ text: '这条消息未记录。', at: 0 }, ...a.told] }],
      [line('a', 1)],
    ],
    [
      'a denial behind the receipt',
      'written though it was told otherwise',
      [{ ...a, told: [...a.told, { text: '这条消息未记录。', at: 9 }] }],
      [line('a', 1)],
    ],
    [
      'two answers',
      'answered in two ways',
      [{ ...a, told: [...a.told, { text: receipt(1, 2), at: 9 }] }],
      [line('a', 1)],
    ],
    ['words that are neither', 'answered with something else', [sent('d', '出错', [0, 1], 1)], []],
    [
      'a receipt of a stale total',
      'told a figure that the ledger does not have',
      [a, sent('b', receipt(0, 2), [2, 3], 2)],
      ledger,
    ],
    [
      'a line that stands before what had its receipt earlier',
      'written after something that came later',
      [sent('a', receipt(2, 3), [0, 1], 1), sent('b', receipt(0, 2), [2, 3], 2)],
      [line('b', 2), line('a', 1)],
    ],
  ])('finds %s', (_, what, all, lines) => {
    expect(found(all, lines)).toContain(what);
  });

  test('finds a total that the lines do not add up to', () => {
    expect(judgeTotals(new Map([['4.3.2/2', 4]]), ledger)).toMatchObject([{ what: 'shown a wrong total' }]);
    expect(judgeTotals(new Map([['4.3.2/2', undefined]]), ledger)).toHaveLength(1);
  });
});

function twice({ update }: Sent): Line[] {
  const lines = update.writes.map(({ indicator, value }) => line(update.id, value, indicator));
  return [...lines, ...lines];
}
