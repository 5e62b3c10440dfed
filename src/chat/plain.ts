/**
 * Words on one line that stay words in every markup the two platforms read: look-alikes stand in for whatever
 * could begin a mention, a link, a tag, a heading, a quote, a list or code. Codes, figures and 【】「」→≥% are
 * untouched.
 */
export function plain(words: string, publicUrl?: string): string {
  return (
    visible(words)
      .split(/((?<![\w.-])https?:\/\/(?:\[[\da-f:.]+\])?[\w.:/?&=%~+-]+(?=$|[^!-~]|[),]))/)
      .map((part, index) => (index % 2 === 1 && isUnder(part, publicUrl) ? part : harmless(part)))
      .join('')
      // What a line may begin with to be a heading, a rule or a list.
      .replace(/^\s+/, '')
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
