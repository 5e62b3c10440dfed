import type { SheetName } from '../ledger/book.ts';
import { letterOf } from './spreadsheet.ts';

/** Something wrong in a workbook, and where: rows and columns as the clerk sees them. */
export interface Fault {
  sheet: string;
  /** From 1. */
  row?: number;
  /** From 0. */
  column?: number;
  header?: string;
  why: string;
  /** It names a row of that sheet, which the workbook doesn't have. */
  absent?: SheetName;
}

/** `任务 第5行 F列(完成时限):没有「2026-13-01」这一天`. */
export function faultWords({ sheet, row, column, header, why }: Fault): string {
  const place = [
    sheet,
    row === undefined ? '' : `第${row}行`,
    column === undefined ? '' : `${letterOf(column)}列${header === undefined ? '' : `(${header})`}`,
  ].filter(Boolean);
  return `${place.join(' ')}:${why}`;
}
