import type { CellStyle, DataValidation, WriteSheet } from 'hucre/xlsx';
import { partsOf, Unreadable } from './archive.ts';

/** One cell as a person left it. */
export interface Cell {
  value: string | number | boolean | Date | null;
  /** A formula's last result isn't what stands in the cell. */
  formula?: boolean;
  /** Shown as a percentage: 70% is 0.7. */
  percent?: boolean;
  /** #REF! and the like. */
  broken?: boolean;
}

export interface Grid {
  name: string;
  hidden: boolean;
  /** By row and column, from 0. */
  rows: Cell[][];
  /** Top left corners of merged cells. */
  merged: { row: number; column: number }[];
  /** Rows with something in a column that isn't read. */
  beyond: number[];
}

/** More rows than a plan could have; whatever stands below isn't read, but found to be too much. */
export const MOST_ROWS = 3_000;
export const MOST_COLUMNS = 60;

/** Reads a workbook that somebody brings. Throws `Unreadable`. */
export async function readGrids(bytes: Buffer): Promise<Grid[]> {
  const parts = partsOf(bytes);
  if (!parts.includes('xl/workbook.xml')) throw new Unreadable('这不是 Excel 工作簿,请选 .xlsx 文件');
  const { readXlsx } = await import('hucre/xlsx');
  const book = await readXlsx(bytes, { readStyles: true, maxRows: MOST_ROWS + 2 }).catch(() => {
    throw new Unreadable('工作簿读不出来,请用 Excel 或 WPS 打开后另存为 .xlsx 再试');
  });
  return book.sheets.map(({ name, rows, cells, merges = [], hidden, veryHidden }) => ({
    name,
    hidden: hidden === true || veryHidden === true,
    merged: merges.map(({ startRow, startCol }) => ({ row: startRow, column: startCol })),
    beyond: rows.flatMap((values, row) =>
      values.slice(MOST_COLUMNS).some((value) => String(value ?? '').trim() !== '') ? [row] : [],
    ),
    rows: rows.map((values, row) =>
      values.slice(0, MOST_COLUMNS).map((value, column) => {
        const more = cells?.get(`${row},${column}`);
        return {
          value,
          formula: more?.type === 'formula' || more?.formula !== undefined,
          broken: more?.type === 'error',
          percent: more?.style?.numFmt?.includes('%') ?? false,
        };
      }),
    ),
  }));
}

export interface Table {
  name: string;
  columns: { width: number; format: 'text' | 'number' | 'day' }[];
  rows: (string | number | Date | null)[][];
  /** How many rows on top and columns on the left stay in sight. */
  head: number;
  side: number;
  /** What a column offers to choose from: words, or the cells of another sheet. */
  choices: { column: number; from: string[] | string; strict: boolean }[];
}

/** A sheet to be read, its first row the head: text of these widths. */
export const tableOfText = (name: string, widths: number[], rows: Table['rows']): Table => ({
  name,
  head: 1,
  side: 0,
  columns: widths.map((width) => ({ width, format: 'text' })),
  rows,
  choices: [],
});

const formats = { text: '@', number: 'General', day: 'yyyy-mm-dd' };
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** `0` is A. */
export const letterOf = (column: number): string =>
  (column < 26 ? '' : (letters[Math.floor(column / 26) - 1] ?? '')) + (letters[column % 26] ?? '');

/** Text stays text whatever it begins with: no cell is ever a formula. */
export async function writeTables(tables: Table[]): Promise<Buffer> {
  const { writeXlsx } = await import('hucre/xlsx');
  const font = { name: '宋体', size: 11 };
  return Buffer.from(await writeXlsx({ sheets: tables.map(sheetOf), defaultFont: font }));
}

function sheetOf({ name, columns, rows, head, side, choices }: Table): WriteSheet {
  const heading: CellStyle = {
    font: { bold: true },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'DDE7F0' } },
    alignment: { vertical: 'center', wrapText: true },
  };
  const top = rows
    .slice(0, head)
    .flatMap((row, at) =>
      row.map((value, column): [string, { value: typeof value; style: CellStyle }] => [
        `${at},${column}`,
        { value, style: heading },
      ]),
    );
  return {
    name,
    rows,
    columns: columns.map(({ width, format }) => ({
      width,
      style: { numFmt: formats[format], alignment: { vertical: 'top', wrapText: true } },
    })),
    cells: new Map(top),
    rowDefs: new Map(rows.map((row, at) => [at, { height: LINE * linesOf(row, columns) }])),
    freezePane: { rows: head, columns: side },
    dataValidations: choices.map((choice) => listOf(choice, head, rows.length)),
    pageSetup: { orientation: 'landscape', paperSize: 'a4', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  };
}

const LINE = 16;
const MOST_LINES = 12;

/** How many lines a row needs at its columns' widths: a Chinese character is two wide. */
function linesOf(row: Table['rows'][number], columns: Table['columns']): number {
  const needed = row.map((value, column) => {
    const width = columns[column]?.width ?? 10;
    const wide = (line: string) => line.length + (line.match(/[\u2E80-\uFFEF]/g)?.length ?? 0);
    return typeof value === 'string'
      ? value.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(wide(line) / width)), 0)
      : 1;
  });
  return Math.min(MOST_LINES, Math.max(1, ...needed));
}

function listOf(
  { column, from, strict }: Table['choices'][number],
  head: number,
  rows: number,
): DataValidation {
  const letter = letterOf(column);
  return {
    type: 'list',
    range: `${letter}${head + 1}:${letter}${rows + 200}`,
    allowBlank: true,
    showErrorMessage: strict,
    errorTitle: '请从列表中选择',
    ...(typeof from === 'string' ? { formula1: from } : { values: from }),
  };
}
