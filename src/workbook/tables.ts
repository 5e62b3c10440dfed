import type { Fault } from './fault.ts';
import type { AnySheet } from './sheets.ts';
import { type Cell, type Grid, MOST_ROWS } from './spreadsheet.ts';

export const STAMP = '导出编号';
export const UPRIGHT = ['项目', '内容', '说明'];
/** What a draft's rows take for granted, for the office to look at; nothing of it is kept. */
export const PENDING = '待核';
const NOTHING: Cell = { value: null };

export type Place = Omit<Fault, 'why' | 'absent'>;

/** The cells of one thing, by field; none for a field whose column the sheet doesn't have. */
export interface Line {
  at: Place;
  cells: { field: string; cell: Cell; at: Place }[];
}

export interface Lines {
  lines: Line[];
  faults: Fault[];
  /** Rows whose 待核 still says something. */
  pending: number;
}

/** What a sheet has, line by line, whatever is wrong with its headers: the columns that it has can be read. */
export const linesOf = (sheet: AnySheet, grid: Grid): Lines =>
  sheet.upright ? uprightLines(sheet, grid) : flatLines(sheet, grid);

function flatLines(sheet: AnySheet, grid: Grid): Lines {
  const [head = [], ...body] = grid.rows;
  const headers = head.map(({ value }) => String(value ?? '').trim());
  const wanted = Object.values(sheet.columns).map(({ header }) => header);
  if (!headers.some((header) => wanted.includes(header))) {
    return {
      pending: 0,
      lines: [],
      faults: [{ sheet: sheet.title, row: 1, why: `第一行应为表头:${wanted.join('、')}` }],
    };
  }
  const faults = headerFaults(sheet, headers, body);
  const lines: Line[] = [];
  for (const [index, cells] of body.entries()) {
    if (cells.every(isBlank)) continue;
    const row = index + 2;
    if (row > MOST_ROWS) {
      return {
        pending: 0,
        lines: [],
        faults: [{ sheet: sheet.title, row, why: `超过${MOST_ROWS}行,请删去多余的行` }],
      };
    }
    lines.push({
      at: { sheet: sheet.title, row },
      cells: Object.entries(sheet.columns).flatMap(([field, { header }]) => {
        const column = headers.indexOf(header);
        const at = { sheet: sheet.title, row, column, header };
        return column === -1 ? [] : [{ field, cell: cells[column] ?? NOTHING, at }];
      }),
    });
  }
  const column = headers.indexOf(PENDING);
  const pending = body.filter((cells) => !isBlank(cells[column] ?? NOTHING)).length;
  return { lines, faults, pending };
}

function headerFaults({ title, columns }: AnySheet, headers: string[], body: Cell[][]): Fault[] {
  const wanted = Object.values(columns).map(({ header }) => header);
  const odd = headers.flatMap((header, column): Fault[] => {
    const place = { sheet: title, row: 1, column };
    if (header === '') {
      const filled = body.findIndex((cells) => !isBlank(cells[column] ?? NOTHING));
      return filled === -1 ? [] : [{ ...place, why: `这一列没有表头,但第${filled + 2}行有内容` }];
    }
    if (!wanted.includes(header) && header !== PENDING)
      return [{ ...place, why: `不认识的表头「${header.slice(0, 20)}」` }];
    return headers.indexOf(header) < column ? [{ ...place, why: `表头「${header}」出现了两次` }] : [];
  });
  const lacking = wanted
    .filter((header) => !headers.includes(header))
    .map((header): Fault => ({ sheet: title, row: 1, why: `缺少表头「${header}」` }));
  return [...lacking, ...odd];
}

function uprightLines(sheet: AnySheet, { rows }: Grid): Lines {
  const labels = rows.map((cells) => String(cells[0]?.value ?? '').trim());
  const wanted = Object.values(sheet.columns).map(({ header }) => header);
  const known = [...wanted, STAMP, UPRIGHT[0]];
  const faults = labels.flatMap((label, index): Fault[] => {
    const place = { sheet: sheet.title, row: index + 1, column: 0 };
    const cells = rows[index] ?? [];
    const apart = cells.findIndex((cell, column) => column >= UPRIGHT.length && !isBlank(cell));
    if (apart !== -1) return [{ ...place, column: apart, why: `只读${UPRIGHT.join('、')}三列,请删去这一格` }];
    if (label === '') {
      return cells.every(isBlank) ? [] : [{ ...place, why: '这一行没有写项目,但有内容' }];
    }
    if (!known.includes(label)) return [{ ...place, why: `不认识的项目「${label.slice(0, 20)}」` }];
    return labels.indexOf(label) < index ? [{ ...place, why: `项目「${label}」出现了两次` }] : [];
  });
  for (const header of wanted) {
    if (!labels.includes(header)) faults.push({ sheet: sheet.title, why: `缺少项目「${header}」` });
  }
  const cells = Object.entries(sheet.columns).flatMap(([field, { header }]) => {
    const index = labels.indexOf(header);
    const at = { sheet: sheet.title, row: index + 1, column: 1, header };
    return index === -1 ? [] : [{ field, cell: rows[index]?.[1] ?? NOTHING, at }];
  });
  return { lines: [{ at: { sheet: sheet.title }, cells }], faults, pending: 0 };
}

export function stampIn({ rows }: Grid): string | null {
  const row = rows.find((cells) => cells[0]?.value === STAMP);
  const value = row?.[1]?.value;
  return typeof value === 'string' && /^[0-9a-f]{12}$/.test(value.trim()) ? value.trim() : null;
}

const isBlank = ({ value, formula, broken }: Cell): boolean =>
  !formula && !broken && (value === null || (typeof value === 'string' && value.trim() === ''));
