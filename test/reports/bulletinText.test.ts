import { describe, expect, test } from 'vitest';
import { lightWord } from '../../src/chat/words.ts';
import { bulletinText } from '../../src/reports/bulletinText.ts';
import type { Figures } from '../../src/reports/figures.ts';
import { shownIn } from '../../src/reports/version.ts';
import { apartSentence, laggardSentence } from '../../src/reports/word/tallies.ts';
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

  test('tell of a plan that began the year before since when they count, and of its last quarter that what is open carries over', () => {
    const overTheTurn = { ...example, span: { starts: '2025-10-01', ends: example.asOf } };
    const lines = linesOf(overTheTurn);
    expect(lines[1]).toMatch(/^方案实施以来累计:/);
    expect(lines.at(-2)).toBe(
      '下一步:未销号事项(含挂牌督办事项【4.2.1】【5.1.1】、滞后事项【6.2.1】【1.1.3】【3.1.1】【5.2.3】)列入结转清单,转入下一年度方案,原编号、现时限和逾期天数不变;另有1项按规定单独报告。',
    );
    expect(linesOf(example).at(-2)).not.toContain('结转');
  });

  test('call a whole year’s totals that year’s, as they are read in the next one', () => {
    const since = (starts: string, asOf: string) =>
      linesOf({ ...example, span: { ...example.span, starts }, asOf })[1]?.split(':')[0];
    expect(since('2026-01-01', '2026-12-30')).toBe('今年以来累计');
    expect(since('2026-01-01', '2026-12-31')).toBe('2026年全年累计');
    expect(since('2026-03-01', '2026-12-31')).toBe('方案实施以来累计');
  });

  test('ask of nobody to keep an order’s term that is over', () => {
    const laggards = example.laggards.map((each) =>
      each.code === '4.2.1' ? { ...each, term: example.asOf } : each,
    );
    expect(linesOf({ ...example, laggards }).at(-2)).toContain(
      '下一步:挂牌督办事项【5.1.1】按督办单时限办结;挂牌督办事项【4.2.1】办结时限已到,由承办科室提出完成日期,报领导小组研究;',
    );
  });

  test('count what became overdue just now, and name it to nobody but those who report upward', () => {
    const [, , late] = example.laggards;
    if (!late) throw new Error('nobody is late');
    const freshly = {
      ...example,
      laggards: [...example.laggards, { ...late, code: '6.1.1', overdueBy: 0, fresh: true }],
    };
    const fresh = { ...freshly, wide: freshly };
    const system = shownIn(fresh, 'system');
    const text = linesOf(system).join();
    expect(text).toContain('另有1项刚到期,由承办科室核实');
    expect(text).not.toContain('6.1.1');
    expect(apartSentence(system)).toContain('另有1项刚到期');
    expect(shownIn(fresh, 'upward').laggards.map(laggardSentence).join()).toContain(
      '完成时限2026年9月30日,到期未销号',
    );
  });

  test('say of what is listed and on time no more than that it is listed', () => {
    const [first] = example.laggards;
    if (!first) throw new Error('nobody is late');
    const listed = {
      ...first,
      light: 'green' as const,
      standing: 'listed' as const,
      overdueBy: 0,
      reasons: [],
    };
    expect(laggardSentence(listed)).toMatch(/完成时限2026年\d+月\d+日,完成度\d+%,已列为挂牌督办事项/);
  });

  test('say what was done by the ledger’s own counts, and nothing of what was not', () => {
    const none = {
      meetings: 0,
      decided: 0,
      settled: 0,
      inspections: 0,
      closed: 0,
      listed: 0,
      lifted: 0,
      lookbacks: 0,
    };
    const line = linesOf({
      ...example,
      done: { ...none, meetings: 3, decided: 5, settled: 3, closed: 2 },
    })[2];
    expect(line).toBe('主要做法:召开月调度会3次,议定事项5项、办结议定事项3项,销号2项。');
    expect(linesOf({ ...example, done: none }).join()).not.toContain('主要做法');
  });

  test('number no lateness of no working days', () => {
    expect(lightWord('red', 0)).toBe('【红·逾期】');
    expect(lightWord('red', 3)).toBe('【红·逾期3个工作日】');
  });
});
