import type { Reference } from '../ledger/acts/evidence.ts';
import { addDays, type Day, isDay, spoken } from '../ledger/days.ts';
import { folded } from './words.ts';

const DATES = [
  /(?<year>\d{4})-(?<month>\d{1,2})-(?<date>\d{1,2})/,
  /(?:(?<year>\d{4})年)?(?<month>\d{1,2})月(?<date>\d{1,2})[日号]?/,
];
const NUMBERED = /〔\d{4}〕|[[((]\d{4}[\]))]\s*\d+号/;
const PICTURED = /照片|图片|影像|视频|录像|截图/;
/** Nothing but pictures: 演练方案、照片 is more than that. */
const isPictured = (name: string): boolean =>
  name.split(/[、,,;;]|[和及与]/).every((part) => PICTURED.test(part));

/** Where it is kept: behind 存, 放在 or a bare 在, in brackets, or what ends in the name of a place. */
const PLACES = [
  /(?:存放?[于在至]?|留存|放[于在至])[::\s]*(?<place>[^,,;;。()()\s]+)/,
  /(?:^|[,,;;\s])在(?<place>[^,,;;。()()\s]+)/,
  /[((]\s*(?<place>[^()()]*(?:卷|柜|室|盒|档案|文件夹|网盘|系统|科|办)[^()()]*)(?:[))]|$)/,
  /[,,;;\s](?<place>[^,,;;\s]*(?:卷|柜|室|盒|档案|文件夹|网盘)\d*)$/,
];

/** What the words behind 佐证 refer to, as far as they say it. */
export function readReference(told: string, today: Day): Reference {
  const words = dayApart(told);
  const place = first(PLACES, words.trim());
  const rest = place ? words.replace(place[0], ' ') : words;
  const date = first(DATES, rest);
  const datedOn = date?.groups ? dayOf(date.groups, today) : null;
  const undated = date && datedOn !== null ? rest.replace(date[0], ' ') : rest;
  // What stood in the bracket is gone from it.
  const bare = undated.replace(/[((]([^()()]*)$/u, ' $1').replace(/[((][\s,,、;;]*[))]/gu, ' ');
  const said = folded(bare.replace(/^[\s,,、::;;]+|[\s,,、::;;。]+$/g, ''), 80);
  const name = /[\p{L}\d]/u.test(said) ? said : '';
  const kind = NUMBERED.test(name) ? '文件' : isPictured(name) ? '影像' : '材料';
  return { kind, name, datedOn, keptAt: folded(place?.groups?.place ?? '', 40) };
}

const BRACKET = /([((])([^()()]*)([))]|$)/gu;
const isDate = (words: string): boolean => DATES.some((date) => date.exec(words)?.[0] === words);

/** 会议纪要(9月10日,纪委卷3): the day that stands in the bracket beside the place is no part of it. */
const dayApart = (words: string): string =>
  words.replace(BRACKET, (whole: string, open: string, inside: string, close: string) => {
    const parts = inside.split(/[\s,,、;;]+/u).filter((part) => part !== '');
    const rest = parts.filter((part) => !isDate(part));
    if (rest.length === 0 || rest.length === parts.length) return whole;
    return ` ${parts.filter(isDate).join(' ')}${open}${rest.join(',')}${close}`;
  });

const first = (patterns: RegExp[], text: string): RegExpExecArray | undefined =>
  patterns.map((pattern) => pattern.exec(text)).find((found) => found !== null) ?? undefined;

/** Days back that a date without a year may lie in the year before: 12月30日 said in April, not 4月20日 said on the 13th. */
const BACK = 183;

function dayOf({ year, month = '', date = '' }: Record<string, string | undefined>, today: Day): Day | null {
  const inYear = (each: number) => `${each}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const thisYear = Number(today.slice(0, 4));
  const day = inYear(year === undefined ? thisYear : Number(year));
  if (!isDay(day)) return null;
  if (year !== undefined || day <= today) return day;
  const before = inYear(thisYear - 1);
  return isDay(before) && before >= addDays(today, -BACK) ? before : day;
}

/** What of a whole reference wasn't said. */
export const lacking = ({ name, datedOn, keptAt }: Reference): string[] => [
  ...(name === '' ? ['名称或文号'] : []),
  ...(datedOn === null ? ['日期'] : []),
  ...(keptAt === '' ? ['存放处'] : []),
];

/** The same as it would be typed, with what is lacking in its place: `演练简报 日期 存放处`. */
export const toType = ({ name, datedOn, keptAt }: Reference): string =>
  [
    name || '名称',
    datedOn === null ? '日期' : spoken(datedOn),
    keptAt === '' ? '存放处' : `存${keptAt}`,
  ].join(' ');

/** `演练简报(4月9日,存科内卷5)`. */
export function referenceWord({ name, datedOn, keptAt }: Reference): string {
  const more = [...(datedOn === null ? [] : [spoken(datedOn)]), ...(keptAt === '' ? [] : [`存${keptAt}`])];
  return more.length === 0 ? name : `${name}(${more.join(',')})`;
}
