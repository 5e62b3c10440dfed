import type { Book, SheetName, Value } from '../ledger/book.ts';
import type { Column } from './column.ts';
import type { Sheet } from './sheet.ts';
import { calendar, groups, people, sections } from './sheets/house.ts';
import { plan } from './sheets/plan.ts';
import { duties, indicators, outline, papers, tasks } from './sheets/tasks.ts';

/** In the order in which the sheets stand. */
const typed: { [S in SheetName]: Sheet<Book[S][number]> } = {
  plan,
  outline,
  tasks,
  duties,
  indicators,
  papers,
  sections,
  people,
  groups,
  calendar,
};

/** As whoever treats all sheets alike sees them. */
export const sheets = typed as unknown as Record<SheetName, AnySheet>;
export interface AnySheet {
  title: string;
  columns: Record<string, Column<Value>>;
  upright?: true;
}

/** What a clerk reads and an import doesn't. */
export const GUIDE = '说明';
export const REMARKS = '核对事项';
