import {
  AlignmentType,
  Bookmark,
  BorderStyle,
  Document,
  type FileChild,
  Footer,
  Header,
  type IFontAttributesProperties,
  type ISectionOptions,
  Packer,
  PageNumber,
  Paragraph,
  Tab,
  TabStopType,
  TextRun,
} from 'docx';
import type { Block, Draft, Part } from './draft.ts';
import { formal, fullDay } from './marks.ts';
import { CHARACTER, FOOT, fonts, fontTable, pageOf, TITLE, textWidth } from './page.ts';
import { stylesheet } from './styles.ts';
import { tableOf } from './table.ts';
import { titleLines, widthOf } from './titleLines.ts';

/** A draft as it is printed. */
export async function typeset(draft: Draft): Promise<Uint8Array> {
  const document = new Document({
    title: draft.name,
    creator: '',
    evenAndOddHeaderAndFooters: true,
    externalStyles: stylesheet,
    sections: draft.parts.map((part) => sectionOf(part, draft.mark ?? '代拟稿')),
  });
  return Packer.toBuffer(document, undefined, [{ path: 'word/fontTable.xml', data: fontTable }]);
}

function sectionOf(part: Part, mark: string): ISectionOptions {
  const landscape = part.landscape ?? false;
  return {
    properties: pageOf(landscape),
    headers: { default: markLine(mark), even: markLine(mark) },
    footers: { default: pageNumber(AlignmentType.RIGHT), even: pageNumber(AlignmentType.LEFT) },
    children: [
      ...(part.numbered ? numberLine(part.numbered, landscape) : []),
      ...(part.annex ? [new Paragraph({ children: [run('附件', fonts.heading)] }), gap()] : []),
      ...part.title
        .flatMap((line) => titleLines(formal(line), textWidth(landscape) / TITLE))
        .map((line, index) => titleLine(line, index === 0 ? part.anchor : undefined)),
      ...(part.title.length > 0 ? [gap()] : []),
      ...(part.to === undefined ? [] : [new Paragraph({ children: [run(formal(part.to))] })]),
      ...blocks(part.blocks, landscape),
    ],
  };
}

/** On a draft the line that the office takes out when it is signed. */
const markLine = (mark: string) =>
  new Header({
    children: [
      new Paragraph({
        style: 'Foot',
        alignment: AlignmentType.RIGHT,
        children: [run(formal(mark), fonts.heading)],
      }),
    ],
  });

/** — 1 — in half-width digits, one character in from the outer edge. */
const pageNumber = (alignment: typeof AlignmentType.LEFT | typeof AlignmentType.RIGHT) =>
  new Footer({
    children: [
      new Paragraph({
        style: 'Foot',
        alignment,
        indent: alignment === AlignmentType.LEFT ? { left: FOOT } : { right: FOOT },
        children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: fonts.number })],
      }),
    ],
  });

/**
 * 〔2026〕  号 over the line under which the title stands: in its middle, or upward on the left and 签发人 on the right, each
 * one character in. The paragraph itself isn't set in, as its line would be too.
 */
const numberLine = ({ year, upward = false }: NonNullable<Part['numbered']>, landscape: boolean) => [
  new Paragraph({
    ...(upward ? {} : { alignment: AlignmentType.CENTER }),
    tabStops: [{ type: TabStopType.RIGHT, position: textWidth(landscape) - 4 * CHARACTER }],
    border: { bottom: { style: BorderStyle.SINGLE, size: 12, space: 6, color: 'FF0000' } },
    children: [
      run(`${upward ? '\u3000' : ''}〔${year}〕  号`),
      ...(upward ? [new TextRun({ children: [new Tab(), formal('签发人:')], font: fonts.lead })] : []),
    ],
  }),
  gap(),
  gap(),
];

function titleLine(line: string, anchor: string | undefined): Paragraph {
  const words = run(line);
  const children = anchor === undefined ? [words] : [new Bookmark({ id: anchor, children: [words] })];
  return new Paragraph({ style: 'Title', children });
}

function blocks(all: readonly Block[], landscape: boolean): FileChild[] {
  const numbers = { first: 0, second: 0 };
  return all.flatMap((block, index) => childrenOf(block, numbers, landscape, closes(all[index + 1])));
}

/** A signature never stands on a page alone: the last of the text goes with it. */
const closes = (block: Block | undefined): boolean => block?.is === 'attached' || block?.is === 'signed';

function childrenOf(block: Block, numbers: Numbers, landscape: boolean, keepNext: boolean): FileChild[] {
  switch (block.is) {
    case 'heading':
      return [headingOf(block.level, block.text, numbers)];
    case 'text': {
      const lead = block.lead === undefined ? [] : [run(formal(block.lead), fonts.lead)];
      return [paragraph([...lead, run(formal(block.text))], { flush: block.flush, keepNext })];
    }
    case 'list':
      return block.items.map((item, index) =>
        paragraph([run(`${index + 1}. ${formal(item)}`)], {
          keepNext: keepNext && index === block.items.length - 1,
        }),
      );
    case 'table':
      return tableOf(block, textWidth(landscape));
    case 'attached':
      return [gap(keepNext), ...attached(block.names, keepNext)];
    case 'signed':
      return [
        gap(true),
        gap(true),
        ...signed(block.by, block.on ? fullDay(block.on) : `${block.year}年  月  日`),
      ];
    case 'gap':
      return [gap()];
  }
}

interface Numbers {
  first: number;
  second: number;
}

const numerals = '一二三四五六七八九十';
const numeral = (number: number): string =>
  number <= 10 ? (numerals[number - 1] ?? '') : `十${numerals[number - 11] ?? ''}`;

function headingOf(level: 1 | 2, words: string, numbers: Numbers): Paragraph {
  if (level === 1) numbers.second = 0;
  const number = level === 1 ? ++numbers.first : ++numbers.second;
  const lead = level === 1 ? `${numeral(number)}、` : `(${numeral(number)})`;
  return new Paragraph({ style: `Heading${level}`, children: [run(formal(lead + words))] });
}

const paragraph = (
  children: TextRun[],
  { flush = false, keepNext }: { flush?: boolean | undefined; keepNext: boolean },
): Paragraph => new Paragraph({ ...(flush ? {} : { style: 'Text' }), keepNext, children });

/** 附件:1. … The names stand under each other. */
const attached = (names: string[], keepNext: boolean): Paragraph[] =>
  names.map((name, index) => {
    const number = names.length > 1 ? `${index + 1}. ` : '';
    return new Paragraph({
      keepNext,
      indent: { left: (index === 0 ? 2 : 5) * CHARACTER },
      children: [run(formal(`${index === 0 ? '附件:' : ''}${number}${name}`))],
    });
  });

/** The day four characters in from the right, and whose paper it is centred above it. */
function signed(by: string, day: string): Paragraph[] {
  const right = 4 + (widthOf(day) - widthOf(by)) / 2;
  return [line(by, right), line(day, 4)];
}

const line = (words: string, right: number): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.RIGHT,
    keepNext: true,
    indent: { right: Math.max(0, Math.round(right * CHARACTER)) },
    children: [run(words)],
  });

const gap = (keepNext = false): Paragraph => new Paragraph({ keepNext, children: [] });

const run = (words: string, font?: IFontAttributesProperties): TextRun =>
  new TextRun({ text: words, ...(font ? { font } : {}) });
