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
const unlinked = (line: string): string => line.replace(/https?:\/\/[\w.:/?&=%~+-]*…$/, '…');

const join = (parts: string[]): string => parts.filter(Boolean).join('\n');

/**
 * Accounts that are nothing but an account in either markup (`all` would call everybody; an address for mail is one of
 * WeCom's), and no more of them than leave room for words.
 */
export const mentionable = (accounts: string[]): string[] =>
  [...new Set(accounts)].filter((each) => /^(?!(.*@)?all$)[\w.+-][\w.+@-]{0,63}$/i.test(each)).slice(0, 16);

/**
 * Words on one line that stay words in every markup the two platforms read: look-alikes stand in for whatever
 * could begin a mention, a link, a tag, a heading, a quote, a list or code. Codes, figures and 【】「」→≥% are
 * untouched.
 */
export function plain(words: string, publicUrl?: string): string {
  return (
    visible(words)
      .split(/((?<![\w.-])https?:\/\/[\w.:/?&=%~+-]+(?=$|[^!-~]|[),]))/)
      .map((part, index) => (index % 2 === 1 && isUnder(part, publicUrl) ? part : harmless(part)))
      .join('')
      // What a line may begin with to be a heading, a rule or a list.
      .replace(/^[ \t]+/, '')
      .replace(/^(#+|=+(?=\s*$)|-{2,}|[-+](?=\s|$))/, widen)
      .replace(/^(\d+)([.)])(?=\s|$)/, (_, figure: string, mark: string) => figure + widen(mark))
  );
}

/** One line, without control, invisible and direction characters, half pairs, and what XML cannot carry. */
const visible = (words: string): string =>
  words.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]/gu, '');

const isUnder = (url: string, base?: string): boolean =>
  base !== undefined && (url === base || url.startsWith(`${base.replace(/\/$/, '')}/`));

/** U+0021–U+007E have full-width twins at a fixed distance. */
const widen = (marks: string): string =>
  marks.replace(/[!-~]/g, (mark) => String.fromCodePoint(mark.charCodeAt(0) + 0xfee0));

const harmless = (words: string): string =>
  words
    .replace(/[<>[\]`*~|\\]/g, widen)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, widen)
    // An account is never Chinese, so the bot's own @督办 in a hint can stay.
    .replace(/@(?!(?!所有人|全体)\p{Script=Han})/gu, widen)
    .replace(/&(?=#?\w{1,31};)/g, widen)
    // What clients turn into links by themselves: schemes and domains, which a paper's name isn't.
    .replace(/:(?=\/\/)|(?<=[\p{L}\p{N}-])\.(?!(?:docx|xlsx)(?![\p{L}\p{N}.-]))(?=[A-Za-z])/gu, widen);
