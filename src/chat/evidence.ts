import { type Day, isDay, spoken } from '../ledger/days.ts';
import type { Reference } from '../ledger/evidence.ts';
import { folded } from './words.ts';

const DATES = [
  /(?<year>\d{4})-(?<month>\d{1,2})-(?<date>\d{1,2})/,
  /(?:(?<year>\d{4})年)?(?<month>\d{1,2})月(?<date>\d{1,2})[日号]?/,
];
const NUMBERED = /〔\d{4}〕|[[((]\d{4}[\]))]\s*\d+号/;
const PICTURED = /照片|图片|影像|视频|录像|截图/;

/** Where it is kept: behind 存, in brackets, or what ends in the name of a place. */
const PLACES = [
  /(?:存放?[于在至]?|留存)[::\s]*(?<place>[^,,;;。()()\s]+)/,
  /[((]\s*(?<place>[^()()]*(?:卷|柜|室|盒|档案|文件夹|网盘|系统|科|办)[^()()]*)(?:[))]|$)/,
  /[,,;;\s](?<place>[^,,;;\s]*(?:卷|柜|室|盒|档案|文件夹|网盘)\d*)$/,
];

/** What the words behind 佐证 refer to; null where they name nothing. A date without a year is the last such day. */
export function readReference(words: string, today: Day): Reference | null {
  const place = first(PLACES, words.trim());
  const rest = place ? words.replace(place[0], ' ') : words;
  const date = first(DATES, rest);
  const datedOn = date?.groups ? dayOf(date.groups, today) : null;
  const bare = date && datedOn !== null ? rest.replace(date[0], ' ') : rest;
  const name = folded(bare.replace(/^[\s,,、::;;]+|[\s,,、::;;。]+$/g, ''), 80);
  if (!/[\p{L}\d]/u.test(name)) return null;
  const kind = NUMBERED.test(name) ? '文件' : PICTURED.test(name) ? '影像' : '材料';
  return { kind, name, datedOn, keptAt: folded(place?.groups?.place ?? '', 40) };
}

const first = (patterns: RegExp[], text: string): RegExpExecArray | undefined =>
  patterns.map((pattern) => pattern.exec(text)).find((found) => found !== null) ?? undefined;

function dayOf({ year, month = '', date = '' }: Record<string, string | undefined>, today: Day): Day | null {
  const inYear = (each: number) => `${each}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const thisYear = Number(today.slice(0, 4));
  const day = inYear(year === undefined ? thisYear : Number(year));
  if (!isDay(day)) return null;
  return year === undefined && day > today ? inYear(thisYear - 1) : day;
}

/** `演练简报(4月9日,存科内卷5)`. */
export function referenceWord({ name, datedOn, keptAt }: Reference): string {
  const more = [...(datedOn === null ? [] : [spoken(datedOn)]), ...(keptAt === '' ? [] : [`存${keptAt}`])];
  return more.length === 0 ? name : `${name}(${more.join(',')})`;
}
