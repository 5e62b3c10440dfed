import {
  type Book,
  type BookSection,
  keyOf,
  keys,
  type Row,
  type SheetName,
  sheetNames,
} from '../ledger/book.ts';
import { CellFault, type Names } from './column.ts';
import type { Fault } from './fault.ts';
import { namesFrom } from './names.ts';
import { type AnySheet, GUIDE, REMARKS, sheets } from './sheets.ts';
import { type Cell, type Grid, MOST_ROWS } from './spreadsheet.ts';

/** What a workbook says, and where each of its cells stands. */
export interface Reading {
  book: Book;
  /** The number of the export that the workbook was made by, if any. */
  stamp: string | null;
  faults: Fault[];
  /** Where a field of a row stands, for a fault that shows only when all is read. */
  place(sheet: SheetName, key: string, field: string): Omit<Fault, 'why'>;
}

export const STAMP = '导出编号';
export const UPRIGHT = ['项目', '内容', '说明'];
const NOTHING: Cell = { value: null };

/** Reads every sheet, and tells every fault at once. `known` is the ledger's book, for rows the workbook leaves out. */
export function readBookFrom(grids: Grid[], known: Book | null): Reading {
  const faults: Fault[] = sheetFaults(grids);
  const places = new Map<string, Omit<Fault, 'why'>>();
  const found = new Map<SheetName, Row[]>();
  let stamp: string | null = null;
  let names: Names = namesFrom([], known);
  for (const name of ['sections', ...sheetNames.filter((each) => each !== 'sections')] as SheetName[]) {
    const sheet = sheets[name];
    const grid = grids.find((each) => each.name.trim() === sheet.title && !each.hidden);
    if (!grid) continue;
    const table = sheet.upright ? uprightTable(sheet, grid) : flatTable(sheet, grid);
    faults.push(...table.faults);
    if (sheet.upright) stamp = stampIn(grid);
    const rows = table.lines.flatMap((line) => readLine(name, line, names, faults) ?? []);
    found.set(name, keepFirst(name, rows, faults, places));
    if (name === 'sections') names = namesFrom((found.get(name) ?? []) as BookSection[], known);
  }
  const book = Object.fromEntries(sheetNames.map((name) => [name, found.get(name) ?? []]));
  return {
    book: book as unknown as Book,
    stamp,
    faults,
    place: (sheet, key, field) => places.get(`${sheet}|${key}|${field}`) ?? { sheet: sheets[sheet].title },
  };
}

function sheetFaults(grids: Grid[]): Fault[] {
  const titles = sheetNames.map((name) => sheets[name].title);
  const odd = grids.flatMap(({ name, hidden, merged }): Fault[] => {
    const sheet = name.trim();
    if (sheet === GUIDE || sheet === REMARKS) return [];
    if (!titles.includes(sheet)) {
      return [{ sheet, why: `不认识的工作表;应为${titles.join('、')},自用的表请删去后再导入` }];
    }
    if (hidden) return [{ sheet, why: '工作表被隐藏,请取消隐藏后再导入' }];
    return merged.map(({ row, column }) => ({
      sheet,
      row: row + 1,
      column,
      why: '有合并单元格,请取消合并后逐行填写',
    }));
  });
  const lacking = titles
    .filter((title) => !grids.some(({ name }) => name.trim() === title))
    .map((sheet): Fault => ({ sheet, why: '缺少这张工作表;没有内容也请保留表头' }));
  return [...lacking, ...odd];
}

/** The cells of one thing, by field. */
interface Line {
  cells: { field: string; cell: Cell; at: Omit<Fault, 'why'> }[];
}

function flatTable(sheet: AnySheet, grid: Grid): { lines: Line[]; faults: Fault[] } {
  const [head = [], ...body] = grid.rows;
  const headers = head.map(({ value }) => String(value ?? '').trim());
  const faults = headerFaults(sheet, headers, body);
  if (faults.length > 0) return { lines: [], faults };
  const lines: Line[] = [];
  for (const [index, cells] of body.entries()) {
    if (cells.every(isBlank)) continue;
    const row = index + 2;
    if (row > MOST_ROWS) {
      return { lines, faults: [{ sheet: sheet.title, row, why: `超过${MOST_ROWS}行,请删去多余的行` }] };
    }
    lines.push({
      cells: Object.entries(sheet.columns).map(([field, { header }]) => {
        const column = headers.indexOf(header);
        return { field, cell: cells[column] ?? NOTHING, at: { sheet: sheet.title, row, column, header } };
      }),
    });
  }
  return { lines, faults: [] };
}

