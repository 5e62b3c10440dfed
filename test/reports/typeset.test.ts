import { expect, test } from 'vitest';
import { type Draft, row } from '../../src/reports/word/draft.ts';
import { formal } from '../../src/reports/word/marks.ts';
import { textWidth } from '../../src/reports/word/page.ts';
import { render } from '../../src/reports/word/render.ts';
import { tallyTable } from '../../src/reports/word/tallies.ts';
import { titleLines } from '../../src/reports/word/titleLines.ts';
import { unzip } from '../setup/zip.ts';
import { example } from './example.ts';

test('a code of two digits gets the room that it needs, taken from the widest column', async () => {
  const table = { is: 'table' as const, widths: [14, 9, 107], rows: [row('1', '10.2.11', '明察暗访')] };
  const parts = [{ title: [], blocks: [table] }];
  const xml = unzip(await render({ name: '表', parts })).get('word/document.xml') ?? '';
  const columns = [...xml.matchAll(/<w:gridCol w:w="(\d+)"/g)].map(([, width]) => Number(width));
  const edges = 160;
  expect(columns[1]).toBeGreaterThan(5 * 120 + 2 * 60 + edges);
  expect(columns.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(textWidth(false));
});

test('our own words are set in full-width marks, and those of people left as they are', () => {
  expect(formal('时间:15:00,地点(三楼)')).toBe('时间\uff1a15:00\uff0c地点\uff08三楼\uff09');
  expect(formal('他说「好,行(吧)」。')).toBe('他说「好,行(吧)」。');
  expect(formal({ said: 'a,b' })).toBe('a,b');
});

const xmlOf = async (parts: Draft['parts']): Promise<string> =>
  unzip(await render({ name: '文', parts })).get('word/document.xml') ?? '';
const wordsOf = (xml: string): string => xml.replaceAll(/<[^>]+>/g, '');
const paragraphs = (xml: string): string[] => [...xml.matchAll(/<w:p>.*?<\/w:p>/gs)].map(([each]) => each);

test('who signs stands only over what goes upward, and the red line is as wide as the text', async () => {
  const numbered = (upward: boolean) =>
    xmlOf([{ numbered: { year: 2026, upward }, title: ['通报'], blocks: [] }]);
  for (const upward of [true, false]) {
    const [line = ''] = paragraphs(await numbered(upward));
    expect(line).toContain('w:color="FF0000"');
    expect(line).not.toContain('<w:ind');
    expect(wordsOf(line).includes('签发人')).toBe(upward);
    expect(wordsOf(line).startsWith('\u3000〔2026〕')).toBe(upward);
    expect(line.includes('<w:jc w:val="center"/>')).toBe(!upward);
  }
});

test('an annex says so on its first line and has its title on the third', async () => {
  const [first = '', second = '', third = ''] = paragraphs(
    await xmlOf([{ annex: true, title: ['进展情况表'], blocks: [] }]),
  );
  expect([first, second, third].map(wordsOf)).toEqual(['附件', '', '进展情况表']);
  expect(first).toContain('w:eastAsia="黑体"');
  expect(first).not.toContain('<w:ind');
});

test('a long title breaks no word, and its lines are about as long as each other', () => {
  expect(titleLines('出台理论学习考核办法', 20)).toEqual(['出台理论学习考核办法']);
  const lines = titleLines('【4.3.2】校园安全隐患排查整治和应急预案演练全覆盖,12项偏差清零', 20);
  expect(lines).toHaveLength(2);
  expect(lines.join('')).toContain('12项偏差清零');
  for (const word of ['应急', '预案', '偏差', '12项'])
    expect(lines.some((line) => line.includes(word))).toBe(true);
  const [one = 0, other = 0] = lines.map((line) => line.length);
  expect(Math.abs(one - other)).toBeLessThan(8);
  for (const line of lines) expect(line).not.toMatch(/^[,。》】]|[《【]$/);
});

test('no head of a tally breaks so that one character stands alone', () => {
  for (const whole of [example.whole, { ...example.whole, before: null }]) {
    const table = tallyTable('类别', [{ ...whole, name: '一' }], null);
    if (table.is !== 'table') throw new Error('no table');
    const all = table.widths.reduce((sum, each) => sum + each, 0);
    table.head?.forEach((head, index) => {
      const room = Math.floor((((table.widths[index] ?? 0) / all) * textWidth(false) - 160) / 240);
      expect(head.length <= room || head.length % room !== 1, `${head} ${room}`).toBe(true);
    });
  }
});
