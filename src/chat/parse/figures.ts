import {
  CLOSE,
  type Figure,
  forms,
  HAN,
  lengthAt,
  match,
  moneyAt,
  others,
  POWER,
  unitAfter,
} from './figureForms.ts';
import { HAN_NUMERAL, numberOf } from './numerals.ts';

export type { Figure } from './figureForms.ts';

/**
 * The number that starts at `at`. `unitAt` gives the unit that stands at a place, and `isWordAt` whether a word of
 * the grammar does: a number before any other word counts something that isn't ours (12中, 3号楼).
 */
export function readFigure(
  text: string,
  at: number,
  unitAt: (text: string, at: number) => string,
  isWordAt: (text: string, at: number) => boolean,
): { figure: Figure; length: number } | null {
  const measured = lengthAt(text, at) ?? moneyAt(text, at, unitAt);
  if (measured) return measured;
  const signed = SIGN.exec(text.slice(at, at + 2))?.[0].length ?? 0;
  for (const pattern of others) {
    pattern.lastIndex = at + signed;
    const found = pattern.exec(text);
    // +4小时 is news in another measure.
    const form = signed > 0 ? 'vague' : 'other';
    if (found) return { figure: { form, value: 0, unit: '' }, length: signed + found[0].length };
  }
  for (const read of forms) {
    const found = read(text, at, unitAt);
    if (found) return found;
  }
  return plain(text, at, unitAt, isWordAt);
}

const SIGN = /^\+ ?/;
const PLAIN = new RegExp(
  `([+-] ?|加 ?(?=[\\d${HAN_NUMERAL}]))?(?:(\\d{1,9}(?:\\.\\d{1,4})?${POWER})|(${HAN}))`,
  'uy',
);
const MIXED = /[亿万百千]\d{1,4}[万百千]?/uy;

/** 累计两千三: a numeral with a place in it counts without a unit too; 三 and 五一 are also other words. */
const SPELLED = /^[一二两三四五六七八九][\p{Script=Han}]*[十百千万]/u;

function plain(
  text: string,
  at: number,
  unitAt: (text: string, at: number) => string,
  isWordAt: (text: string, at: number) => boolean,
): { figure: Figure; length: number } | null {
  const found = match(PLAIN, text, at);
  if (!found) return null;
  const [whole, sign = '', digits, han] = found;
  const value = numberOf(digits ?? han ?? '');
  // 3千6, 5千6百: read by nobody in one way.
  const mixed = digits === undefined ? null : match(MIXED, text, at + whole.length - 1);
  const { unit, end } = unitAfter(text, at + whole.length + (mixed ? mixed[0].length - 1 : 0), unitAt);
  if (mixed) return { figure: { form: 'vague', value: 0, unit }, length: end - at };
  // 学位四千五百八学校四所, 四五八零: a place or four digits are no word's.
  const isSpelled = SPELLED.test(han ?? '') || /^[零〇一二三四五六七八九]{4}$/u.test(han ?? '');
  const spelledOut = isSpelled && (!/\p{L}/u.test(text[end] ?? '') || isWordAt(text, end));
  if (digits === undefined && unit === '' && sign === '' && !spelledOut) return null;
  if (value === null)
    return unit === '' ? null : { figure: { form: 'vague', value: 0, unit }, length: end - at };
  // 二次研讨 is the second as well as two.
  if (han === '二' && unit === '次' && isWordAt(text, end))
    return { figure: { form: 'vague', value, unit }, length: end - at };
  // 1o处 is a slip of the finger: nobody knows whether 10 was meant.
  const slip = /[A-Za-z]/.exec(text.charAt(end));
  if (slip && sign !== '') return { figure: { form: 'vague', value, unit }, length: end - at };
  if (/^ ?(?:以内|之内|内(?![容部勤控涵]))/u.test(text.slice(end, end + 3)))
    return { figure: { form: 'other', value, unit }, length: end - at };
  // 3+2处 is a sum that somebody else may do.
  if (sign !== '-' && /^ ?\+ ?\d/.test(text.slice(end, end + 4)) && unit === '')
    return sum(text, at, end, unitAt);
  // 3500+ is more than that.
  const open = sign === '' && /^\+(?! ?\d)/.test(text.slice(end, end + 3)) ? 1 : 0;
  const tail = open || (match(CLOSE, text, end)?.[0].length ?? 0);
  const ends = !/\p{L}/u.test(text[end + tail] ?? '');
  if (tail > 0 && (unit !== '' || open > 0 || ends))
    return { figure: { form: 'vague', value, unit }, length: end + tail - at };
  const form = sign === '' ? 'plain' : sign.startsWith('-') ? 'minus' : 'plus';
  const counted = /[\p{L}]/u.test(text[end] ?? '') && !isWordAt(text, end);
  if (unit === '' && form === 'plain' && counted)
    return { figure: { form: 'other', value, unit }, length: end - at };
  return { figure: { form, value, unit }, length: end - at };
}

const SUM = /(?: ?\+ ?\d{1,6}){1,20}/uy;
function sum(
  text: string,
  at: number,
  end: number,
  unitAt: (text: string, at: number) => string,
): { figure: Figure; length: number } {
  const rest = match(SUM, text, end)?.[0].length ?? 0;
  const after = unitAfter(text, end + rest, unitAt);
  return { figure: { form: 'vague', value: 0, unit: after.unit }, length: after.end - at };
}