function headerFaults({ title, columns }: AnySheet, headers: string[], body: Cell[][]): Fault[] {
  const wanted = Object.values(columns).map(({ header }) => header);
  if (!headers.some((header) => wanted.includes(header))) {
    return [{ sheet: title, row: 1, why: `第一行应为表头:${wanted.join('、')}` }];
  }
  const odd = headers.flatMap((header, column): Fault[] => {
    const place = { sheet: title, row: 1, column };
    if (header === '') {
      const filled = body.findIndex((cells) => !isBlank(cells[column] ?? NOTHING));
      return filled === -1 ? [] : [{ ...place, why: `这一列没有表头,但第${filled + 2}行有内容` }];
    }
    if (!wanted.includes(header)) return [{ ...place, why: `不认识的表头「${header.slice(0, 20)}」` }];
    return headers.indexOf(header) < column ? [{ ...place, why: `表头「${header}」出现了两次` }] : [];
  });
  const lacking = wanted
    .filter((header) => !headers.includes(header))
    .map((header): Fault => ({ sheet: title, row: 1, why: `缺少表头「${header}」` }));
  return [...lacking, ...odd];
}

function uprightTable(sheet: AnySheet, { rows }: Grid): { lines: Line[]; faults: Fault[] } {
  const labels = rows.map((cells) => String(cells[0]?.value ?? '').trim());
  const wanted = Object.values(sheet.columns).map(({ header }) => header);
  const known = [...wanted, STAMP, UPRIGHT[0]];
  const faults = labels.flatMap((label, index): Fault[] => {
    const place = { sheet: sheet.title, row: index + 1, column: 0 };
    if (label === '') return [];
    if (!known.includes(label)) return [{ ...place, why: `不认识的项目「${label.slice(0, 20)}」` }];
    return labels.indexOf(label) < index ? [{ ...place, why: `项目「${label}」出现了两次` }] : [];
  });
  for (const header of wanted) {
    if (!labels.includes(header)) faults.push({ sheet: sheet.title, why: `缺少项目「${header}」` });
  }
  if (faults.length > 0) return { lines: [], faults };
  const cells = Object.entries(sheet.columns).map(([field, { header }]) => {
    const index = labels.indexOf(header);
    const at = { sheet: sheet.title, row: index + 1, column: 1, header };
    return { field, cell: rows[index]?.[1] ?? NOTHING, at };
  });
  return { lines: [{ cells }], faults };
}

function stampIn({ rows }: Grid): string | null {
  const row = rows.find((cells) => cells[0]?.value === STAMP);
  const value = row?.[1]?.value;
  return typeof value === 'string' && /^[0-9a-f]{12}$/.test(value.trim()) ? value.trim() : null;
}

const isBlank = ({ value, formula, broken }: Cell): boolean =>
  !formula && !broken && (value === null || (typeof value === 'string' && value.trim() === ''));

interface Read {
  row: Row;
  places: Map<string, Omit<Fault, 'why'>>;
}

/** Nothing where a cell can't be read: each such cell is told. */
function readLine(name: SheetName, line: Line, names: Names, faults: Fault[]): Read | undefined {
  const row: Row = {};
  const places: Read['places'] = new Map();
  let sound = true;
  for (const { field, cell, at } of line.cells) {
    places.set(field, at);
    try {
      row[field] = sheets[name].columns[field]?.read(cell, names) ?? null;
    } catch (error) {
      if (!(error instanceof CellFault)) throw error;
      sound = false;
      faults.push({ ...at, why: error.message });
    }
  }
  return sound ? { row, places } : undefined;
}

function keepFirst(
  name: SheetName,
  rows: Read[],
  faults: Fault[],
  all: Map<string, Omit<Fault, 'why'>>,
): Row[] {
  const seen = new Map<string, number>();
  return rows.flatMap(({ row, places }) => {
    const key = keyOf(name, row);
    const at = places.get(keys[name]) ?? { sheet: sheets[name].title };
    const before = seen.get(key);
    if (before !== undefined) {
      faults.push({ ...at, why: `「${key}」与第${before}行重复` });
      return [];
    }
    seen.set(key, at.row ?? 0);
    for (const [field, place] of places) all.set(`${name}|${key}|${field}`, place);
    return [row];
  });
}
