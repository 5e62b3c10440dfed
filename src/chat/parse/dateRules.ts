import { addDays, type Day, mondayOf } from '../../ledger/days.ts';
import { HAN_NUMERAL } from './numerals.ts';
import {
  between,
  dayIn,
  halfOf,
  month,
  monthOf,
  number,
  partOf,
  quarterOf,
  type Span,
  single,
  year,
  yearOf,
} from './spans.ts';

type Rule = [pattern: RegExp, read: (parts: string[], today: Day) => Span | null];

const N = `(?:\\d{1,2}|[${HAN_NUMERAL}]{1,3})`;
const sticky = (source: string): RegExp => new RegExp(source.replaceAll('N', N), 'uy');
/** By how many days, weeks, months or years a word moves; no word, and 本, by none. */
function shiftsOf(words: Record<string, number>): (word: string | undefined) => number {
  const known = new Map<string | undefined, number>(Object.entries(words));
  return (word) => known.get(word) ?? 0;
}
const shiftOf = shiftsOf({ 上上: -2, 上: -1, 下: 1, 下下: 2 });
const daysTo = shiftsOf({
  ...{ 昨天: -1, 昨日: -1, 昨晚: -1, 前天: -2, 大前天: -3 },
  ...{ 明天: 1, 明日: 1, 明早: 1, 后天: 2, 大后天: 3 },
});
const yearsTo = shiftsOf({ 明: 1, 来: 1, 去: -1, 上: -1, 前: -2 });
const weekday = shiftsOf({ 二: 1, 三: 2, 四: 3, 五: 4, 六: 5, 日: 6, 天: 6 });
/** 5月6日(周三) is one day, not two. */
const WEEKDAY = '(?: ?\\((?:周|星期|礼拜)[一二三四五六日天]\\))?';
const PART = '(底|末|份|初|上旬|中旬|下旬|中)?';

function weekOf(today: Day, shift: number): Span {
  const from = addDays(mondayOf(today), 7 * shift);
  return { from, to: addDays(from, 6), clock: 'week' };
}

const dayOf = (today: Day, m: string | undefined, d: string | undefined): Span | null =>
  single(dayIn(year(today), number(m), number(d)));

