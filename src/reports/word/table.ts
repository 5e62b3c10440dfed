import {
  AlignmentType,
  HeightRule,
  PageReference,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { CODE, only } from '../../ledger/rules/code.ts';
import type { Block, Cell, Row, Words } from './draft.ts';
import { formal } from './marks.ts';
import { mm } from './page.ts';

type TableBlock = Extract<Block, { is: 'table' }>;

/** A table over the whole width of the text; a row isn't torn apart, the head stands on each page. */
export function tableOf(
  { widths, head, rows, caption, together = false }: TableBlock,
  width: number,
): (Paragraph | Table)[] {
  const parts = widths.reduce((sum, each) => sum + each, 0);
  const columns = roomForCodes(
    widths.map((each) => Math.floor((each / parts) * width)),
    rows,
  );
  const table = new Table({
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    width: { size: columns.reduce((sum, each) => sum + each, 0), type: WidthType.DXA },
    columnWidths: columns,
    margins: { left: MARGIN, right: MARGIN, top: 20, bottom: 20 },
    rows: [
      ...(head ? [rowOf({ cells: head.map(labelled) }, { tableHeader: true, keeps: true })] : []),
      ...rows.map((row, index) => rowOf(row, { keeps: together && index < rows.length - 1 })),
    ],
  });
  return caption === undefined ? [table] : [captionOf(caption), table];
}

/** A code is never torn over two lines: its column takes what it lacks from the widest one. */
function roomForCodes(columns: number[], rows: readonly Row[]): number[] {
  const room = [...columns];
  for (const { cells } of rows) {
    if (cells.length !== columns.length) continue;
    cells.forEach((cell, index) => {
      const { text } = whole(cell);
      const lacking = typeof text === 'string' && IS_CODE.test(text) ? needed(text) - (room[index] ?? 0) : 0;
      if (lacking <= 0) return;
      const widest = room.indexOf(Math.max(...room));
      room[index] = (room[index] ?? 0) + lacking;
      room[widest] = (room[widest] ?? 0) - lacking;
    });
  }
  return room;
}

const IS_CODE = only(CODE);
/** Of twelve points, in twips: digits are half as wide, and the cell has its margins. */
const needed = (code: string): number => code.replaceAll('.', '').length * 125 + 2 * 62 + 2 * MARGIN + 20;
const MARGIN = 80;

const labelled = (words: string): Cell => ({ text: words, label: true, align: 'center' });

const captionOf = (words: string): Paragraph =>
  new Paragraph({
    style: 'Caption',
    children: [new TextRun(formal(words))],
  });

const rowOf = (
  { cells, height }: Row,
  { tableHeader = false, keeps }: { tableHeader?: boolean; keeps: boolean },
): TableRow =>
  new TableRow({
    tableHeader,
    cantSplit: true,
    ...(height === undefined ? {} : { height: { value: mm(height), rule: HeightRule.ATLEAST } }),
    children: cells.map((each) => cellOf(whole(each), keeps)),
  });

const whole = (cell: Words | Cell): Cell =>
  typeof cell === 'object' && 'text' in cell ? cell : { text: cell };

const alignments = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
};

function cellOf(
  { text, across = 1, down = 1, align = 'left', label = false, page }: Cell,
  keepNext: boolean,
): TableCell {
  const lines = Array.isArray(text) ? text : [text];
  return new TableCell({
    columnSpan: across,
    rowSpan: down,
    verticalAlign: VerticalAlignTable.CENTER,
    children: (lines.length > 0 ? lines : ['']).map(
      (each) =>
        new Paragraph({
          style: label ? 'CellHead' : 'Cell',
          alignment: alignments[align],
          keepNext,
          children: [page === undefined ? new TextRun(formal(each)) : new PageReference(page)],
        }),
    ),
  });
}
