import { HAN_NUMERAL, numberOf } from './numerals.ts';

/**
 * A number in a text and how it was said. `other` is a number of something else: money, a time, a document, a
 * class of pupils. `vague` can't be taken at its word (两三次, 120余项, 3-5名).
 */
export interface Figure {
  form: 'plain' | 'plus' | 'minus' | 'percent' | 'slash' | 'ordinal' | 'reached' | 'vague' | 'other';
  value: number;
  /** What a slash divides by. */
  whole?: number;
  unit: string;
}

const HAN = `[${HAN_NUMERAL}]{1,9}`;
const NUMBER = `(?:\\d{1,9}(?:\\.\\d{1,4})?万?|${HAN})`;

/** Numbers that name or measure something else. */
const others = [
  /〔\d{4}〕\D{0,2}\d{1,4}号(?:文件?)?/uy,
  /第?\d{1,4}号(?:文件|文|令|楼|线|院|公告|通知|桌|馆)/uy,
  /\d{1,2}:\d{2}(?::\d{2})?(?:-\d{1,2}:\d{2})?/uy,
  /\d{1,2}[点时](?:半|整|\d{1,2}分?)?(?!\d|会|点)/uy,
  /[¥$] ?\d{1,12}(?:\.\d{1,4})?万?/uy,
  new RegExp(`${NUMBER}[余多几]?[百千万亿]?(?:万元|亿元|元|块钱|美元|万块)`, 'uy'),
  new RegExp(
    `${NUMBER}(?:个(?:多)?(?:工作日|月|小时|星期|季度|学期|半月)|小时|周(?!年)|岁|年(?:级|期)?|届|号)`,
    'uy',
  ),
  /(?:文件编号|编号|文号|电话|学号|房间)[::]? ?[\dA-Za-z][\dA-Za-z-]{1,20}/uy,
  /\d{10,30}/uy,
  /\d{4}-\d{1,4}(?!\d)/uy,
  /[A-Za-z][A-Za-z0-9_-]{0,20}\d/uy,
];

const TAIL = '(?: ?(?:多|余|左右|上下|以上|以下|之多|出头|开外))';

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
  for (const pattern of others) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { figure: { form: 'other', value: 0, unit: '' }, length: found[0].length };
  }
  for (const read of [percent, half, ordinal, reached, slash, range, vague]) {
    const found = read(text, at, unitAt);
    if (found) return found;
  }
  return plain(text, at, unitAt, isWordAt);
}

type Read = (
  text: string,
  at: number,
  unitAt: (text: string, at: number) => string,
) => { figure: Figure; length: number } | null;

const match = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

/** The unit after a number, with the blank that may stand between. */
function unitAfter(
  text: string,
  end: number,
  unitAt: (text: string, at: number) => string,
): { unit: string; end: number } {
  const start = text[end] === ' ' ? end + 1 : end;
  const unit = unitAt(text, start);
  return unit === '' ? { unit, end } : { unit, end: start + unit.length };
}

const PERCENT = new RegExp(`(\\+ ?)?(${NUMBER}) ?%|百分之(${NUMBER})`, 'uy');
const percent: Read = (text, at) => {
  const found = match(PERCENT, text, at);
  const value = found && numberOf(found[2] ?? found[3] ?? '');
  return found && value !== null
    ? { figure: { form: 'percent', value, unit: '%' }, length: found[0].length }
    : null;
};

const HALF = new RegExp(`半天|(${NUMBER})天半`, 'uy');
const half: Read = (text, at) => {
  const found = match(HALF, text, at);
  const days = found?.[1] === undefined ? 0 : numberOf(found[1]);
  if (!found || days === null) return null;
  return { figure: { form: 'plain', value: days + 0.5, unit: '天' }, length: found[0].length };
};

const ORDINAL = new RegExp(`第 ?(\\d{1,3}|${HAN}) ?`, 'uy');
const ordinal: Read = (text, at, unitAt) => {
  const found = match(ORDINAL, text, at);
  const value = found && numberOf(found[1] ?? '');
  if (!found || value === null) return null;
  const { unit, end } = unitAfter(text, at + found[0].length, unitAt);
  return unit === '' ? null : { figure: { form: 'ordinal', value, unit }, length: end - at };
};

const ARROW = new RegExp(`${NUMBER} ?[^\\d\\s→>,。]{0,2} ?(?:→|->|=>|➔) ?(${NUMBER})`, 'uy');
const reached: Read = (text, at, unitAt) => {
  const found = match(ARROW, text, at);
  const value = found && numberOf(found[1] ?? '');
  if (!found || value === null) return null;
  const { unit, end } = unitAfter(text, at + found[0].length, unitAt);
  return { figure: { form: 'reached', value, unit }, length: end - at };
};

const SLASH = /(\d{1,6}) ?\/ ?(\d{1,6})(?![\d/.])/uy;
const slash: Read = (text, at, unitAt) => {
  const found = match(SLASH, text, at);
  if (!found) return null;
  const { unit, end } = unitAfter(text, at + found[0].length, unitAt);
  return {
    figure: { form: 'slash', value: Number(found[1]), whole: Number(found[2]), unit },
    length: end - at,
  };
};

const RANGE = new RegExp(`${NUMBER}[-至到](?:${NUMBER})(?! ?[-.\\d/月日])`, 'uy');
const range: Read = (text, at, unitAt) => {
  const found = match(RANGE, text, at);
  if (!found) return null;
  const { unit, end } = unitAfter(text, at + found[0].length, unitAt);
  return { figure: { form: unit === '' ? 'other' : 'vague', value: 0, unit }, length: end - at };
};

const VAGUE = new RegExp(`\\+? ?(?:${NUMBER}[余多来]|[上数几近]?[十百千]多?|好几|若干|好多|几十)`, 'uy');
const CLOSE = new RegExp(TAIL, 'uy');
const vague: Read = (text, at, unitAt) => {
  const found = match(VAGUE, text, at);
  if (found) {
    const { unit, end } = unitAfter(text, at + found[0].length, unitAt);
    if (unit !== '') return { figure: { form: 'vague', value: 0, unit }, length: end - at };
  }
  return null;
};

const PLAIN = new RegExp(
  `([+-] ?|加(?=[\\d${HAN_NUMERAL}]))?(?:(\\d{1,9}(?:\\.\\d{1,4})?万?)|(${HAN}))`,
  'uy',
);
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
  const { unit, end } = unitAfter(text, at + whole.length, unitAt);
  if (digits === undefined && unit === '' && sign === '') return null;
  if (value === null)
    return unit === '' ? null : { figure: { form: 'vague', value: 0, unit }, length: end - at };
  // 1o处 is a slip of the finger: nobody knows whether 10 was meant.
  const slip = /[A-Za-z]/.exec(text.charAt(end));
  if (slip && sign !== '') return { figure: { form: 'vague', value, unit }, length: end - at };
  if (/^ ?(?:以内|之内|内(?![容部勤控涵]))/u.test(text.slice(end, end + 3)))
    return { figure: { form: 'other', value, unit }, length: end - at };
  // 3+2处 is a sum that somebody else may do.
  if (sign !== '-' && /^ ?\+ ?\d/.test(text.slice(end, end + 4)) && unit === '')
    return sum(text, at, end, unitAt);
  const tail = match(CLOSE, text, end)?.[0].length ?? 0;
  if (tail > 0 && unit !== '') return { figure: { form: 'vague', value, unit }, length: end + tail - at };
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
