import { expect, test } from 'vitest';
import { dueOf } from '../../src/workbook/compile/deadline.ts';
import { compilePlan } from '../../src/workbook/compile.ts';

test.each([
  ...['2026.6.30', '2026-6-30', '2026/6/30', '2026.06', '2026 年 6 月 30 日', '2026年二季度', '2026年上半年'],
  ...['2026年6月30日,长期坚持', '二〇二六年六月底', '2026年1月至6月', '即日起至2026年6月30日', '6月30号'],
])('a plan’s line for when a task is due is read as %s', (words) => {
  expect(dueOf('', words, 2026).day).toBe('2026-06-30');
});

test.each(['长期坚持', '每季度', '立行立改', '2025年12月底'])('no day is made of %s', (words) => {
  expect(dueOf('', words, 2026).day).toBeNull();
});

test('a numbered problem with lines of its own is a measure, due and charged by its own lines alone', () => {
  const { book, outline, guesses } = compilePlan(
    [
      ...['某市卫健委整改方案', '一、整改任务', '(一)理论学习方面'],
      ...['1.问题表现:学习系统性不强。', '整改措施:(1)全年集中学习12次。(2)撰写调研报告20篇。'],
      ...['责任领导:张主任', '完成时限:2026年12月底,长期坚持'],
      ...[
        '2.问题表现:调查研究不深入。',
        '整改措施:全年调研24次。',
        '责任领导:李副主任',
        '完成时限:6月30日前',
      ],
    ].join('\n'),
    '2026-03-02',
  );
  expect(outline.categories.map(({ title }) => title)).toEqual(['理论学习方面']);
  expect(book.tasks.map(({ code, deadline, sourcePlace }) => `${code} ${deadline} ${sourcePlace}`)).toEqual([
    ...['1.1.1 2026-12-31 一(一)1', '1.1.2 2026-12-31 一(一)1', '1.2.1 2026-06-30 一(一)2'],
  ]);
  expect(guesses.get('1.2.1')?.join()).toContain('责任领导“李副主任”');
});
