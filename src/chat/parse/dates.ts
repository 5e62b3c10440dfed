import { addDays, type Day, daysBetween, isDay, weekday } from '../../ledger/days.ts';
import type { Clock } from '../../ledger/terms.ts';
import { HAN_NUMERAL, numberOf } from './numerals.ts';

/** A day or a span that the words name, seen from today. */
export interface When {
  from: Day;
  to: Day;
  /** The period that a span is one of, with its clock: `2026-03`, `2026-Q1`. */
  period?: string;
  clock?: Clock;
  /** Said without its year. */
  yearless: boolean;
  /** 前, 内, 底前: a limit, not a day on which something happened. */
  limit: boolean;
  /** 以来, 至今: everything since. */
  since: boolean;
  /** 中旬, 年中: no day that could be kept to. */
  vague?: boolean;
}

type Span = Pick<When, 'from' | 'to'> & Partial<When>;
type Rule = [pattern: RegExp, read: (parts: string[], today: Day) => Span | null];

const N = `(?:\\d{1,2}|[${HAN_NUMERAL}]{1,3})`;
const sticky = (source: string): RegExp => new RegExp(source.replaceAll('N', N), 'uy');
const number = (text: string | undefined): number =>
  text === undefined ? Number.NaN : (numberOf(text) ?? Number.NaN);
const year = (today: Day): number => Number(today.slice(0, 4));
const month = (today: Day): number => Number(today.slice(5, 7));
const pad = (value: number): string => String(value).padStart(2, '0');

function dayOf(y: number, m: number, d: number): Day | null {
  const day = `${y}-${pad(m)}-${pad(d)}`;
  return isDay(day) ? day : null;
}

const single = (day: Day | null, more: Partial<When> = {}): Span | null =>
  day ? { from: day, to: day, ...more } : null;

const endOf = (y: number, m: number): Day =>
  addDays(m === 12 ? `${y + 1}-01-01` : `${y}-${pad(m + 1)}-01`, -1);

/** `months` may run over the year's ends. */
function monthOf(y: number, months: number, more: Partial<When> = {}): Span | null {
  if (Number.isNaN(months)) return null;
  const at = y * 12 + months - 1;
  const [theYear, theMonth] = [Math.floor(at / 12), (((at % 12) + 12) % 12) + 1];
  const key = `${theYear}-${pad(theMonth)}`;
  return { from: `${key}-01`, to: endOf(theYear, theMonth), period: key, clock: 'month', ...more };
}

function quarterOf(y: number, quarter: number, more: Partial<When> = {}): Span | null {
  if (Number.isNaN(quarter)) return null;
  const at = y * 4 + quarter - 1;
  const [theYear, index] = [Math.floor(at / 4), ((at % 4) + 4) % 4];
  const from = `${theYear}-${pad(index * 3 + 1)}-01`;
  return {
    from,
    to: endOf(theYear, index * 3 + 3),
    period: `${theYear}-Q${index + 1}`,
    clock: 'quarter',
    ...more,
  };
}

const halfOf = (y: number, half: 1 | 2, more: Partial<When> = {}): Span => ({
  from: half === 1 ? `${y}-01-01` : `${y}-07-01`,
  to: half === 1 ? `${y}-06-30` : `${y}-12-31`,
  period: `${y}-H${half}`,
  clock: 'half',
  ...more,
});

const yearOf = (y: number): Span => ({
  from: `${y}-01-01`,
  to: `${y}-12-31`,
  period: String(y),
  clock: 'year',
});

/** The part of a month that 底, 上旬 and the like mean; its last day is what is meant by a limit. */
function partOf(span: Span | null, part: string | undefined): Span | null {
  if (!span || part === undefined || part === '' || part === '份') return span;
  const last: Record<string, Day> = {
    初: `${span.from.slice(0, 8)}05`,
    上旬: `${span.from.slice(0, 8)}10`,
    中: `${span.from.slice(0, 8)}15`,
    中旬: `${span.from.slice(0, 8)}20`,
  };
  const vague = part in last;
  return single(last[part] ?? span.to, { vague, yearless: span.yearless ?? false });
}

const shifts: Record<string, number> = { 上上: -2, 上: -1, 这: 0, 本: 0, 当: 0, 下: 1, 下下: 2 };
const shiftOf = (word: string | undefined): number => shifts[word ?? '本'] ?? 0;
const relative: Record<string, number> = {
  今天: 0,
  今日: 0,
  今早: 0,
  今晚: 0,
  今: 0,
  昨天: -1,
  昨日: -1,
  昨晚: -1,
  前天: -2,
  大前天: -3,
  明天: 1,
  明日: 1,
  明早: 1,
  后天: 2,
  大后天: 3,
};
const yearWords: Record<string, number> = { 今: 0, 本: 0, 明: 1, 去: -1, 上: -1, 来: 1, 前: -2 };
const PART = '(底|末|份|初|上旬|中旬|下旬|中)?';

