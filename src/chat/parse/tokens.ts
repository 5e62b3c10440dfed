import type { Day } from '../../ledger/days.ts';
import { textIn } from './clauses.ts';
import { type Code, readCode } from './codes.ts';
import { monthDay, readWhen, type When } from './dates.ts';
import { type Figure, readFigure } from './figures.ts';
import type { Lexicon, Word } from './lexicon.ts';
import { bare } from './names.ts';
import { byNeighbours, QUESTION } from './neighbours.ts';

/** A piece of a text that means one thing; `text` is what stands there, `aside` whether in brackets. */
export type Token = { text: string; aside: boolean } & (
  | { is: 'code'; code: Code }
  | { is: 'when'; when: When }
  | { is: 'figure'; figure: Figure }
  | { is: 'word'; word: Word }
  | { is: 'break'; force: 'stop' | 'clause' | 'list' | 'blank' | 'colon' }
  | { is: 'text' }
);

const BREAKS: Record<string, 'stop' | 'clause' | 'list' | 'blank' | 'colon'> = {
  '\n': 'stop',
  '。': 'stop',
  ';': 'stop',
  '!': 'stop',
  ',': 'clause',
  '、': 'list',
  '/': 'list',
  '&': 'list',
  ' ': 'blank',
  '|': 'blank',
  '-': 'blank',
  ':': 'colon',
  '(': 'blank',
  ')': 'blank',
  '【': 'blank',
  '】': 'blank',
};

/** Behind a day that is written 4.10: no measure has as many tasks. */
const HELD = /^(?:日|号)?(?:上午|下午|晚上?|开展|召开|组织|举办|举行|进行|搞|办|开|在|到|去)(?!\d)/u;

/** How far a closing quotation mark is looked for. */
const QUOTED = 200;
const CLOSING: Record<string, string> = { '"': '"', '「': '」', '『': '』', '《': '》', '<': '>' };

/** Cuts a tidied text into tokens, from left to right, the longest meaning first. */
export function tokensOf(text: string, lexicon: Lexicon, today: Day, leads = false): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let depth = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '(') depth += 1;
    if (character === ')' || character === '\n') depth = 0;
    const read =
      quoted(text, at, lexicon) ?? meaning(text, at, { lexicon, today, leads }, tokens) ?? mark(character);
    const token = { ...read.token, text: text.slice(at, at + read.length), aside: depth > 0 } as Token;
    at += read.length;
    const last = tokens.at(-1);
    if (token.is === 'text' && last?.is === 'text' && last.aside === token.aside) last.text += token.text;
    else tokens.push(token);
  }
  return byNeighbours(tokens, today);
}

type Bare<T> = T extends unknown ? Omit<T, 'text' | 'aside'> : never;
interface Read {
  token: Bare<Token>;
  length: number;
}

function mark(character: string): Read {
  const force = BREAKS[character];
  return { token: force === undefined ? { is: 'text' } : { is: 'break', force }, length: 1 };
}

/** Words in quotation marks are somebody's or a title: a known name means what it names, all else is only text. */
function quoted(text: string, at: number, lexicon: Lexicon): Read | null {
  const closing = CLOSING[text.charAt(at)];
  if (closing === undefined) return null;
  const end = text.slice(at + 1, at + 1 + QUOTED).indexOf(closing);
  if (end === -1) return null;
  const inside = bare(text.slice(at + 1, at + 1 + end));
  const named = lexicon.wordAt(inside, 0);
  const length = end + 2;
  if (named && named.length === inside.length && named.word.uses.length > 0)
    return { token: { is: 'word', word: named.word }, length };
  return { token: { is: 'text' }, length };
}

const HOW_MANY =
  /几(?:个|次|天|期|家|所|项|件|条|篇|场|名|人|处|份|类|起|堂|节)?了?(?=来着|(?:现在|目前|呀|啊|嘛)?(?:[?吗呢\s,。;!]|$))/uy;

/** 够不够, 搞没搞: a word and its denial; 时不时 and 动不动 are adverbs. */
const OR_NOT = /([^\P{Script=Han}时动])[不没]\1/uy;

/** 归我们还是规划科报, 算1次还是2次: one of two; 企业还是1家 is what there still is. */
const WHICH = /(?:是|归|算|由|按|用|报|写|填|要)[^,。;!\n]{1,12}$/u;

function orNot(text: string, at: number): Read | null {
  if (text.startsWith('还是', at) && WHICH.test(text.slice(Math.max(0, at - 14), at)))
    return { token: QUESTION, length: 2 };
  OR_NOT.lastIndex = at;
  return OR_NOT.test(text) ? { token: QUESTION, length: 3 } : null;
}

