import { describe, expect, test } from 'vitest';
import type { Figures } from '../../src/reports/figures.ts';
import { bulletinDraft } from '../../src/reports/word/bulletin.ts';
import type { Draft } from '../../src/reports/word/draft.ts';
import { secretaryReport } from '../../src/reports/word/secretaryReport.ts';
import { example } from './example.ts';

const plan = { title: '整改方案', org: '市教育体育局', year: 2026 };

const wordsOf = ({ parts }: Draft): string => JSON.stringify(parts);
const papersOf = (figures: Figures): string[] =>
  [bulletinDraft, secretaryReport].map((paper) => wordsOf(paper(plan, { ...figures, wide: figures })));

describe('what a paper asks for next', () => {
  test('is to be done in a ledger that still takes it', () => {
    for (const words of papersOf(example)) {
      expect(words).toMatch(/逐项明确完成日期/);
      expect(words).not.toContain('结转');
    }
  });

  test('is nothing once the plan is over: what is open carries over', () => {
    const asOf = '2026-12-31';
    for (const words of papersOf({ ...example, period: '2026-Q4', asOf })) {
      expect(words).toContain('未销号事项列入结转清单,转入下一年度方案,原编号、现时限和逾期天数不变。');
      expect(words).not.toMatch(/完成日期|申请|每月调度|督办单时限/);
      // Nobody issues it before the new year.
      expect(words).toContain('"year":2027');
      expect(words).not.toContain('"year":2026');
    }
    const { whole } = example;
    const closed = { ...whole, closed: whole.all };
    for (const words of papersOf({ ...example, whole: closed, period: '2026-Q4', asOf }))
      expect(words).toContain('42项任务已全部销号。');
  });

  test('keeps apart an order’s term that is over from one that runs', () => {
    const withTerm = (term: string) => {
      const laggards = example.laggards.map((each) => ({ ...each, term }));
      return papersOf({ ...example, laggards })[0];
    };
    const running = '挂牌督办事项按督办单时限办结';
    const late = '挂牌督办事项【4.2.1】【5.1.1】办结时限已到,由承办科室提出完成日期,报领导小组研究。';
    expect(withTerm('2026-10-01')).toContain(running);
    expect(withTerm('2026-10-01')).not.toContain('办结时限已到');
    expect(withTerm('2026-09-30')).toContain(late);
    expect(withTerm('2026-09-30')).not.toContain(running);
  });
});
