import type { Row } from '../ledger/book.ts';
import type { Column } from './column.ts';

/** A sheet of the workbook: a row of headers and a row for each of its things, or upright, a line for each field. */
export interface Sheet<R extends Row> {
  title: string;
  columns: { [F in keyof R]: Column<R[F]> };
  /** One thing only: each field has a line of its own. */
  upright?: true;
}