/** 几个 and what it counts, at the very end: 还差几个预案; from a leader also 问责了几个人. */
const HOW_MANY_OF = /几(?:个|次|天|家|所|项|件|条|篇|场|名|处|份|类|起)\p{Script=Han}{1,4}[\s。!]*$/uy;

/** 演练了几次 asks, 有几个问题 doesn't. */
function howMany(text: string, at: number, leads: boolean): Read | null {
  // 改了十几处 is a guess, 晚几天 a while.
  if (/[十百千晚早缓]/u.test(text.charAt(at - 1))) return null;
  HOW_MANY.lastIndex = at;
  const found = HOW_MANY.exec(text);
  if (found) return { token: QUESTION, length: found[0].length };
  HOW_MANY_OF.lastIndex = at;
  const asks =
    text.charAt(at) === '几' &&
    (leads || /[差缺剩]$|[报记](?:录|上)?[了过]$/u.test(text.slice(Math.max(0, at - 3), at)));
  return asks && HOW_MANY_OF.test(text) ? { token: QUESTION, length: 2 } : null;
}

const COLLECTED = /征求(?=意见(?:建议)?了?(?:累计|共计?|已|又|新增)? ?\d+ ?条)/uy;
/** 征求意见6条: so many came in; without a number it is still being done. */
function isCollected(text: string, at: number): boolean {
  COLLECTED.lastIndex = at;
  return COLLECTED.test(text);
}

/** In what a text is read; `leads` where a leader says it. */
interface Setting {
  lexicon: Lexicon;
  today: Day;
  leads: boolean;
}

/** The longest of what can start here; a code before a date, a date before a word, a word before a figure. */
function meaning(text: string, at: number, { lexicon, today, leads }: Setting, before: Token[]): Read | null {
  const code = readCode(text, at, lexicon.vocabulary);
  const when = readWhen(text, at, today) ?? shortDate(text, at, today, before);
  const word = isCollected(text, at) ? null : lexicon.wordAt(text, at);
  const found = startsFigure(text, at, lexicon)
    ? readFigure(text, at, lexicon.unitAt, (within, place) => lexicon.wordAt(within, place) !== null)
    : null;
  const candidates: (Read | null)[] = [
    orNot(text, at),
    code && { token: { is: 'code', code: code.code }, length: code.length },
    when && { token: { is: 'when', when: when.when }, length: when.length },
    word && { token: { is: 'word', word: word.word }, length: word.length },
    found && { token: { is: 'figure', figure: found.figure }, length: found.length },
    howMany(text, at, leads),
  ];
  return candidates.reduce((best, each) => (each && each.length > (best?.length ?? 0) ? each : best), null);
}

const FIGURE = /[\d+\-加第半百上数几近好若次场堂期节件篇〔¥$A-Za-z文编零一二两三四五六七八九十千俩仨电学房]/u;

/** A sign in front of a code (安全科-4.3.2) is only a dash. */
const startsFigure = (text: string, at: number, lexicon: Lexicon): boolean =>
  FIGURE.test(text.charAt(at)) &&
  !(
    /[+-]/.test(text.charAt(at)) &&
    readCode(text, at + (text.charAt(at + 1) === ' ' ? 2 : 1), lexicon.vocabulary)
  );

/** In front of a day that is written so. */
const LED = /(?:[至到于日期止自从]|[至到于] |日期[是为])$/u;
const SHORT = /(\d{1,2})([-/.])(\d{1,2})(?![\d.%/]|-\d)(?:日|号)?/uy;

/**
 * `11-30` behind 至 or 到, `4/9` at the head of a clause, `4.13`: elsewhere the same marks are a range, a ratio
 * and a measure.
 */
function shortDate(
  text: string,
  at: number,
  today: Day,
  before: Token[],
): { when: When; length: number } | null {
  SHORT.lastIndex = at;
  const found = SHORT.exec(text);
  const [whole = '', month = '', sign = '', day = ''] = found ?? [];
  const when = found && monthDay(month, day, today);
  if (!when) return null;
  const limit =
    /^(?:之前|以前|前|底前)/.exec(text.slice(at + whole.length, at + whole.length + 2))?.[0].length ?? 0;
  const last = before.at(-1);
  const led = LED.test(textIn(before.slice(-2)));
  const heads = last === undefined || (last.is === 'break' && last.force !== 'list');
  const labelled = heads && last?.text === ' ' && before.at(-2)?.is === 'word';
  const dated =
    led ||
    limit > 0 ||
    (sign === '/' && heads && !labelled) ||
    (sign === '.' && day.length === 2 && HELD.test(text.slice(at + whole.length))) ||
    (sign === '.' && heads && /^[^\d人次个天%]/u.test(text.charAt(at + whole.length) || 'x'));
  return dated ? { when: { ...when, limit: limit > 0 }, length: whole.length + limit } : null;
}
