import { addDays, type Day, isDay } from '../../ledger/days.ts';
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

/** A date, or the word for none at all, or nothing where it isn't said. */
export const dayOrWord = <W extends string>(head: Head, word: W): Column<string | null> => ({
  ...day(head),
  read: (cell) => (String(cell.value).trim() === word ? word : readDay(cell)),
  show: (value) => (value === null || value === word ? value : new Date(`${value}T00:00:00Z`)),
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
  if (typeof value === 'number') throw new CellFault(`「${value}」不是日期,${meant(String(value))}`);
  const words = typed(cell).replace(/ 00:00(?::00)?$/, '');
  if (NOTHING.has(words)) return null;
  const [, year = '', month = '', date = ''] =
    /^(20\d\d)(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?$/.exec(words) ?? [];
  const iso = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  if (year === '') throw new CellFault(`「${brief(words)}」不是日期,${meant(words)}`);
  if (!isDay(iso)) throw new CellFault(`没有「${brief(words)}」这一天`);
  return iso;
}

/** What to type instead: the day that was likely meant, to be looked at and not taken. */
function meant(words: string): string {
  const day = guessed(words.normalize('NFKC'));
  return day === null ? `请按 2026-12-31 填写,暂不确定填${OPEN}` : `如是这一天请填 ${day}`;
}

/** Day 0 of Excel's count; of its numbers those that are days of this time. */
const EXCEL = '1899-12-30';
const SERIALS = { from: 40_000, to: 60_000 };

function guessed(words: string): Day | null {
  const serial = /^\d{5}$/.test(words) ? Number(words) : 0;
  if (serial >= SERIALS.from && serial <= SERIALS.to) return addDays(EXCEL, serial);
  const [, year = '', month = '', date = ''] =
    /^(20\d\d)(?:[-/.年]?)(\d{2}|\d(?=\D))(?:[-/.月]?)(\d{1,2}日?|[底末])前?$/.exec(words) ?? [];
  if (year === '') return null;
  const first = `${year}-${month.padStart(2, '0')}-01`;
  if (!isDay(first)) return null;
  const last = addDays(`${addDays(first, 31).slice(0, 7)}-01`, -1);
  const day = /[底末]/.test(date) ? last : `${first.slice(0, 8)}${date.replace('日', '').padStart(2, '0')}`;
  return isDay(day) ? day : null;
}
