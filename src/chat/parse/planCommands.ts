import type { Day } from '../../ledger/days.ts';
import type { Intent } from '../intent.ts';
import { kindsIn, whensIn } from './claims.ts';
import { type Clause, textIn } from './clauses.ts';
import { dueOn, isExact } from './dates.ts';
import { numberOf } from './numerals.ts';
import { type PlanRule, padding } from './planRule.ts';
import { planRules } from './planRules.ts';
import type { Token } from './tokens.ts';

/** A rule with its words cut apart, the longest first. */
interface Ready extends Omit<PlanRule, 'has' | 'head' | 'only' | 'not'> {
  has: string[][];
  not: string[];
  head: string[];
  /** The rule's own words of `only`, and all that it allows. */
  own: string[];
  only: string[] | null;
}

const cut = (words: string): string[] =>
  words
    .split(/\s+/)
    .filter(Boolean)
    .sort((one, other) => other.length - one.length);

const padded = cut(padding);

const rules: Ready[] = planRules.map(({ has = [], head = '', only, not = '', ...rule }) => ({
  ...rule,
  has: has.map(cut),
  head: cut(head),
  not: cut(not),
  own: cut(only ?? ''),
  only: only === undefined ? null : cut(`${only} ${padding}`),
}));

/** The command that a clause gives without naming a task; behind a code only one that changes something. */
export function planCommand(
  { tokens }: Pick<Clause, 'tokens'>,
  today: Day,
  isCoded: boolean,
  isOffice: boolean,
): Intent | null {
  const blank = tokens.findIndex((token) => token.is === 'break' && token.force === 'blank');
  // 通报先缓一缓 数字再核一遍, 我出差 代办 …: a blank parts a command from its reason.
  const pieces = blank > 0 ? [tokens, tokens.slice(0, blank), tokens.slice(blank + 1)] : [tokens];
  const rule = pieces.map((piece) => ruleFor(piece, isOffice)).find((each) => each !== undefined);
  // 暂停提醒 4.3.2 is about that task's reminders.
  if (!rule || (isCoded && (rule.changes !== true || rule.act === 'pause'))) return null;
  // 清单28项 counts a list's lines, 台账已建 tells of one.
  if (
    rule.act === 'ledger' &&
    (tokens.some((token) => token.is === 'figure' && !['', '类'].includes(token.figure.unit)) ||
      /^(?:清单|台账)(?:已|都|也)*(?:建|更新|完善|健全|报|交|齐)/u.test(textIn(tokens)))
  )
    return null;
  // 要求8个预案,我们现在有3个: so many there are.
  if (
    rule.act === 'mine' &&
    tokens.some((token) => token.is === 'figure' && !['', '项'].includes(token.figure.unit))
  )
    return null;
  // 没啥要报的.
  if (rule.act === 'mine' && /^[^没]{0,4}没(?:啥|什么)/u.test(textIn(tokens))) return null;
  const kinds = kindsIn(tokens);
  if (rule.changes && (['says', 'if', 'already', 'asks'] as const).some((kind) => kinds.has(kind)))
    return null;
  const note = textIn(tokens);
  const { act, about = note } = rule;
  const when = whensIn(tokens).find(isExact);
  const date = act === 'meeting' && when ? (dueOn(when, today) ?? when.to) : undefined;
  return { act, about, note, ...(date === undefined ? {} : { date }) };
}

/** 通报没问题,发吧: two clauses that together are nothing but one word on a bulletin. */
export function jointCommand(clauses: readonly Clause[], today: Day, isOffice: boolean): Intent | null {
  const [first, second, ...more] = clauses;
  if (!first || !second || more.length > 0) return null;
  const blank: Token = { is: 'break', force: 'blank', text: ' ', aside: false };
  const tokens = [...first.tokens, blank, ...second.tokens];
  const rule = ruleFor(tokens, isOffice);
  return rule?.only && (rule.act === 'release' || rule.act === 'hold')
    ? planCommand({ tokens }, today, false, isOffice)
    : null;
}

