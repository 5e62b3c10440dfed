import {
  type Book,
  type BookSection,
  keyOf,
  keys,
  type Row,
  type SheetName,
  sheetNames,
  type Value,
} from '../ledger/book.ts';
import { CellFault, type Names } from './column.ts';
import type { Fault } from './fault.ts';
import { namesFrom } from './names.ts';
import { KEEP } from './sheets/house.ts';
import { GUIDE, REMARKS, sheets } from './sheets.ts';
import { type Grid, MOST_COLUMNS } from './spreadsheet.ts';
import { type Line, linesOf, type Place, stampIn } from './tables.ts';

/** What a workbook says, and where each of its cells stands. */
export interface Reading {
  book: Book;
  /** The number of the export that the workbook was made by, if any. */
  stamp: string | null;
  faults: Fault[];
  /** Rows of a draft that the office hasn't looked at yet. */
  pending: number;
  /** Where a field of a row stands, for a fault that shows only when all is read. */
  place(sheet: SheetName, key: string, field: string): Place;
  /** Whether the cell can't be read: what stands for it in the book nobody has said. */
  unread(sheet: SheetName, key: string, field: string): boolean;
  /** Whether rows of the sheet are missing from the book because nobody can tell what they are. */
  lacks(sheet: SheetName): boolean;
}

interface Progress {
  known: Book | null;
  faults: Fault[];
  places: Map<string, Place>;
  unread: Set<string>;
  lacking: Set<SheetName>;
}

/**
 * Reads every sheet, and tells every fault at once: a cell that can't be read is taken to be as the ledger has it, or to
 * say nothing, so that the rest of its row is checked as well. `known` is the ledger's book, for rows and cells that
 * the workbook leaves out.
 */
export function readBookFrom(grids: Grid[], known: Book | null): Reading {
  const progress: Progress = {
    ...{ known, faults: sheetFaults(grids), places: new Map(), unread: new Set(), lacking: new Set() },
  };
  const { faults, places, unread, lacking } = progress;
  const found = new Map<SheetName, Row[]>();
  const [plan] = grids.filter(({ name }) => name.trim() === sheets.plan.title);
  let names: Names = namesFrom([], known);
  let pending = 0;
  for (const name of ['sections', ...sheetNames.filter((each) => each !== 'sections')] as SheetName[]) {
    const grid = grids.find((each) => each.name.trim() === sheets[name].title);
    const table = grid ? linesOf(sheets[name], grid) : { lines: [], faults: [], pending: 0 };
    pending += table.pending;
    faults.push(...table.faults);
    if (!grid || (table.lines.length === 0 && table.faults.length > 0)) lacking.add(name);
    const rows = table.lines.flatMap((line) => readLine(name, line, names, progress) ?? []);
    found.set(name, keepFirst(name, rows, progress));
    if (name === 'sections') names = namesFrom((found.get(name) ?? []) as BookSection[], known);
  }
  const book = Object.fromEntries(sheetNames.map((name) => [name, found.get(name) ?? []]));
  return {
    book: book as unknown as Book,
    stamp: plan ? stampIn(plan) : null,
    faults,
    pending,
    place: (sheet, key, field) => places.get(idOf(sheet, key, field)) ?? { sheet: sheets[sheet].title },
    unread: (sheet, key, field) => unread.has(idOf(sheet, key, field)),
    lacks: (sheet) => lacking.has(sheet),
  };
}

const idOf = (sheet: SheetName, key: string, field: string): string => `${sheet}|${key}|${field}`;

function sheetFaults(grids: Grid[]): Fault[] {
  const titles = sheetNames.map((name) => sheets[name].title);
  const names = grids.map(({ name }) => name.trim());
  const odd = grids.flatMap(({ name, hidden, merged, beyond }, index): Fault[] => {
    const sheet = name.trim();
    if (sheet === GUIDE || sheet === REMARKS) return [];
    if (!titles.includes(sheet)) {
      return [{ sheet, why: `不认识的工作表;应为${titles.join('、')},自用的表请删去后再导入` }];
    }
    if (names.indexOf(sheet) < index) return [{ sheet, why: '这张工作表有两张,请只留一张' }];
    const out = hidden ? [{ sheet, why: '工作表被隐藏,请取消隐藏后再导入' }] : [];
    const why = '有合并单元格,请取消合并后逐行填写';
    const far = beyond.map((row) => ({ sheet, row: row + 1, why: `第${MOST_COLUMNS}列以后还有内容,请删去` }));
    return [...out, ...merged.map(({ row, column }) => ({ sheet, row: row + 1, column, why })), ...far];
  });
  const lacking = titles
    .filter((title) => !grids.some(({ name }) => name.trim() === title))
    .map((sheet): Fault => ({ sheet, why: '缺少这张工作表;没有内容也请保留表头' }));
  return [...lacking, ...odd];
}

interface Read {
  row: Row;
  at: Place;
  places: Map<string, Place>;
  unread: string[];
}

/** Each cell that can't be read is told. Nothing where it can't be told whose row it is. */
function readLine(name: SheetName, line: Line, names: Names, progress: Progress): Read | undefined {
  const { faults, lacking, known } = progress;
  const columns = sheets[name].columns;
  const row: Row = {};
  const places: Read['places'] = new Map();
  for (const { field, cell, at } of line.cells) {
    places.set(field, at);
    try {
      row[field] = columns[field]?.read(cell, names) ?? null;
    } catch (error) {
      if (!(error instanceof CellFault)) throw error;
      const { absent, message: why } = error;
      if (absent === undefined) faults.push({ ...at, why });
      else if (!lacking.has(absent)) faults.push({ ...at, why, absent });
    }
  }
  const unread = Object.keys(columns).filter((field) => row[field] === undefined);
  const [only] = name === 'plan' ? (known?.plan ?? [{ code: '' }]) : [];
  if (unread.includes(keys[name])) {
    if (!only) {
      lacking.add(name);
      return undefined;
    }
    row[keys[name]] = only.code;
  }
  const was = known?.[name].find((each) => keyOf(name, each) === keyOf(name, row)) as Row | undefined;
  for (const field of unread) row[field] ??= was?.[field] ?? neutral(name, field);
  return { row, at: line.at, places, unread };
}

const LISTS = /aliases|coSections|roles|wecom|dingtalk|parts|closeout|authorisedScope/iu;

/** What breaks no rule, in place of what can't be read. */
function neutral(name: SheetName, field: string): Value {
  if (name === 'plan' && field === 'starts') return '0001-01-01';
  if (name === 'plan' && field === 'ends') return '9999-12-31';
  if (field === 'roles') return ['leader'];
  if (name === 'groups' && (field === 'address' || field === 'secret')) return KEEP;
  if (LISTS.test(field)) return [];
  return field === 'retired' || field === 'carried' ? false : null;
}

function keepFirst(name: SheetName, rows: Read[], { faults, places: all, unread: cells }: Progress): Row[] {
  const seen = new Map<string, number>();
  return rows.flatMap(({ row, at: line, places, unread }) => {
    const key = keyOf(name, row);
    const before = seen.get(key);
    if (before !== undefined) {
      faults.push({ ...(places.get(keys[name]) ?? line), why: `「${key}」与第${before}行重复` });
      return [];
    }
    seen.set(key, line.row ?? 0);
    for (const [field, place] of places) all.set(idOf(name, key, field), place);
    for (const field of unread) cells.add(idOf(name, key, field));
    return [row];
  });
}
