import mammoth from 'mammoth';
import { partsOf, Unreadable } from '../archive.ts';

/** The text of a .txt file in UTF-8 or GB 18030, or of a Word document. Throws `Unreadable`. */
export async function textOf(bytes: Buffer): Promise<string> {
  if (bytes.subarray(0, 2).toString() === 'PK' || bytes.subarray(0, 2).toString('hex') === 'd0cf') {
    if (!partsOf(bytes).includes('word/document.xml')) throw new Unreadable('这不是 Word 文档或文本文件');
    try {
      const { value } = await mammoth.convertToHtml({ buffer: bytes });
      return value.includes('<table')
        ? linesOf(value)
        : (await mammoth.extractRawText({ buffer: bytes })).value;
    } catch {
      throw new Unreadable('Word 文档读不出来,请另存为 .docx 或 .txt 再试');
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** A document with tables, a row a line and its cells between tabs; what is merged stands where it begins. */
function linesOf(html: string): string {
  const text = html
    .replace(/<t[dh][^>]*>([\s\S]*?)<\/t[dh]>/g, (_, cell: string) => `${cell.replace(/<[^>]+>/g, '')}\t`)
    .replace(/\t?<\/tr>/g, '\n')
    .replace(/<\/(?:p|h\d|li)>|<br \/>/g, '\n')
    .replace(/<[^>]+>/g, '');
  return text.replace(/&(#39|\w+);/g, (whole, name: string) => entities[name] ?? whole);
}