/** How people name days and spans, the longer forms first. */
export const rules: Rule[] = [
  [
    sticky('((?:19|20)\\d{2})([-./])(\\d{1,2})\\2(\\d{1,2})(?:日|号)?(?!\\d)'),
    ([, y, , m, d]) => single(dayIn(Number(y), Number(m), Number(d))),
  ],
  [
    /(20\d{2})(0[1-9]|1[0-2])([0-3]\d)(?!\d)/uy,
    ([, y, m, d]) => single(dayIn(Number(y), Number(m), Number(d))),
  ],
  [
    sticky(`((?:19|20)\\d{2})年 ?(N)月 ?(N)[日号]?(?![\\d.])${WEEKDAY}`),
    ([, y, m, d]) => single(dayIn(Number(y), number(m), number(d))),
  ],
  [
    sticky(`((?:19|20)\\d{2})年 ?(N)月${PART}`),
    ([, y, m, part]) => partOf(monthOf(Number(y), number(m)), part),
  ],
  [sticky('((?:19|20)\\d{2})年 ?第?([一二三四1-4])季度'), ([, y, q]) => quarterOf(Number(y), number(q))],
  [sticky('((?:19|20)\\d{2})年(上|下)半年'), ([, y, half]) => halfOf(Number(y), half === '上' ? 1 : 2)],
  [sticky('((?:19|20)\\d{2})年[底末]'), ([, y]) => single(`${y}-12-31`)],
  [sticky('((?:19|20)\\d{2})年度?'), ([, y]) => yearOf(Number(y))],
  [
    sticky('([今本明去上来前])年(N)月(N)[日号]?(?![\\d.])'),
    ([, y, m, d], today) => single(dayIn(year(today) + yearsTo(y), number(m), number(d))),
  ],
  [
    sticky(`([今本明去上来前])年(N)月${PART}`),
    ([, y, m, part], today) => partOf(monthOf(year(today) + yearsTo(y), number(m)), part),
  ],
  [
    sticky('(\\d{1,2})\\.(\\d{1,2})[-至到](\\d{1,2})\\.(\\d{1,2})(?![\\d.])'),
    ([, m, d, to, last], today) => between(dayOf(today, m, d), dayOf(today, to, last)),
  ],
  [
    sticky('(N)月(N)[日号]?(?:[-至到](?:(N)月)?(N)[日号])'),
    ([, m, d, to, last], today) => between(dayOf(today, m, d), dayOf(today, to ?? m, last)),
  ],
  [
    sticky(`(N)月 ?(N)[日号]${WEEKDAY}|(N)月 ?(\\d{1,2})(?![\\d.+个次项条家场件名月人篇所处期份起类堂天户])`),
    ([, m, d, month2, day2], today) =>
      single(dayIn(year(today), number(m ?? month2), number(d ?? day2)), { yearless: true }),
  ],
  [
    sticky('(N)月?(?:、(?:N)月?){0,10}、(N)月份?'),
    ([, m, last], today) => between(monthOf(year(today), number(m)), monthOf(year(today), number(last))),
  ],
  [
    sticky('(N)月?[-至到](N)月份?'),
    ([, m, last], today) => between(monthOf(year(today), number(m)), monthOf(year(today), number(last))),
  ],
  [
    sticky(`(N)月${PART}`),
    ([, m, part], today) =>
      number(m) < 1 || number(m) > 12
        ? null
        : partOf(monthOf(year(today), number(m), { yearless: true }), part),
  ],
  [
    /大前天|大后天|今天|今日|今早|昨天|昨日|昨晚|前天|明天|明日|明早|后天/uy,
    ([word], today) => single(addDays(today, daysTo(word))),
  ],
  [
    sticky('(上|这|本|当|下)个?月(N)[日号]'),
    ([, which, d], today) => {
      const span = monthOf(year(today), month(today) + shiftOf(which));
      return span && single(dayIn(year(span.from), month(span.from), number(d)));
    },
  ],
  [
    sticky('(上上|下下|上|这|本|下)?个?(?:周|星期|礼拜)([一二三四五六日天])'),
    ([, which, name], today) => single(addDays(weekOf(today, shiftOf(which)).from, weekday(name))),
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
    sticky('(上|这|本|下)个?季度?([末底])?'),
    ([, which, end], today) => {
      const span = quarterOf(year(today), Math.ceil(month(today) / 3) + shiftOf(which));
      return span && end !== undefined ? single(span.to) : span;
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
  [/([今本明])?年[底末]|岁末/uy, ([, which], today) => single(`${year(today) + yearsTo(which)}-12-31`)],
  [
    /([今明])?年中(?=前|之前|以前)/uy,
    ([, which], today) => single(`${year(today) + yearsTo(which)}-06-30`, { vague: true }),
  ],
  [/年初/uy, (_, today) => ({ ...yearOf(year(today)) })],
  [/([今本明去上来前])年度?/uy, ([, which], today) => yearOf(year(today) + yearsTo(which))],
  [/全年|年内/uy, (_, today) => yearOf(year(today))],
  [
    sticky('(\\d{1,3}|[一二两三四五六七八九十]{1,3})天(?:之)?(前|内|后)'),
    ([, count, side], today) =>
      daysFrom(today, side === '前' ? -number(count) : number(count), side === '内'),
  ],
  [
    sticky('(\\d{1,3}|[一二两三四五六七八九十]{1,3})(?:个?周|个?星期)(?:之|以)?(内|后)'),
    ([, count, side], today) => daysFrom(today, 7 * number(count), side === '内'),
  ],
  [
    sticky('(\\d{1,2})(?:日|号(?=前|之前|以前|上午|下午|晚|中午|当天|当日|召开|开会|那天))'),
    ([, d], today) => single(dayIn(year(today), month(today), Number(d))),
  ],
];

const WITHOUT = [
  sticky('(?:((?:19|20)\\d{2})年 ?)?(N)月 ?(N)[日号]'),
  sticky('((?:19|20)\\d{2})[-./](\\d{1,2})[-./](\\d{1,2})(?!\\d)'),
];
const NO_MONTH = /(?:(?:19|20)\d{2}年 ?)?(?:1[3-9]|[2-9]\d)月(?!龄)/uy;

/** How long the day or month is that starts at `at` and that no calendar has: 2月30日, 13月; else 0. */
export function impossibleAt(text: string, at: number, today: Day): number {
  for (const pattern of WITHOUT) {
    pattern.lastIndex = at;
    const [whole = '', y, m, d] = pattern.exec(text) ?? [];
    const [theMonth, day] = [number(m), number(d)];
    if (whole !== '' && !Number.isNaN(theMonth + day) && !dayIn(Number(y ?? year(today)), theMonth, day))
      return whole.length;
  }
  NO_MONTH.lastIndex = at;
  return NO_MONTH.exec(text)?.[0].length ?? 0;
}

function daysFrom(today: Day, count: number, limit: boolean): Span | null {
  return Number.isNaN(count) ? null : single(addDays(today, count), { limit });
}
