import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/ledger/db.ts';
import { verify } from '../../src/ledger/entries/audit.ts';
import { loadSample } from '../../src/ledger/plan/load.ts';
import { stores } from '../setup/stores.ts';
import { type CellValue, deskAt, open, ownPlan, type TestDesk, type Workbook } from './desk.ts';

let store: Store;
let desk: TestDesk;
beforeAll(async () => {
  const [postgres] = stores;
  if (!postgres) throw new Error('no PostgreSQL');
  store = await postgres.open();
  desk = deskAt(store);
  await loadSample(store.db, new Date('2026-04-09T02:00:00Z'));
  await ownPlan(store);
});
afterAll(() => store.close());

const words = fc
  .stringMatching(/^[\p{Script=Han}A-Za-z0-9=+@,()“”%·-]{1,30}$/u)
  .map((text) => text.trim())
  .filter((text) => text !== '' && text !== '待明确');
const days = fc
  .integer({ min: 0, max: 364 })
  .map((offset) => new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10));
const leaders = fc.constantFrom('待明确', '党组书记', '分管党建副局长', '分管体育副局长');
/** None of them helps with a task in the sample: whoever leads one can't. */
const sections = fc.constantFrom('待明确', '机关党委', '安全管理科', '体育产业科');

/** What a clerk may change without anything else having to follow. */
const edits: [sheet: string, header: string, fc.Arbitrary<CellValue>][] = [
  ['任务', '任务', words],
  ['任务', '责任领导', leaders],
  ['任务', '责任科室', sections],
  ['任务', '完成时限', days],
  ['任务', '完成时限', days.map((day) => new Date(`${day}T00:00:00Z`))],
  ['任务', '完成时限', fc.constant('待明确')],
  ['任务', '量化标准', words],
  ['任务', '原文', fc.array(words, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'))],
  [
    '指标',
    '别名',
    fc
      .uniqueArray(fc.stringMatching(/^[\p{Script=Han}]{1,5}$/u), { maxLength: 3 })
      .map((list) => list.join('、')),
  ],
  ['指标', '单位', fc.constantFrom('次', '个', '%', '人次')],
  ['指标', '督办', fc.constantFrom('催办', '只统计')],
  ['指标', '方案明列', fc.constantFrom('是', '', null)],
  ['常态工作', '责任领导', leaders],
  ['人员', '称呼', words],
  ['人员', '排序', fc.integer({ min: 1, max: 500 })],
  ['类项', '名称', words],
  ['成果', '对象', fc.constantFrom('合计', '每人')],
];

const cellOf = (book: Workbook, sheet: string, header: string, row: number) => {
  const { rows } = book.sheet(sheet);
  const at = 1 + (row % (rows.length - 1));
  const column = (rows[0] ?? []).indexOf(header);
  return { cells: rows[at] ?? [], column };
};

/** As the ledger sees a cell: dates and the texts of dates are one thing, empty is nothing. */
const plain = (value: CellValue | undefined) =>
  value instanceof Date
    ? value.toISOString().slice(0, 10)
    : value === '' || value === undefined
      ? null
      : value;

test('whatever is changed, exactly that is told, and then nothing differs any more', async () => {
  const edit = fc
    .constantFrom(...edits)
    .chain(([sheet, header, value]) =>
      fc.record({ sheet: fc.constant(sheet), header: fc.constant(header), row: fc.nat(200), value }),
    );
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { maxLength: 6 }), async (list) => {
      const book = await open(await desk.export());
      const before = await open(await book.save());
      for (const { sheet, header, row, value } of list) {
        const { cells, column } = cellOf(book, sheet, header, row);
        cells[column] = value;
      }
      const changed = new Set(
        list.flatMap(({ sheet, header, row }) => {
          const [now, was] = [book, before].map((each) => cellOf(each, sheet, header, row));
          if (!now || !was || plain(now.cells[now.column]) === plain(was.cells[was.column])) return [];
          return [`${sheet} ${now.cells[['任务'].includes(sheet) ? 1 : 0]} ${header}`];
        }),
      );
      const { out, code } = await desk.import(await book.save());
      expect(code, out).toBe(0);
      const told = out.split('\n').flatMap((line) => /^修改 (.+?):/.exec(line)?.[1] ?? []);
      expect(new Set(told)).toEqual(changed);
      expect((await desk.import(await book.save())).out).toContain('共0行有变化');
      expect((await desk.import(await desk.export())).out).toContain('共0行有变化');
    }),
    { numRuns: 25 },
  );
  expect((await verify(store.db)).sound).toBe(true);
}, 240_000);
