import { describe, expect, test } from 'vitest';
import { lightWord } from '../../src/chat/words.ts';
import { bulletinText } from '../../src/reports/bulletinText.ts';
import type { Figures } from '../../src/reports/figures.ts';
import { example } from './example.ts';

const linesOf = (figures: Figures) => bulletinText(figures, { name: '整改办', phone: '' }, false).lines;

describe("the words of a quarter's bulletin", () => {
  test('name what is listed as listed and what is behind as behind, as many as are counted', () => {
    const [counts, ...lines] = linesOf(example);
    expect(counts).toContain('滞后5项(其中逾期2项),挂牌督办2项');
    expect(lines.at(-2)).toBe(
      '下一步:挂牌督办事项【4.2.1】【5.1.1】按督办单时限办结;对滞后事项【6.2.1】【1.1.3】【3.1.1】【5.2.3】逐项明确完成日期,四季度重点推进;另有1项按规定单独报告。',
    );
  });

  test("call the year's totals so, and tell what rose in the quarter before what didn't", () => {
    const achieved = example.achieved.map((each, index) =>
      index < 2 ? { ...each, before: each.figure } : each,
    );
    const line = linesOf({ ...example, achieved })[1];
    expect(line).toMatch(/^今年以来累计:【4\.2\.2】/);
    expect(line).toContain('【4.3.2】');
    expect(line).not.toContain('【1.1.1】');
  });

  test('number no lateness of no working days', () => {
    expect(lightWord('red', 0)).toBe('【红·逾期】');
    expect(lightWord('red', 3)).toBe('【红·逾期3个工作日】');
  });
});
