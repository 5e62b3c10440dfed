import type { SheetName, Value } from '../ledger/book.ts';
import type { Cell } from './spreadsheet.ts';

/** What is wrong with one cell, in Chinese, and what to type instead. */
export class CellFault extends Error {
  override name = 'CellFault';

  /** It names a row of that sheet which isn't there: perhaps only because that one can't be read. */
  readonly absent: SheetName | undefined;

  constructor(message: string, absent?: SheetName) {
    super(message);
    this.absent = absent;
  }
}

/** How a column's references are read and shown: sections by name in the cells, by code in the ledger. */
export interface Names {
  sectionCode(name: string): string | undefined;
  sectionName(code: string): string;
  /** The name of the section that goes by this alias. */
  sectionCalled(alias: string): string | undefined;
}

/** One column of a sheet: how its cells are read and shown, and what the clerk is told about it. */
export interface Column<T extends Value = Value> {
  header: string;
  width: number;
  format: 'text' | 'number' | 'day';
  hint: string;
  choices?: readonly string[];
  /** Offers the names of that sheet to choose from. */
  from?: 'sections' | 'people';
  read(cell: Cell, names: Names): T;
  show(value: T, names: Names): string | number | Date | null;
}

export type Head = { header: string; width?: number; hint?: string };

export const OPEN = '待明确';
export const NOTHING = new Set(['', OPEN]);
/** Excel itself takes no more than 32,767 in a cell. */
export const LONGEST = 2_000;

/** What a person typed, as text; refuses what isn't plain text. */
export function typed(cell: Cell): string {
  const { value } = cell;
  if (cell.formula) throw new CellFault('是公式,请粘贴为数值');
  if (cell.broken) throw new CellFault('是公式出错的结果(如 #REF!),请重新填写');
  if (value instanceof Date) throw new CellFault('是日期,此处应填文字');
  if (typeof value === 'boolean') throw new CellFault('是逻辑值,此处应填文字');
  if (typeof value === 'number' && cell.percent) throw new CellFault('是百分数格式,此处应填文字');
  return String(value ?? '')
    .replace(/\r\n?/g, '\n')
    .trim();
}

/** Control and direction marks hide what a text says. */
export function clean(words: string, most: number): string {
  if (words.length > most) throw new CellFault(`有${words.length}字,最多${most}字`);
  if (/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u.test(words.replaceAll('\n', ''))) {
    throw new CellFault('含看不见的控制字符,请重新键入');
  }
  return words;
}

export const brief = (words: string): string => (words.length > 20 ? `${words.slice(0, 20)}…` : words);
