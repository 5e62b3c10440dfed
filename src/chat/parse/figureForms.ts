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
  /** Of an increment, the one that it was said to take the place of. */
  instead?: number;
  unit: string;
  /** Once, without saying so. */
  elided?: true;
}

export const HAN = `[${HAN_NUMERAL}]{1,9}`;
export const POWER = '(?:[亿万百千](?![克米瓦卡伏字]))?';
const NUMBER = `(?:\\d{1,9}(?:\\.\\d{1,4})?${POWER}|${HAN})`;

/** Numbers that name or measure something else. */
export const others = [
  /〔\d{4}〕\D{0,2}\d{1,4}号(?:文件?)?/uy,
  /第?\d{1,4}号(?:文件|文|令|楼|线|院|公告|通知|桌|馆)/uy,
  /\d{1,2}:\d{2}(?::\d{2})?(?:-\d{1,2}:\d{2})?/uy,
  /\d{1,2}[点时](?:半|整|\d{1,2}分?)?(?!\d|会|点)/uy,
  /[¥$] ?\d{1,12}(?:\.\d{1,4})?万?/uy,
  new RegExp(`${NUMBER}[余多几]?[百千万亿]?(?:万元|亿元|元|块钱|美元|万块)`, 'uy'),
  new RegExp(
    `${NUMBER}(?:个(?:多)?(?:工作日|月|小时|星期|季度|学期|半月)|小时|[学课]时|学分|周(?!年)|岁|年(?:级|期)?|届|号)`,
    'uy',
  ),
  /(?:文件编号|编号|文号|电话|学号|房间)[::]? ?[\dA-Za-z][\dA-Za-z-]{1,20}/uy,
  // 科内卷6, 2号柜3格.
  /(?<=[卷柜盒格架袋册])\d{1,4}(?![\d.]| ?[个次处场条家所名件篇期份类起])/uy,
  /\d{10,30}/uy,
  /\d{4}-\d{1,4}(?!\d| ?(?:之间|左右|上下|个))/uy,
  /[A-Za-z][A-Za-z0-9_-]{0,20}\d/uy,
];

const TAIL = '(?: ?(?:多|余|左右|上下|以上|以下|之多|出头|开外))';

type Read = (
  text: string,
  at: number,
  unitAt: (text: string, at: number) => string,
) => { figure: Figure; length: number } | null;

export const match = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

/** The unit after a number, with the blank that may stand between. */
export function unitAfter(
  text: string,
  end: number,
  unitAt: (text: string, at: number) => string,
): { unit: string; end: number } {
  const start = text[end] === ' ' ? end + 1 : end;
  // 学了一回: as good as 一次.
  const unit = unitAt(text, start).replace(/^回$/u, '次');
  return unit === '' ? { unit, end } : { unit, end: start + unit.length };
}

/** A meeting's length, or a meeting of the bureau's that took as long. */
const LONG =
  /(?:时长|会时)[^,。;]{0,8}$|(?:局务|党组|党委|办公|班子|调度|推进|专题|部署|动员|座谈|例)会(?:议?(?:共|用时|历时|持续)?开?了?)$|(?<!\p{Script=Han}[大小])会议(?:共|用时|历时|持续)?开?了?$/u;
const HOURS = new RegExp(`(?:(一个半|${NUMBER})(?:个)?小时(?:(半)|(\\d{1,2}|${HAN})分钟?)?)`, 'uy');
/** 会议时长1小时15分: a length that is counted in minutes. */
export function lengthAt(text: string, at: number): { figure: Figure; length: number } | null {
  const [all = '', hours = '', half, minutes] =
    (LONG.test(text.slice(Math.max(0, at - 12), at)) && match(HOURS, text, at)) || [];
  const whole = hours === '一个半' ? 1.5 : numberOf(hours);
  if (all === '' || whole === null) return null;
  const value = Math.round(whole * 60) + (half ? 30 : (numberOf(minutes ?? '') ?? 0));
  return { figure: { form: 'plain', value, unit: '分钟' }, length: all.length };
}

const MONEY = /(\+ ?)?(\d{1,9}(?:\.\d{1,4})?) ?(?=([万亿])?元|([万亿])(?!\p{L}))/uy;
/** 85万元, 12.5万 where the plan counts in 万元: elsewhere money is a number of something else. */
export function moneyAt(
  text: string,
  at: number,
  unitAt: (text: string, at: number) => string,
): { figure: Figure; length: number } | null {
  const [all = '', sign, digits, , alone] = match(MONEY, text, at) ?? [];
  const from = at + all.length;
  const unit = alone === undefined ? unitAt(text, from) : unitAt(`${alone}元`, 0);
  if (all === '' || !unit.endsWith('元')) return null;
  const figure: Figure = { form: sign ? 'plus' : 'plain', value: Number(digits), unit };
  return { figure, length: all.length + (alone === undefined ? unit.length : 1) };
}