function weekOf(today: Day, shift: number): Span {
  const from = addDays(today, 1 - weekday(today) + 7 * shift);
  return { from, to: addDays(from, 6), clock: 'week' };
}

const rules: Rule[] = [
  [
    sticky('(\\d{4})([-./])(\\d{1,2})\\2(\\d{1,2})(?:日|号)?(?!\\d)'),
    ([, y, , m, d]) => single(dayOf(Number(y), Number(m), Number(d))),
  ],
  [
    sticky('(\\d{4})年 ?(N)月 ?(N)[日号]?(?![\\d.])'),
    ([, y, m, d]) => single(dayOf(Number(y), number(m), number(d))),
  ],
  [sticky(`(\\d{4})年 ?(N)月${PART}`), ([, y, m, part]) => partOf(monthOf(Number(y), number(m)), part)],
  [sticky('(\\d{4})年 ?第?([一二三四1-4])季度'), ([, y, q]) => quarterOf(Number(y), number(q))],
  [sticky('(\\d{4})年(上|下)半年'), ([, y, half]) => halfOf(Number(y), half === '上' ? 1 : 2)],
  [sticky('(\\d{4})年[底末]'), ([, y]) => single(`${y}-12-31`)],
  [sticky('(\\d{4})年度?'), ([, y]) => yearOf(Number(y))],
  [
    sticky('([今明去])年(N)月(N)[日号]?(?![\\d.])'),
    ([, y, m, d], today) => single(dayOf(year(today) + (yearWords[y ?? ''] ?? 0), number(m), number(d))),
  ],
  [
    sticky(`([今明去])年(N)月${PART}`),
    ([, y, m, part], today) => partOf(monthOf(year(today) + (yearWords[y ?? ''] ?? 0), number(m)), part),
  ],
  [
    sticky('(N)月(N)[日号]?(?:[-至到](?:(N)月)?(N)[日号])'),
    ([, m, d, to, last], today) =>
      between(dayOf(year(today), number(m), number(d)), dayOf(year(today), number(to ?? m), number(last))),
  ],
  [
    sticky('(N)月 ?(N)[日号](?!\\d)|(N)月 ?(\\d{1,2})(?![\\d.+个次项条家场件名])'),
    ([, m, d, month2, day2], today) =>
      single(dayOf(year(today), number(m ?? month2), number(d ?? day2)), { yearless: true }),
  ],
  [
    sticky('(N)月?[-至到](N)月份?'),
    ([, m, last], today) =>
      between(monthOf(year(today), number(m))?.from ?? null, monthOf(year(today), number(last))?.to ?? null),
  ],
  [
    sticky(`(N)月${PART}`),
    ([, m, part], today) =>
      number(m) > 12 ? null : partOf(monthOf(year(today), number(m), { yearless: true }), part),
  ],
  [
    /大前天|大后天|今天|今日|今早|今晚|昨天|昨日|昨晚|前天|明天|明日|明早|后天/uy,
    ([word = ''], today) => single(addDays(today, relative[word] ?? 0)),
  ],
  [
    sticky('(上|这|本|当|下)个?月(N)[日号]'),
    ([, which, d], today) => {
      const span = monthOf(year(today), month(today) + shiftOf(which));
      return span && single(dayOf(year(span.from), month(span.from), number(d)));
    },
  ],
  [
    sticky('(上上|下下|上|这|本|下)?个?(?:周|星期|礼拜)([一二三四五六日天])'),
    ([, which, name], today) => {
      const index = '一二三四五六日'.indexOf(name === '天' ? '日' : (name ?? '')) + 1;
      return single(addDays(weekOf(today, shiftOf(which)).from, index - 1));
    },
  ],
  [
    sticky('(上上|下下|上|这|本|下)个?(?:周|星期|礼拜)末?'),
    ([, which], today) => weekOf(today, shiftOf(which)),
  ],
  [
    sticky(`(上|这|本|当|下)个?月${PART}`),
    ([, which, part], today) => partOf(monthOf(year(today), month(today) + shiftOf(which)), part),
  ],
  [/月(底|末|初|中旬|上旬|下旬)/uy, ([, part], today) => partOf(monthOf(year(today), month(today)), part)],
  [
    sticky('(上|这|本|下)个?季度?[末底]?'),
    ([word = '', which], today) => {
      if (!word.includes('季')) return null;
      const span = quarterOf(year(today), Math.ceil(month(today) / 3) + shiftOf(which));
      return span && /[末底]$/.test(word) ? single(span.to) : span;
    },
  ],
  [
    sticky('第?([一二三四1-4])季度([末底])?|[Qq]([1-4])'),
    ([, q, end, short], today) => {
      const span = quarterOf(year(today), number(q ?? short), { yearless: true });
      return span && end !== undefined ? single(span.to) : span;
    },
  ],
  [/(上|下)半年/uy, ([, half], today) => halfOf(year(today), half === '上' ? 1 : 2, { yearless: true })],
  [
    /(?:今年|本年)?年?([底末中初])(?=前|之前|以前)|(?:今|本)?年[底末]|岁末/uy,
    ([, part], today) =>
      single(`${year(today)}-${part === '中' ? '06-30' : part === '初' ? '01-31' : '12-31'}`),
  ],
  [/年初/uy, (_, today) => ({ ...yearOf(year(today)) })],
  [/([今本明去上来前])年度?/uy, ([, which], today) => yearOf(year(today) + (yearWords[which ?? ''] ?? 0))],
  [/全年|年内/uy, (_, today) => yearOf(year(today))],
  [
    sticky('(\\d{1,3}|[一二两三四五六七八九十]{1,3})天(?:之)?(前|内|后)'),
    ([, count, side], today) =>
      single(addDays(today, side === '前' ? -number(count) : number(count)), { limit: side === '内' }),
  ],
  [
    sticky('(\\d{1,3}|[一二两三四五六七八九十]{1,3})(?:个?周|个?星期)(?:之|以)?(内|后)'),
    ([, count, side], today) => single(addDays(today, 7 * number(count)), { limit: side === '内' }),
  ],
  [sticky('(\\d{1,2})日'), ([, d], today) => single(dayOf(year(today), month(today), Number(d)))],
];