function ruleFor(tokens: readonly Token[], isOffice: boolean): Ready | undefined {
  const text = textIn(tokens).replace(/[ 、:]/g, '');
  return rules.find((rule) => (isOffice || !rule.office) && fits(rule, text, tokens));
}

function fits({ has, head, not, own, only, needs }: Ready, text: string, tokens: readonly Token[]): boolean {
  if (!has.every((words) => words.some((word) => text.includes(word)))) return false;
  if (not.some((word) => text.includes(word))) return false;
  if (head.length > 0 && !startsWith(text, head)) return false;
  const bare = needs === 'section' ? withoutSections(tokens) : text;
  if (only !== null && !(own.some((word) => bare.includes(word)) && isMadeOf(bare, only))) return false;
  if (needs === 'day') return whensIn(tokens).some(isExact);
  if (needs === undefined) return has.length > 0 || head.length > 0 || only !== null;
  return tokens.some(
    (token) =>
      token.is === 'word' && (needs === 'person' ? token.word.people : token.word.section) !== undefined,
  );
}

const withoutSections = (tokens: readonly Token[]): string =>
  textIn(tokens.filter((token) => token.is !== 'word' || token.word.section === undefined)).replace(
    /[ 、:]/g,
    '',
  );

/** Whether a text begins with one of the words, after any padding. */
function startsWith(text: string, words: readonly string[]): boolean {
  let rest = text;
  while (rest !== '') {
    if (words.some((word) => rest.startsWith(word))) return true;
    const pad = padded.find((word) => rest.startsWith(word));
    if (pad === undefined) return false;
    rest = rest.slice(pad.length);
  }
  return false;
}

/** Whether nothing but these words and numbers of years stands in a text. */
function isMadeOf(text: string, words: readonly string[]): boolean {
  let at = 0;
  while (at < text.length) {
    const word = words.find((each) => text.startsWith(each, at));
    if (word !== undefined) at += word.length;
    else if (/[\d.!]/.test(text.charAt(at))) at += 1;
    else return false;
  }
  return true;
}

const CLOCK = /(上午|下午|晚上)?\s*(\d{1,2})(?::(\d{2})|点(半)?)/u;
/** How a meeting went, from all that is said of it: 参会26人,时长85分钟. */
export function heldAs(words: string): Pick<Intent, 'attended' | 'minutes'> {
  const people =
    /(?:参会|到会|参加|出席|参会人数)[^\d]{0,6}(\d{1,4})|(\d{1,4})\s*(?:人|名)(?:参会|到会|参加|出席)/u.exec(
      words,
    );
  const attended = people?.[1] ?? people?.[2];
  const hours = /([\d一两二三四五六])个?(半)?小时(?:(半)|(\d{1,2})分)?/u.exec(words);
  const [, whole = '', half, after, rest] = hours ?? [];
  const minutes = hours
    ? (numberOf(whole) ?? 0) * 60 + (half || after ? 30 : Number(rest ?? 0))
    : Number(/(\d{1,3})\s*分(?:钟)?/u.exec(words)?.[1] ?? Number.NaN);
  return {
    ...(attended === undefined ? {} : { attended: Number(attended) }),
    ...(Number.isNaN(minutes) ? {} : { minutes }),
  };
}

const PLACE = /[\p{Script=Han}\d]*(?:会议室|礼堂|报告厅|会场)/u;

/** When a meeting begins and where it is, as far as the words say. */
export function setting(words: string): Pick<Intent, 'time' | 'place'> {
  const [, half, hour, minutes, thirty] = CLOCK.exec(words) ?? [];
  const at = Number(hour) + (half !== undefined && half !== '上午' && Number(hour) < 12 ? 12 : 0);
  const place = PLACE.exec(words.replace(CLOCK, ' '))?.[0].replace(/^.*(?:在|地点)/u, '');
  return {
    ...(hour === undefined || at > 23
      ? {}
      : { time: `${String(at).padStart(2, '0')}:${minutes ?? (thirty ? '30' : '00')}` }),
    ...(place === undefined ? {} : { place }),
  };
}
