import { brief, CellFault, type Column, type Head, typed } from '../column.ts';
import type { Cell } from '../spreadsheet.ts';

/** Sums in yuan and water in cubic metres go beyond a hundred million. */
const MOST = 1_000_000_000_000;

/** A number as typed; `unit` may tell the reader what it counts. */
function readNumber(cell: Cell): number | null {
  if (cell.formula || cell.broken) typed(cell);
  if (cell.percent) throw new CellFault('是百分数格式,请设为常规格式并直接填数,70% 填 70');
  if (typeof cell.value === 'number') return cell.value;
  const words = typed(cell);
  if (words === '') return null;
  const narrow = words.normalize('NFKC');
  if (narrow !== words && /^\d+(\.\d+)?$/.test(narrow)) throw new CellFault(`含全角数字,应为半角:${narrow}`);
  if (/%$/.test(narrow)) throw new CellFault('不带百分号,70% 填 70');
  if (!/^-?\d{1,12}(\.\d{1,4})?$/.test(words)) throw new CellFault(`「${brief(words)}」不是数字`);
  return Number(words);
}

function within(value: number, least: number, most: number): number {
  if (value < least || value > most) throw new CellFault(`「${value}」超出范围,应在${least}到${most}之间`);
  if (Math.round(value * 10_000) / 10_000 !== value) throw new CellFault('最多四位小数');
  return value;
}

export const amount = ({ header, width = 9, hint = '数字' }: Head): Column<number> => ({
  ...{ header, width, hint, format: 'number' },
  read: (cell) => {
    const value = readNumber(cell);
    if (value === null) throw new CellFault('没有填写');
    return within(value, 0, MOST);
  },
  show: (value) => value,
});

export const amountOrBlank = ({ header, width = 9, hint = '数字或空' }: Head): Column<number | null> => ({
  ...{ header, width, hint, format: 'number' },
  read: (cell) => {
    const value = readNumber(cell);
    return value === null ? null : within(value, 0, MOST);
  },
  show: (value) => value,
});

/** A whole number; the ledger counts from `first`, the sheet shows it as it is. */
export const whole = (
  { header, width = 8, hint = '整数' }: Head,
  { least = 0, most = 10_000, shift = 0 }: { least?: number; most?: number; shift?: number } = {},
): Column<number> => ({
  ...{ header, width, hint, format: 'number' },
  read: (cell) => {
    const value = readNumber(cell);
    if (value === null) throw new CellFault('没有填写');
    if (!Number.isInteger(value)) throw new CellFault(`「${value}」不是整数`);
    return within(value, least, most) - shift;
  },
  show: (value) => value + shift,
});
