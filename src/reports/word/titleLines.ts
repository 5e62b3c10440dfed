/** In characters; digits and blanks take half of one. */
export const widthOf = (words: string): number =>
  [...words].reduce((sum, each) => sum + (each.charCodeAt(0) < 128 ? 0.5 : 1), 0);

/** A title that is too long for one line, on as few as it takes and about as long as each other; no word is broken. */
export function titleLines(title: string, room: number): string[] {
  const width = widthOf(title);
  const least = Math.ceil(width / room);
  const words = wordsOf(title);
  for (let limit = Math.ceil(width / least); limit < room; limit++) {
    const lines = filled(words, limit);
    if (lines.length <= least) return lines;
  }
  return filled(words, room);
}

function filled(words: readonly string[], limit: number): string[] {
  const lines = [''];
  for (const word of words) {
    const last = lines.length - 1;
    const line = lines[last] ?? '';
    if (line === '' || widthOf(line + word) <= limit) lines[last] = line + word;
    else lines.push(word);
  }
  return lines;
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
/** Neither end a line nor begin one. */
const OPENS = /[【《〈“‘「\uff08(\d]$/;
const CLOSES = /^[】》〉”’」\uff09),\uff0c、。;\uff1b:\uff1a%]/;

function wordsOf(title: string): string[] {
  const words: string[] = [];
  for (const { segment } of segmenter.segment(title)) {
    const before = words.at(-1);
    if (before !== undefined && (OPENS.test(before) || CLOSES.test(segment)))
      words.push(words.pop() + segment);
    else words.push(segment);
  }
  return words;
}
