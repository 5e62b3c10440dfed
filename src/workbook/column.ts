import type { Value } from '../ledger/book.ts';
import { isDay } from '../ledger/days.ts';
import type { Cell } from './spreadsheet.ts';

/** What is wrong with one cell, in Chinese, and what to type instead. */
export class CellFault extends Error {
  override name = 'CellFault';
}

/** How a column's references are read and shown: sections by name in the cells, by code in the ledger. */
export interface Names {
  sectionCode(name: string): string | undefined;
  sectionName(code: string): string;
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

type Head = { header: string; width?: number; hint?: string };

export const OPEN = '待明确';
const NOTHING = new Set(['', OPEN]);
/** Excel itself takes no more than 32,767 in a cell. */
const LONGEST = 2_000;

/** What a person typed, as text; refuses what isn't plain text. */
function typed(cell: Cell): string {
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
function clean(words: string, most: number): string {
  if (words.length > most) throw new CellFault(`有${words.length}字,最多${most}字`);
  if (/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u.test(words.replaceAll('\n', ''))) {
    throw new CellFault('含看不见的控制字符,请重新键入');
  }
  return words;
}

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

const brief = (words: string): string => (words.length > 20 ? `${words.slice(0, 20)}…` : words);

/** One of a few words. */
export const choice = <T extends Value>(
  { header, width = 10, hint = '' }: Head,
  words: Record<string, T>,
): Column<T> => ({
  ...{ header, width, format: 'text', choices: Object.keys(words).filter((word) => word !== '') },
  hint: hint === '' ? Object.keys(words).filter(Boolean).join('、') : hint,
  read: (cell) => oneOf(typed(cell), words),
  show: (value) => wordFor(value, words),
});

function oneOf<T>(word: string, words: Record<string, T>): T {
  if (Object.hasOwn(words, word)) return words[word] as T;
  const known = Object.keys(words).filter(Boolean).join('、');
  if (word === '') throw new CellFault(`没有填写,可填:${known}`);
  throw new CellFault(`没有「${brief(word)}」这个选项,可填:${known}`);
}

const wordFor = <T>(value: T, words: Record<string, T>): string =>
  Object.entries(words).find(([, each]) => each === value)?.[0] ?? String(value ?? '');

/** Several words with 、 between them. */
export const list = ({ header, width = 18, hint = '多个用、隔开' }: Head): Column<string[]> => ({
  ...{ header, width, hint, format: 'text' },
  read: (cell) => parted(clean(typed(cell), 500)),
  show: (value) => value.join('、'),
});

/** Several of a few words. */
export const choices = <T extends string>(head: Head, words: Record<string, T>): Column<T[]> => ({
  ...{ header: head.header, width: head.width ?? 18, format: 'text' },
  hint: head.hint ?? `${Object.keys(words).join('、')},多个用、隔开`,
  read: (cell) => parted(typed(cell)).map((word) => oneOf(word, words)),
  show: (value) => value.map((each) => wordFor(each, words)).join('、'),
});

function parted(words: string): string[] {
  const parts = words
    .split(/[、,;\uFF0C\uFF1B\n]/)
    .map((part) => part.trim())
    .filter(Boolean);
  const twice = parts.find((part, at) => parts.indexOf(part) !== at);
  if (twice !== undefined) throw new CellFault(`「${brief(twice)}」写了两次`);
  return parts;
}

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
    return within(value, 0, 100_000_000);
  },
  show: (value) => value,
});

export const amountOrBlank = ({ header, width = 9, hint = '数字或空' }: Head): Column<number | null> => ({
  ...{ header, width, hint, format: 'number' },
  read: (cell) => {
    const value = readNumber(cell);
    return value === null ? null : within(value, 0, 100_000_000);
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

export const yes = ({ header, width = 6, hint = '是 或空' }: Head): Column<boolean> =>
  choice({ header, width, hint }, { 是: true, '': false, 否: false });

/** A section, named as in the sheet 科室. */
export const section = (head: Head): Column<string | null> => ({
  ...{ header: head.header, width: head.width ?? 14, format: 'text', from: 'sections' },
  hint: head.hint ?? `「科室」表里的名称,未定填${OPEN}`,
  read: (cell, names) => {
    const word = typed(cell);
    return NOTHING.has(word) ? null : sectionIn(word, names);
  },
  show: (value, names) => (value === null ? OPEN : names.sectionName(value)),
});

export const sureSection = (head: Head): Column<string> => ({
  ...section(head),
  hint: '「科室」表里的名称',
  read: (cell, names) => sectionIn(typed(cell), names),
  show: (value, names) => names.sectionName(value),
});

export const sectionOrBlank = (head: Head): Column<string | null> => ({
  ...section(head),
  hint: head.hint ?? '「科室」表里的名称或空',
  show: (value, names) => (value === null ? null : names.sectionName(value)),
});

export const sectionList = (head: Head): Column<string[]> => ({
  ...list(head),
  hint: '「科室」表里的名称,多个用、隔开',
  read: (cell, names) => parted(typed(cell)).map((word) => sectionIn(word, names)),
  show: (value, names) => value.map(names.sectionName).join('、'),
});

function sectionIn(word: string, names: Names): string {
  if (word === '') throw new CellFault('没有填写科室');
  const found = names.sectionCode(word);
  if (found === undefined) throw new CellFault(`「科室」表里没有「${brief(word)}」`);
  return found;
}

/** A person, named as in the sheet 人员; whether there is one is checked when all is read. */
export const person = (head: Head): Column<string | null> => ({
  ...{ header: head.header, width: head.width ?? 16, format: 'text', from: 'people' },
  hint: `「人员」表里的姓名,未定填${OPEN}`,
  read: (cell) => {
    const word = clean(typed(cell), 50);
    return NOTHING.has(word) ? null : word;
  },
  show: (value) => value ?? OPEN,
});
