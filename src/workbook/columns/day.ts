import { isDay } from '../../ledger/days.ts';
import { brief, CellFault, type Column, type Head, NOTHING, OPEN, typed } from '../column.ts';
import type { Cell } from '../spreadsheet.ts';

/** A date, or nothing while it is open. */
export const day = ({ header, width = 13, hint = '如 2026-12-31' }: Head): Column<string | null> => ({
  ...{ header, width, hint, format: 'day' },
  read: (cell) => readDay(cell),
  show: (value) => (value === null ? OPEN : new Date(`${value}T00:00:00Z`)),
});

/** A date, or nothing where none is set. */
export const dayOrBlank = (head: Head): Column<string | null> => ({
  ...day(head),
  show: (value) => (value === null ? null : new Date(`${value}T00:00:00Z`)),
});

export const sureDay = (head: Head): Column<string> => ({
  ...day(head),
  read: (cell) => {
    const value = readDay(cell);
    if (value === null) throw new CellFault('没有填写日期');
    return value;
  },
  show: (value) => new Date(`${value}T00:00:00Z`),
});

function readDay(cell: Cell): string | null {
  const { value } = cell;
  if (value instanceof Date && !cell.formula) {
    const [date = '', time] = value.toISOString().split('T');
    if (time !== '00:00:00.000Z') throw new CellFault('带有时刻,只填日期即可');
    return date;
  }
  if (typeof value === 'number') throw new CellFault(`「${value}」不是日期,请按 2026-12-31 填写`);
  const words = typed(cell);
  if (NOTHING.has(words)) return null;
  const [, year = '', month = '', date = ''] =
    /^(20\d\d)(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?$/.exec(words) ?? [];
  const iso = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  if (year === '') throw new CellFault(`「${brief(words)}」不是日期,请按 2026-12-31 填写,暂不确定填${OPEN}`);
  if (!isDay(iso)) throw new CellFault(`没有「${brief(words)}」这一天`);
  return iso;
}
