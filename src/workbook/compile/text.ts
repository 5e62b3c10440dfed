import mammoth from 'mammoth';
import { partsOf, Unreadable } from '../archive.ts';
import { ABOVE } from './table.ts';

/** The text of a .txt file in UTF-8 or GB 18030, or of a Word document. Throws `Unreadable`. */
export async function textOf(bytes: Buffer): Promise<string> {
  if (bytes.subarray(0, 2).toString() === 'PK' || bytes.subarray(0, 2).toString('hex') === 'd0cf') {
    if (!partsOf(bytes).includes('word/document.xml')) throw new Unreadable('这不是 Word 文档或文本文件');
    const { html, isNumbered } = await documentOf(bytes);
    if (html.includes('<table')) return linesOf(html);
    // Its numbers stand nowhere in the text, and without them nothing is in its place.
    if (isNumbered) {
      throw new Unreadable(
        '这份文档的编号(如“一、”“1.”)是 Word 自动生成的,读不到;请在 Word 或 WPS 里另存为“纯文本(.txt)”,编号会写成文字,再导入这个 .txt 文件',
      );
    }
    return (await mammoth.extractRawText({ buffer: bytes })).value;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** A piece of a document as mammoth has it. */
interface Piece {
  numbering?: { isOrdered: boolean } | null;
  children?: Piece[];
}

const numbers = ({ numbering, children = [] }: Piece): boolean =>
  numbering?.isOrdered === true || children.some(numbers);

/** A Word document as HTML, and whether Word numbers paragraphs of it by itself. Throws `Unreadable`. */
async function documentOf(bytes: Buffer): Promise<{ html: string; isNumbered: boolean }> {
  let isNumbered = false;
  const look = (document: Piece) => {
    isNumbered = numbers(document);
    return document;
  };
  try {
    const { value } = await mammoth.convertToHtml({ buffer: bytes }, { transformDocument: look });
    return { html: value, isNumbered };
  } catch {
    throw new Unreadable('Word 文档读不出来,请另存为 .docx 或 .txt 再试');
  }
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** A document with tables, a row a line and its cells between tabs. */
function linesOf(html: string): string {
  const text = html
    .replace(/<table[^>]*>([\s\S]*?)<\/table>/g, (_, table: string) => rowsOf(table))
    .replace(/<\/(?:p|h\d|li)>|<br \/>/g, '\n')
    .replace(/<[^>]+>/g, '');
  return text.replace(/&(#39|\w+);/g, (whole, name: string) => entities[name] ?? whole);
}

/** What is merged stands where it begins; under it stand marks, so that each cell keeps its column. */
function rowsOf(table: string): string {
  /** Over how many rows more a cell of each column reaches. */
  const reach: number[] = [];
  const lines = [...table.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].map(([, row = '']) => {
    const cells: string[] = [];
    const pass = () => {
      for (; (reach[cells.length] ?? 0) > 0; cells.push(ABOVE))
        reach[cells.length] = (reach[cells.length] ?? 0) - 1;
    };
    for (const [, spans = '', cell = ''] of row.matchAll(/<t[dh]([^>]*)>([\s\S]*?)<\/t[dh]>/g)) {
      pass();
      const spanned = (what: string) => Number(new RegExp(`${what}="(\\d+)"`).exec(spans)?.[1] ?? 1);
      for (let across = spanned('colspan'); across > 0; across--) {
        reach[cells.length] = spanned('rowspan') - 1;
        cells.push(across === spanned('colspan') ? cell.replace(/<[^>]+>/g, '') : '');
      }
    }
    pass();
    return `${cells.join('\t')}\n`;
  });
  return lines.join('');
}
