import { addDays, type Day, daysBetween, mondayOf } from '../days.ts';
import type { Clock } from '../terms.ts';
import type { Frame, Indicator } from './indicator.ts';

/** Both days belong to it. */
export interface Span {
  starts: Day;
  ends: Day;
}

/** The span of `once`: every day, and with it every period, lies within. */
export const always: Span = { starts: '0000-01-01', ends: '9999-12-31' };

/** Whether the clock starts anew within a plan, so that each of its periods has to be met. */
export const recurs = (clock: Clock): boolean => ['week', 'month', 'quarter', 'half'].includes(clock);

/** A plan that runs over the turn of a year has one account of what it asks for 全年: its own year is no calendar's. */
export const clockIn = ({ starts, ends }: Span, clock: Clock): Clock =>
  clock === 'year' && starts.slice(0, 4) !== ends.slice(0, 4) ? 'once' : clock;

/** The clock's period that holds the day: `2026-04`, `2026-Q2`, `2026-H1`, `2026`, `2026-W17` or `once`. */
export function periodOf(clock: Clock, day: Day): string {
  const year = day.slice(0, 4);
  const month = Number(day.slice(5, 7));
  switch (clock) {
    case 'week':
      return weekOf(day);
    case 'month':
      return day.slice(0, 7);
    case 'quarter':
      return `${year}-Q${Math.ceil(month / 3)}`;
    case 'half':
      return `${year}-H${Math.ceil(month / 6)}`;
    case 'year':
      return year;
    case 'once':
    case 'closure':
      return 'once';
  }
}

export function spanOf(period: string): Span {
  const span = spans.get(period) ?? reckon(period);
  spans.set(period, span);
  return span;
}

/** A plan has some hundred periods, and every figure asks for their spans. */
const spans = new Map<string, Span>([['once', always]]);

function reckon(period: string): Span {
  const { year, letter, number } = partsOf(period);
  switch (letter) {
    case 'W': {
      const starts = addDays(mondayOf(`${year}-01-04`), (number - 1) * 7);
      return { starts, ends: addDays(starts, 6) };
    }
    case 'Q':
      return months(year, number * 3 - 2, 3);
    case 'H':
      return months(year, number * 6 - 5, 6);
    case 'M':
      return months(year, number, 1);
    default:
      return months(year, 1, 12);
  }
}

const numerals = ['零', '一', '二', '三', '四'];

/** As people say it: `4月`, `二季度`, `上半年`, `第17周`, `2026年`, `全年`. */
export function spokenPeriod(period: string): string {
  if (period === 'once') return '全年';
  const { year, letter, number } = partsOf(period);
  switch (letter) {
    case 'W':
      return `第${number}周`;
    case 'Q':
      return `${numerals[number]}季度`;
    case 'H':
      return number === 1 ? '上半年' : '下半年';
    case 'M':
      return `${number}月`;
    default:
      return `${year}年`;
  }
}

/** With its year, for those that are part of one: `2026年二季度`. */
export const spokenWithYear = (period: string): string => `${period.slice(0, 4)}年${spokenPeriod(period)}`;

/** Three or more in a row are said as one: `1月至3月、5月`. */
export function spokenPeriods(periods: string[]): string {
  const rows: string[][] = [];
  for (const period of periods) {
    const row = rows.at(-1);
    const last = row?.at(-1);
    if (row && last && addDays(spanOf(last).ends, 1) === spanOf(period).starts) row.push(period);
    else rows.push([period]);
  }
  return rows
    .map((row) => row.map(spokenPeriod))
    .map((row) => (row.length > 2 ? `${row[0]}至${row.at(-1)}` : row.join('、')))
    .join('、');
}

/**
 * The periods that a task with this deadline has to meet: those that end between the plan's start and the deadline
 * or the plan's end, whichever is first. Where none does, because the deadline cuts the very first, it is that one.
 */
export function periodsAsked(clock: Clock, frame: Frame, deadline: Day | null): string[] {
  const last = lastDay(frame, deadline);
  const asked: string[] = [];
  for (let day = frame.starts; ; ) {
    const period = periodOf(clock, day);
    const { ends } = spanOf(period);
    if (ends > last) break;
    asked.push(period);
    day = addDays(ends, 1);
  }
  return asked.length > 0 ? asked : [periodOf(clock, last)];
}

/** Those of the periods asked for that are over. */
export function periodsEnded(clock: Clock, frame: Frame, deadline: Day | null): string[] {
  return periodsAsked(clock, frame, deadline).filter(
    (period) => dueOf(period, frame, deadline) < frame.today,
  );
}

/** So many days what is counted afterwards has after its period. */
const AFTERWARDS = 20;

/** Whether a period that is over is still waited for. */
export const isAwaited = (
  { afterwards = false }: Pick<Indicator, 'afterwards'>,
  period: string,
  frame: Frame,
) => afterwards && addDays(spanOf(period).ends, AFTERWARDS) >= frame.today;

/** The period that today falls into; the first one before the plan starts, none once the last day is over. */
export function running(clock: Clock, frame: Frame, deadline: Day | null): string | null {
  if (frame.today > lastDay(frame, deadline)) return null;
  return periodOf(clock, frame.today < frame.starts ? frame.starts : frame.today);
}

/** The running period of a clock that starts anew; null for any other. */
export const current = (clock: Clock, frame: Frame, deadline: Day | null): string | null =>
  recurs(clock) ? running(clock, frame, deadline) : null;

/** The last day on which something still counts for the period. */
export function dueOf(period: string, frame: Frame, deadline: Day | null): Day {
  return earlier(spanOf(period).ends, lastDay(frame, deadline));
}

const earlier = (one: Day, other: Day): Day => (one < other ? one : other);

/** A deadline of the year before, with which a task came over, cuts nothing of what recurs in this one. */
const lastDay = ({ starts, ends }: Frame, deadline: Day | null): Day =>
  deadline === null || deadline < starts ? ends : earlier(deadline, ends);

/** A week belongs to the year that holds its Thursday (ISO 8601). */
function weekOf(day: Day): string {
  const thursday = addDays(mondayOf(day), 3);
  const year = thursday.slice(0, 4);
  const week = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

function months(year: number, first: number, count: number): Span {
  const after = first + count > 12 ? `${year + 1}-01-01` : monthStart(year, first + count);
  return { starts: monthStart(year, first), ends: addDays(after, -1) };
}

const monthStart = (year: number, month: number): Day => `${year}-${String(month).padStart(2, '0')}-01`;

function partsOf(period: string): { year: number; letter: 'W' | 'Q' | 'H' | 'M' | 'Y'; number: number } {
  const found = /^(\d{4})(?:-([QHW]?)(\d{1,2}))?$/.exec(period);
  if (!found) throw new Error(`no period is called ${period}`);
  const [, year, letter, number] = found;
  const kind = number === undefined ? 'Y' : letter === 'W' || letter === 'Q' || letter === 'H' ? letter : 'M';
  return { year: Number(year), letter: kind, number: Number(number ?? 0) };
}
