import { folded } from './words.ts';

/** Each runs to the next of them, a mark or a line's end. */
const LETTER = /(?:文号|函号)[:\s]*/u;
const BODY = /(?:调阅|调卷|来函)单位[:\s]*/u;
const HANDLER = /经办人?[:\s]*/u;
const NEXT = /文号|函号|(?:调阅|调卷|来函)单位|经办|截[至止]|[,;。\n]|$/u;

/** 调卷 4.3.2 文号… 调阅单位… 经办人…: which letter, who asks, who handles it; null where one of them is missing. */
export function readCaller(words: string): { letter: string; body: string; handler: string } | null {
  const text = words.normalize('NFKC');
  const after = (part: RegExp): string => {
    const at = part.exec(text);
    const rest = at ? text.slice(at.index + at[0].length) : '';
    return folded(rest.slice(0, NEXT.exec(rest)?.index), 60);
  };
  const [letter, body, handler] = [after(LETTER), after(BODY), after(HANDLER)];
  return letter && body && handler ? { letter, body, handler } : null;
}
