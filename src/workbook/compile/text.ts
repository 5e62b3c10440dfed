import mammoth from 'mammoth';
import { partsOf, Unreadable } from '../archive.ts';

/** The text of a .txt file in UTF-8 or GB 18030, or of a Word document. Throws `Unreadable`. */
export async function textOf(bytes: Buffer): Promise<string> {
  if (bytes.subarray(0, 2).toString() === 'PK' || bytes.subarray(0, 2).toString('hex') === 'd0cf') {
    if (!partsOf(bytes).includes('word/document.xml')) throw new Unreadable('这不是 Word 文档或文本文件');
    const { value } = await mammoth.extractRawText({ buffer: bytes }).catch(() => {
      throw new Unreadable('Word 文档读不出来,请另存为 .docx 或 .txt 再试');
    });
    return value;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
