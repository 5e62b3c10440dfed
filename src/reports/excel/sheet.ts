import type { CellStyle, MergeRange } from 'hucre/xlsx';

export interface Column<Line> {
  head: string;
  /** In characters of the sheet's font, a Chinese one being two. */
  width: number;
  of(line: Line): string;
  centred?: boolean;
  /** Rows that follow each other with the same words share one cell. */
  merged?: boolean;
}

export interface PrintSheet<Line> {
  name: string;
  title: string;
  below: string;
  columns: Column<Line>[];
  lines: Line[];
}

const FONT = '仿宋';
const thin = { style: 'thin' } as const;
const frame = { top: thin, right: thin, bottom: thin, left: thin };
const styles = {
  title: style('方正小标宋简体', 20, 'center'),
  below: style('楷体', 12, 'right'),
  head: { ...style('黑体', 12, 'center'), border: frame },
  left: { ...style(FONT, 12, 'left'), border: frame },
  centred: { ...style(FONT, 12, 'center'), border: frame },
};
/** Points that a line of size 12 takes in the fonts that stand in for it too, and the rows above the lines. */
const LINE = 17;
const HEAD = 3;
const HEADS = [34, 20, 24];

/** One sheet to print on A3 across, as wide as the page; the head stands on each page. All words are typed text. */
export async function printSheet<Line>(sheet: PrintSheet<Line>): Promise<Uint8Array> {
  const { writeXlsx } = await import('hucre/xlsx');
  const { name, title, below, columns, lines } = sheet;
  const words = lines.map((line) => columns.map((column) => column.of(line)));
  const blank = columns.slice(1).map(() => '');
  const rows = [[title, ...blank], [below, ...blank], columns.map(({ head }) => head), ...words];
  const heights = [...HEADS, ...words.map((row) => heightOf(row, columns))];
  return writeXlsx({
    defaultFont: { name: FONT, size: 12 },
    sheets: [
      {
        name,
        columns: columns.map(({ width }) => ({ width })),
        rows,
        cells: new Map(rows.flatMap((row, at) => row.map((value, nth) => cell(at, nth, value, columns)))),
        merges: [across(0, blank.length), across(1, blank.length), ...merges(words, columns)],
        rowDefs: new Map(heights.map((height, at) => [at, { height }])),
        freezePane: { rows: HEAD, columns: 4 },
        pageSetup: {
          paperSize: 'a3',
          orientation: 'landscape',
          fitToPage: true,
          fitToWidth: 1,
          fitToHeight: 0,
          margins: { top: 0.7, bottom: 0.6, left: 0.5, right: 0.5, header: 0.3, footer: 0.3 },
          printTitlesRow: `$${HEAD}:$${HEAD}`,
          horizontalCentered: true,
        },
        headerFooter: { oddFooter: '&C第&P页 共&N页' },
      },
    ],
  });
}

const across = (row: number, last: number): MergeRange => ({
  ...{ startRow: row, startCol: 0 },
  ...{ endRow: row, endCol: last },
});

type Cells = { centred?: boolean; merged?: boolean; width: number }[];

const cell = (row: number, column: number, value: string, columns: Cells) =>
  [`${row},${column}`, { value, type: 'string' as const, style: styleOf(row, columns[column]) }] as const;

function style(name: string, size: number, horizontal: 'left' | 'center' | 'right'): CellStyle {
  return { font: { name, size }, alignment: { horizontal, vertical: 'center', wrapText: true } };
}

function styleOf(row: number, column: { centred?: boolean } | undefined): CellStyle {
  if (row === 0) return styles.title;
  if (row === 1) return styles.below;
  if (row === 2) return styles.head;
  return column?.centred ? styles.centred : styles.left;
}

/**
 * The narrowest of the groups holds for all of them: a wide one is named again in each, so that its name is never far.
 * Where a page ends within one its name stands on one of the two: how much goes on a page only the printer knows.
 */
function merges(words: string[][], columns: Cells): MergeRange[] {
  const narrowest = columns.findLastIndex(({ merged }) => merged);
  return columns.flatMap(({ merged }, column) =>
    merged ? runs(words, narrowest).map((run) => ({ ...run, startCol: column, endCol: column })) : [],
  );
}

/** Rows under each other with the same words in a column, two or more of them. */
function runs(words: string[][], column: number): Pick<MergeRange, 'startRow' | 'endRow'>[] {
  const found: ReturnType<typeof runs> = [];
  for (let from = 0; from < words.length; ) {
    let to = from;
    while (to + 1 < words.length && words[to + 1]?.[column] === words[from]?.[column]) to++;
    if (to > from) found.push({ startRow: from + HEAD, endRow: to + HEAD });
    from = to + 1;
  }
  return found;
}

/** No program measures wrapped lines in a file, so that the height has to be said: the fullest cell's lines. */
function heightOf(row: string[], columns: Cells): number {
  const lines = row.map((words, at) => {
    const { width, merged } = columns[at] ?? { width: 1 };
    return merged ? 1 : words.split('\n').reduce((sum, line) => sum + linesOf(line, width), 0);
  });
  return Math.min(409, Math.max(2, ...lines) * LINE + 6);
}

function linesOf(line: string, width: number): number {
  const wide = [...line].reduce((sum, each) => sum + (each.charCodeAt(0) < 128 ? 1 : 2), 0);
  return Math.max(1, Math.ceil(wide / Math.max(1, width - 1)));
}
