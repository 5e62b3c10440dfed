import { numberOf } from '../../chat/parse.ts';
import { isDay } from '../../ledger/days.ts';

/** A day by which something is to be done, and the words that say so. */
export interface Deadline {
  day: string;
  words: string;
  /** Only a part of it is due then: 其中6月底前建成5家. */
  partial: boolean;
}

const QUARTERS = '一二三四1234';
const DATED =
  /(?:(20\d\d)年)?(?<![\d—-])(\d{1,2})月(?:份)?(?:(\d{1,2})日|(上旬|中旬|下旬)|(?:底|末))?(以前|之前|前|底前|(?<=[底末]))/gu;
const SEASONED = /(?:(20\d\d)年)?第?([一二三四1-4])季度(?:末|底|前|以前|内)/gu;
const HALVED = /(?:(20\d\d)年)?上半年(?:前|底|内|完成|末)/gu;
/** Days by which plans like to have things done, with the last one before them. */
const FEASTS: [RegExp, number, number][] = [
  [/(?:(20\d\d)年)?(?:[“"]?五一[”"]?|劳动节)(?:节)?(?:以前|之前|前)/gu, 4, 30],
  [/(?:(20\d\d)年)?(?:[“"]七一[”"]|七一|建党节)(?:以前|之前|前)/gu, 6, 30],
  [/(?:(20\d\d)年)?(?:[“"]十一[”"]|国庆节?)(?:以前|之前|前)/gu, 9, 30],
];
const ENDING = /(?:(20\d\d)|今)?年(?:底|末)(?:以前|之前|前)/gu;

/** The days that a text sets, of this year or later, in the order in which it says them. */
export function deadlinesIn(text: string, year: number): Deadline[] {
  const found: { at: number; words: string; day: string }[] = [];
  const put = (match: RegExpExecArray, month: number, date: number | null) => {
    const own = Number(match[1] ?? year);
    const day = `${own}-${two(month)}-${two(date ?? lastOf(own, month))}`;
    const since = /(?:截至|截止|自|从)[^,;。]*$/u.test(text.slice(0, match.index));
    if (isDay(day) && own >= year && !since) found.push({ at: match.index, words: match[0], day });
  };
  for (const match of text.matchAll(DATED)) {
    const [, , month, date, third] = match;
    const ten = third === '上旬' ? 10 : third === '中旬' ? 20 : null;
    put(match, Number(month), date === undefined ? ten : Number(date));
  }
  for (const match of text.matchAll(SEASONED))
    put(match, ((QUARTERS.indexOf(match[2] ?? '') % 4) + 1) * 3, null);
  for (const match of text.matchAll(HALVED)) put(match, 6, null);
  for (const match of text.matchAll(ENDING)) put(match, 12, null);
  for (const [form, month, date] of FEASTS) for (const match of text.matchAll(form)) put(match, month, date);
  return found
    .sort((one, other) => one.at - other.at)
    .map(({ at, words, day }) => ({ day, words, partial: /其中[^,;。]*$/u.test(text.slice(0, at)) }));
}

/** A day or a month's, quarter's or half's end behind which no 前 stands. */
const BARE =
  /((?<!\d)\d{1,2}月(?:份|\d{1,2}日|[上中下]旬|[底末])?|季度[末底]?|上半年|年[底末])(?![\d份上中下底末初内前]|以前|之前)/gu;

/** What a line 整改时限 says, where no 前 has to stand: 2026年9月30日, 2026.9, 二〇二六年九月底,长期坚持. */
function dayIn(text: string, year: number): string | null {
  return deadlinesIn(inFigures(text).replace(BARE, '$1前'), year)[0]?.day ?? null;
}

/** A line's dates in the one spelling that is read; of a span its end. */
const inFigures = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\s/gu, '')
    .replace(/[〇零一二三四五六七八九]{4}(?=年)/gu, (digits) =>
      [...digits].map((digit) => '〇一二三四五六七八九'.indexOf(digit.replace('零', '〇'))).join(''),
    )
    .replace(/[一二三四五六七八九十]{1,3}(?=[月日号])/gu, (numeral) => String(numberOf(numeral) ?? numeral))
    .replace(/(20\d\d)[-./](\d{1,2})(?:[-./](\d{1,2}))?(?![\d月])日?/gu, (_, own, month, date) =>
      date === undefined ? `${own}年${month}月` : `${own}年${month}月${date}日`,
    )
    .replace(/(\d{1,2}月\d{1,2})(?:号|(?![\d日]))/gu, '$1日')
    .replace(/\d{1,2}月?[—–~-](?=\d{1,2}月)|^.*(?:至|到)(?=20\d\d|\d{1,2}月|年|[“"]?[五七十]一)/gu, '')
    .replace(/年年(?=[底末])/gu, '年')
    .replace(/年?下半年|年内/gu, '年底');

const two = (number: number): string => String(number).padStart(2, '0');
const lastOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** When a task is due by its own words or the plan's line for it, and what the office has to look at. */
export function dueOf(
  text: string,
  charged: string,
  year: number,
): { day: string | null; guesses: string[] } {
  const all = deadlinesIn(text, year);
  const whole = all.filter(({ partial }) => !partial).sort((one, other) => one.day.localeCompare(other.day));
  const last = whole.at(-1);
  const set = charged === '' ? null : dayIn(charged, year);
  const day = set ?? last?.day ?? null;
  const nodes = all.filter((each) => each.day !== day).map(({ day: at, words }) => `“${words}”(${at})`);
  return {
    day,
    guesses: [
      ...(charged !== '' && set === null ? [`方案写的时限是“${charged}”,请定完成时限`] : []),
      ...(set !== null ? [`完成时限取自方案写的“${charged}”`] : []),
      ...(set === null && last ? [`完成时限取自原文“${last.words}”,请核对是否管整项任务`] : []),
      ...(nodes.length === 0 ? [] : [`原文另有时间${nodes.join('、')},可用「节点」登记`]),
    ],
  };
}
