import {
  AlignmentType,
  HeightRule,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
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
  const columns = widths.map((each) => Math.floor((each / parts) * width));
  const table = new Table({
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    width: { size: columns.reduce((sum, each) => sum + each, 0), type: WidthType.DXA },
    columnWidths: columns,
    margins: { left: 80, right: 80, top: 20, bottom: 20 },
    rows: [
      ...(head ? [rowOf({ cells: head.map(labelled) }, { tableHeader: true, keeps: true })] : []),
      ...rows.map((row, index) => rowOf(row, { keeps: together && index < rows.length - 1 })),
    ],
  });
  return caption === undefined ? [table] : [captionOf(caption), table];
}

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
  { text, across = 1, down = 1, align = 'left', label = false }: Cell,
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
          children: [new TextRun(formal(each))],
        }),
    ),
  });
}
