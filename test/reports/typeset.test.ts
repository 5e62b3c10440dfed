import { expect, test } from 'vitest';
import { row } from '../../src/reports/word/draft.ts';
import { formal } from '../../src/reports/word/marks.ts';
import { textWidth } from '../../src/reports/word/page.ts';
import { render } from '../../src/reports/word/render.ts';
import { unzip } from '../setup/zip.ts';

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
