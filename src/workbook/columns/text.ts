import { brief, CellFault, type Column, clean, type Head, LONGEST, typed } from '../column.ts';
import type { Cell } from '../spreadsheet.ts';

export const text = (
  { header, width = 14, hint = '' }: Head,
  { needed = true, most = 200 }: { needed?: boolean; most?: number } = {},
): Column<string> => ({
  ...{ header, width, hint, format: 'text' },
  read: (cell) => {
    const words = clean(typed(cell), most);
    if (needed && words === '') throw new CellFault('没有填写');
    return words;
  },
  show: (value) => value,
});

export const longText = (head: Head): Column<string> => text(head, { needed: false, most: LONGEST });

/** A code or an account: exactly these characters, typed as text, because 007 isn't 7 and 1.10 isn't 1.1. */
export const code = (
  { header, width = 12, hint = '' }: Head,
  { form, example, needed = true }: { form: RegExp; example: string; needed?: boolean },
): Column<string> => ({
  ...{ header, width, format: 'text' },
  hint: hint === '' ? `如 ${example}` : hint,
  read: (cell) => readCode(cell, { form, example, needed }),
  show: (value) => value,
});

function readCode(
  cell: Cell,
  { form, example, needed }: { form: RegExp; example: string; needed: boolean },
): string {
  if (typeof cell.value === 'number') {
    throw new CellFault(`是数字格式,请把单元格设为文本再填(如 ${example}),否则 1.10 会变成 1.1`);
  }
  const words = typed(cell);
  if (words === '' && !needed) return '';
  if (words === '') throw new CellFault('没有填写');
  const narrow = words.normalize('NFKC').replaceAll('。', '.');
  if (narrow !== words && form.test(narrow)) throw new CellFault(`含全角字符,应为半角:${narrow}`);
  if (!form.test(words)) throw new CellFault(`「${brief(words)}」写法不对,应如 ${example}`);
  return words;
}
