import { plain } from '../chat/plain.ts';
import { type Reply, shorten, split } from '../chat/reply.ts';

/** How a platform's text differs from plain words. */
export interface Format {
  /** UTF-8 bytes. */
  limit: number;
  /** Written before a line's end where the platform would otherwise run lines together. */
  lineEnd?: string;
  /** A mention in the platform's markup; without it nobody is mentioned. */
  mention?: (account: string) => string;
  /** Addresses under it are the bureau's own (the board) and stay links. */
  publicUrl?: string | undefined;
}

/**
 * A reply as one text of at most `limit` bytes, in which no word has become markup. What doesn't fit is left
 * out between items, and the text says so.
 */
export function page(reply: Reply, format: Format): string {
  const { limit, lineEnd = '', mention } = format;
  const end = (words: string) => (words === '' ? '' : words + lineEnd);
  const line = (words: string) => plain(words, format.publicUrl);
  const edge = (words = '') => end(unlinked(shorten(line(words), Math.floor(limit / 5))));
  const called =
    mention === undefined
      ? ''
      : mentionable(reply.mention ?? [])
          .map(mention)
          .join(' ');
  const footer = [end(called), edge(reply.footer)];
  const whole = { title: edge(reply.title), lines: reply.lines.map(line).map(end), footer: join(footer) };
  const text = join([whole.title, ...whole.lines, whole.footer]);
  if (Buffer.byteLength(text) <= limit) return text.trimEnd();
  const cut = join([end('其余略。'), ...footer]);
  const [first = whole] = split({ ...whole, footer: cut }, limit);
  return join([whole.title, ...first.lines.map(unlinked), cut]).trimEnd();
}

/** A link that was cut short leads elsewhere. */
const unlinked = (line: string): string => line.replace(/https?:\/\/[\w.:/?&=%~+[\]-]*…$/, '…');

const join = (parts: string[]): string => parts.filter(Boolean).join('\n');

/**
 * Accounts that are nothing but an account in either markup (`all` would call everybody; an address for mail is one of
 * WeCom's), and no more of them than leave room for words.
 */
export const mentionable = (accounts: string[]): string[] =>
  [...new Set(accounts)].filter((each) => /^(?!(.*@)?all$)[\w.+-][\w.+@-]{0,63}$/i.test(each)).slice(0, 16);