const PERCENT = new RegExp(`(\\+ ?)?(${NUMBER}) ?%|百分之(${NUMBER})`, 'uy');
const percent: Read = (text, at) => {
  const found = match(PERCENT, text, at);
  const value = found && numberOf(found[2] ?? found[3] ?? '');
  return found && value !== null
    ? { figure: { form: 'percent', value, unit: '%' }, length: found[0].length }
    : null;
};

const HALF = new RegExp(`(\\+ ?|加)?(?:半天|(${NUMBER})天半)`, 'uy');
const half: Read = (text, at) => {
  const found = match(HALF, text, at);
  const days = found?.[2] === undefined ? 0 : numberOf(found[2]);
  if (!found || days === null) return null;
  const form = found[1] === undefined ? 'plain' : 'plus';
  return { figure: { form, value: days + 0.5, unit: '天' }, length: found[0].length };
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

/** 十九家/二十家, 65分/100分: with the unit on both sides. */
const SIDES = new RegExp(`(${NUMBER}) ?(\\p{Script=Han}{1,2}) ?/ ?(${NUMBER}) ?\\2`, 'uy');
const sides: Read = (text, at, unitAt) => {
  const [all = '', part = '', unit = '', whole = ''] =
    (text.slice(at, at + 12).includes('/') && match(SIDES, text, at)) || [];
  const [value, of] = [numberOf(part), numberOf(whole)];
  if (unit === '' || unitAt(unit, 0) !== unit || value === null || of === null) return null;
  return { figure: { form: 'slash', value, whole: of, unit }, length: all.length };
};

/** 讲了堂党课, 搞了次演练: once, without saying so. */
const ONCE = /(?:[次场堂期节](?![\d年间末中])|[件篇](?=\p{Script=Han}))/uy;
const once: Read = (text, at, unitAt) => {
  if (!/[了过]/u.test(text.charAt(at - 1)) || !match(ONCE, text, at)) return null;
  const unit = unitAt(text, at);
  return unit === ''
    ? null
    : { figure: { form: 'plain', value: 1, unit, elided: true }, length: unit.length };
};

const RANGE = new RegExp(`${NUMBER}[-至到](?:${NUMBER})(?! ?[-.\\d/月日])`, 'uy');
const range: Read = (text, at, unitAt) => {
  const found = match(RANGE, text, at);
  if (!found) return null;
  const { unit, end } = unitAfter(text, at + found[0].length, unitAt);
  const isOpen = unit !== '' || /^ ?(?:之间|左右|上下)/u.test(text.slice(end, end + 3));
  return { figure: { form: isOpen ? 'vague' : 'other', value: 0, unit }, length: end - at };
};

/** 又改了仨: a number and its unit in one. */
const PAIR = /(?<![他她我咱你们])([俩仨])/uy;
const pair: Read = (text, at) => {
  const first = text.charAt(at);
  const found = first === '俩' || first === '仨' ? match(PAIR, text, at) : null;
  return found && { figure: { form: 'plain', value: found[1] === '俩' ? 2 : 3, unit: '' }, length: 1 };
};

const SHARE = new RegExp(`(?:${HAN}|\\d{1,3})分之(?:${HAN}|\\d{1,3})`, 'uy');
const share: Read = (text, at) => {
  // Rare, and dear to look for at every figure.
  const found = text.slice(at, at + 12).includes('分之') ? match(SHARE, text, at) : null;
  return found && { figure: { form: 'other', value: 0, unit: '' }, length: found[0].length };
};

/** 25项中16项: so many of how many. */
const OUT_OF = /(\d{1,6}) ?(\p{Script=Han}{1,2}?)[中里](?:头|面)?(?:已?有|已)? ?(\d{1,6}) ?\2/uy;
const outOf: Read = (text, at, unitAt) => {
  const [all = '', whole, unit = '', part] =
    (/[中里]/u.test(text.slice(at, at + 10)) && match(OUT_OF, text, at)) || [];
  if (unit === '' || unitAt(unit, 0) !== unit) return null;
  return {
    figure: { form: 'slash', value: Number(part), whole: Number(whole), unit },
    length: all.length,
  };
};

const VAGUE = new RegExp(`\\+? ?(?:${NUMBER}[余多来]|[上数几近]?[十百千]多?|好几|若干|好多|几十)`, 'uy');
export const CLOSE = new RegExp(TAIL, 'uy');
const vague: Read = (text, at, unitAt) => {
  const found = match(VAGUE, text, at);
  if (found) {
    const { unit, end } = unitAfter(text, at + found[0].length, unitAt);
    if (unit !== '') return { figure: { form: 'vague', value: 0, unit }, length: end - at };
  }
  return null;
};

/** The forms of a number that say more than how many, in the order in which they are tried. */
export const forms: readonly Read[] = [
  percent,
  half,
  sides,
  once,
  pair,
  share,
  ordinal,
  reached,
  slash,
  outOf,
  range,
  vague,
];
