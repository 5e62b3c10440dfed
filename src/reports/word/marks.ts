import { folded, weekdayName } from '../../chat/words.ts';
import { type Day, spoken, wall } from '../../ledger/days.ts';
import type { Words } from './draft.ts';

/** Words and papers that are quoted stand as they are. */
const QUOTED = /(「[^」]*」|“[^”]*”|《[^》]*》)/;
/** Marks of ASCII and their full-width counterparts lie so far apart. */
const WIDER = 0xfee0;

/** Chinese text in full-width marks, as official papers have it; a time (15:00) and 1,000 stay as they are. */
export function formal(words: Words): string {
  if (typeof words !== 'string') return folded(words.said, Number.POSITIVE_INFINITY);
  return words
    .split(QUOTED)
    .map((part, index) => (index % 2 === 1 ? part : widened(part)))
    .join('');
}

const widened = (part: string): string =>
  part.replace(/(?<!\d)[,:]|[,:](?!\d)|[;?()]/g, (mark) =>
    String.fromCodePoint((mark.codePointAt(0) ?? 0) + WIDER),
  );

/** `2026年4月9日`. */
export const fullDay = (day: Day | null): string =>
  day === null ? '待明确' : `${day.slice(0, 4)}年${spoken(day)}`;

/** `2026年4月9日10时`. */
export function fullHour(instant: Date, zone: string): string {
  const { day, minute } = wall(instant, zone);
  return `${fullDay(day)}${Math.floor(minute / 60)}时`;
}

/** `2026年4月9日10时15分`. */
export const fullMinute = (instant: Date, zone: string): string =>
  `${fullHour(instant, zone)}${String(wall(instant, zone).minute % 60).padStart(2, '0')}分`;

/** How papers refer to an entry of the task's history. */
export const recordNo = (seq: number | null | undefined): string => `第${seq ?? '—'}号`;

export const weekdayOf = (day: Day): string => `星期${weekdayName(day)}`;
