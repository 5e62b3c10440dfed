/** A piece of rich text. In a message that is quoted the same things have other names. */
interface Piece {
  type?: string | undefined;
  msgType?: string | undefined;
  text?: string | undefined;
  content?: string | undefined;
}

/**
 * Pieces of one text, cut where the formatting changes; a mention is a piece without the blank that follows it. What stands
 * before a picture and what stands behind it are never one word, nor one figure.
 */
export const wordsOf = (pieces: Piece[]): string =>
  pieces
    .map(({ type, msgType = type, content, text = content }) => {
      if (msgType === 'picture') return '\n';
      if (text === undefined) return ' ';
      return text.startsWith('@') ? `${text} ` : text;
    })
    .join('')
    .trim();