const between = (from: Day | null, to: Day | null): Span | null =>
  from && to && from <= to ? { from, to } : null;

const BEFORE = /(?:之前|以前|前(?![往后期来去述一])|之内|以内|内(?!容|部|勤|控|涵))/uy;
const SINCE = /(?:以来|至今|起至今|到现在)/uy;

/** The day or span that starts at `at`, with its length in characters. */
export function readWhen(text: string, at: number, today: Day): { when: When; length: number } | null {
  for (const [pattern, read] of rules) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    const span = found && read([...found], today);
    if (found && span) return complete(span, text, at + found[0].length, at);
  }
  return null;
}

function complete(span: Span, text: string, end: number, at: number): { when: When; length: number } {
  BEFORE.lastIndex = end;
  const before = BEFORE.exec(text)?.[0].length ?? 0;
  SINCE.lastIndex = end;
  const since = SINCE.exec(text)?.[0].length ?? 0;
  const when = { yearless: false, since: since > 0, ...span, limit: span.limit === true || before > 0 };
  return { when, length: end + before + since - at };
}

/** A month and day written `11-30`, `4/9` or `4.13`, where the place says that it is a date. */
export function monthDay(monthText: string, dayText: string, today: Day): When | null {
  const day = dayOf(year(today), Number(monthText), Number(dayText));
  return day ? { from: day, to: day, yearless: true, limit: false, since: false } : null;
}

/** The 18th of this month: 18号 may also be a task's serial. */
export function dayOfMonth(day: number, today: Day): When | null {
  const found = dayOf(year(today), month(today), day);
  return found ? { from: found, to: found, yearless: true, limit: false, since: false } : null;
}

const moved = (day: Day, years: number): Day => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;

/** The day something happened: in the first weeks of a year, 12月 is last year's. */
export function happened(when: When, today: Day): Day {
  const early = month(today) <= 2 && Number(when.to.slice(5, 7)) >= 11;
  return when.yearless && early && when.to > today ? moved(when.to, -1) : when.to;
}

/**
 * The day a limit falls on. One that has passed is next year's when that is less than half a year off, else null:
 * nobody sets a term in the past.
 */
export function dueOn(when: When, today: Day): Day | null {
  if (when.to >= today) return when.to;
  const next = moved(when.to, 1);
  return when.yearless && daysBetween(today, next) < 183 ? next : null;
}

/** Whether the words point past today. */
export const isAhead = (when: When, today: Day): boolean =>
  when.from > today && happened(when, today) > today;

export const isSingleDay = (when: When): boolean => when.from === when.to;

/** A day that a term can be set to. */
export const isExact = (when: When): boolean =>
  isSingleDay(when) && when.vague !== true && when.clock === undefined;

export const isPastYear = (when: When, today: Day): boolean =>
  happened(when, today) < `${today.slice(0, 4)}-01-01` && !isEarly(today);

const isEarly = (today: Day): boolean => month(today) === 1;
