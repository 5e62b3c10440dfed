import { type Cell, readXlsx, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { runCommand, type ShellParts } from '../../src/cli/shell.ts';
import { readConfig } from '../../src/config.ts';
import type { Store } from '../../src/ledger/db.ts';
import { plans } from '../../src/ledger/schema.ts';
import type { Clock } from '../../src/time.ts';
import { standingClock } from '../setup/standingClock.ts';

export type CellValue = string | number | boolean | Date | null;

/** The sheets of a workbook as anybody's spreadsheet program has them, to be changed and saved again. */
export interface Workbook {
  sheets: (WriteSheet & { rows: CellValue[][] })[];
  sheet(title: string): WriteSheet & { rows: CellValue[][] };
  /** The cell in the row whose first or second cell says `key`, under this header. */
  at(title: string, key: string, header: string): { row: number; column: number };
  set(title: string, key: string, header: string, value: CellValue): void;
  /** A formula, or another thing that a cell can be besides a value. */
  put(title: string, row: number, column: number, cell: Partial<Cell>): void;
  save(): Promise<Buffer>;
}

export async function open(bytes: Buffer): Promise<Workbook> {
  const read = await readXlsx(bytes);
  const sheets = read.sheets.map(({ name, rows }) => ({
    ...{ name, rows: rows.map((row) => [...row]) },
    cells: new Map<string, Partial<Cell>>(),
  }));
  const sheet = (title: string) => {
    const found = sheets.find(({ name }) => name === title);
    if (!found) throw new Error(`no sheet ${title}`);
    return found;
  };
  const at = (title: string, key: string, header: string) => {
    const { rows } = sheet(title);
    const row = rows.findIndex((cells) => cells[0] === key || cells[1] === key);
    const column = title === '方案' ? 1 : (rows[0] ?? []).indexOf(header);
    if (row < 0 || column < 0) throw new Error(`no cell ${title} ${key} ${header}`);
    return { row, column };
  };
  return {
    ...{ sheets, sheet, at },
    set: (title, key, header, value) => {
      const { row, column } = at(title, key, header);
      const cells = sheet(title).rows[row] ?? [];
      cells[column] = value;
    },
    put: (title, row, column, cell) => {
      sheet(title).cells.set(`${row},${column}`, cell);
    },
    save: async () => Buffer.from(await writeXlsx({ sheets })),
  };
}

export interface TestDesk extends ShellParts {
  export(): Promise<Buffer>;
  import(bytes: Buffer, ...args: string[]): Promise<{ code: number; out: string }>;
}

/** A command line at a ledger, as an operator has it. */
export function deskAt(
  store: Store,
  environment: Record<string, string> = {},
  clock: Clock = standingClock('2026-04-09T02:00:00Z'),
): TestDesk {
  const config = readConfig({ SECRET_KEY: 'a key that only tests use', SANDBOX: '0', ...environment });
  const desk = { store, config, clock };
  const run = async (command: string, args: string[], input: string) => {
    let out = '';
    const code = await runCommand(desk, command, args, input, (text) => {
      out += text;
    });
    return { code, out };
  };
  return {
    ...desk,
    export: async () => Buffer.from((await run('export', [], '')).out, 'base64'),
    import: (bytes, ...args) => run('import', args, bytes.toString('base64')),
  };
}

/** The sample as if it were a bureau's own plan, which an import amends rather than replaces. */
export const ownPlan = async (store: Store): Promise<void> => {
  await store.db.update(plans).set({ sample: false });
};

/** What leaves by itself, as the sample has it and no workbook made of it. */
export function authorise(book: Workbook): void {
  for (const [label, value] of [
    ['授权自动发布的事项', '每周进展、会议、通报'],
    ['授权人', '党组书记'],
    ['授权依据', '2026年1月5日会议'],
    ['授权日期', '2026-01-05'],
    ['季通报发布', '按授权自动'],
  ] as const)
    book.set('方案', label, '', value);
}
