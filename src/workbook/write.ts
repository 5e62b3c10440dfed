import { type Book, keyOf, type Row, type SheetName, sheetNames } from '../ledger/book.ts';
import type { Column, Names } from './column.ts';
import { namesOf } from './names.ts';
import { type AnySheet, GUIDE, sheets } from './sheets.ts';
import { letterOf, type Table, tableOfText, writeTables } from './spreadsheet.ts';
import { PENDING, STAMP, UPRIGHT } from './tables.ts';

/** The book as a workbook that a clerk can edit, with what to type where on a sheet of its own. */
export function writeBook(
  book: Book,
  stamp: string,
  { remarks = [], pending = new Map() }: { remarks?: Table[]; pending?: Map<string, string> } = {},
): Promise<Buffer> {
  const names = namesOf(book);
  const tables = sheetNames.map((name) =>
    sheets[name].upright ? upright(name, book, names, stamp) : flat(name, book, names, pending),
  );
  return writeTables([guide(), ...remarks, ...tables]);
}

function flat(name: SheetName, book: Book, names: Names, pending: Map<string, string>): Table {
  const { title, columns } = sheets[name];
  const fields = Object.entries(columns);
  const note = (row: Row) => pending.get(keyOf(name, row)) ?? null;
  const noted = book[name].some((row: Row) => note(row) !== null);
  return {
    name: title,
    head: 1,
    side: 2,
    columns: [
      ...fields.map(([, { width, format }]) => ({ width, format })),
      ...(noted ? [{ width: 40, format: 'text' as const }] : []),
    ],
    rows: [
      [...fields.map(([, { header }]) => header), ...(noted ? [PENDING] : [])],
      ...book[name].map((row: Row) => [
        ...fields.map(([field, column]) => shown(row, field, column, names)),
        ...(noted ? [note(row)] : []),
      ]),
    ],
    choices: fields.flatMap(([, column], index) => offered(column, index)),
  };
}

const shown = (row: Row, field: string, column: Column, names: Names) => {
  const value = column.show(row[field] ?? null, names);
  return value === '' ? null : value;
};

function offered({ choices, from, header }: Column, column: number): Table['choices'] {
  if (from !== undefined) {
    const index = Object.keys(sheets[from].columns).indexOf('name');
    const letter = letterOf(index);
    return [{ column, from: `${sheets[from].title}!$${letter}$2:$${letter}$500`, strict: false }];
  }
  if (choices !== undefined) return [{ column, from: [...choices], strict: header !== '停用' }];
  return [];
}

/** One thing: a line for each field, with what to type beside it. */
function upright(name: SheetName, book: Book, names: Names, stamp: string): Table {
  const { title, columns } = sheets[name];
  const [row] = book[name] as Row[];
  return tableOfText(
    title,
    [22, 44, 60],
    [
      UPRIGHT,
      ...Object.entries(columns).map(([field, column]) => [
        column.header,
        asText(row === undefined ? null : shown(row, field, column, names)),
        column.hint,
      ]),
      [STAMP, stamp, '系统核对用,请勿改动'],
    ],
  );
}

/** A column that holds everything is a column of text. */
const asText = (value: string | number | Date | null): string | number | null =>
  value instanceof Date ? value.toISOString().slice(0, 10) : value;

function guide(): Table {
  const rows = sheetNames.flatMap((name) => guideRows(sheets[name]));
  return tableOfText(
    GUIDE,
    [12, 18, 80],
    [
      ['工作表', '列', '怎么填'],
      ['全部', '', '先改后导入;任何一处有误都不写入,并逐处指出。只有改动过的内容会写入台账。'],
      ['全部', '', '删去一行不等于停用:台账原样保留。确需停用请在「停用」列填 是。'],
      ['全部', '', `尚未确定的责任领导、责任科室、完成时限填 待明确。请勿合并单元格,请勿使用公式。`],
      [
        '任务、指标',
        PENDING,
        '方案文本整理出来的草稿才有:这一行里哪些是推定的。核对后清空;导入时不保存这一列',
      ],
      ...rows,
    ],
  );
}

const guideRows = ({ title, columns }: AnySheet): string[][] =>
  Object.values(columns).map(({ header, hint }) => [title, header, hint]);
