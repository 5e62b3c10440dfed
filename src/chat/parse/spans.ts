import { addDays, type Day, isDay } from '../../ledger/days.ts';
import type { Clock } from '../../ledger/terms.ts';
import { numberOf } from './numerals.ts';

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
  /** 2月30日, 13月: no calendar has it. */
  impossible?: boolean;
}

export type Span = Pick<When, 'from' | 'to'> & Partial<When>;

/** A day's, month's or quarter's number; not a number where it could be none. */
export function number(text: string | undefined): number {
  const value = text === undefined ? null : numberOf(text);
  return value === null || value > 999 ? Number.NaN : value;
}

export const year = (today: Day): number => Number(today.slice(0, 4));
export const month = (today: Day): number => Number(today.slice(5, 7));
const pad = (value: number): string => String(value).padStart(2, '0');

/** The day, if the calendar has it. */
export function dayIn(y: number, m: number, d: number): Day | null {
  const day = `${y}-${pad(m)}-${pad(d)}`;
  return isDay(day) ? day : null;
}

export const single = (day: Day | null, more: Partial<When> = {}): Span | null =>
  day ? { from: day, to: day, ...more } : null;

const endOf = (y: number, m: number): Day =>
  addDays(m === 12 ? `${y + 1}-01-01` : `${y}-${pad(m + 1)}-01`, -1);

/** `months` may run over the year's ends. */
export function monthOf(y: number, months: number, more: Partial<When> = {}): Span | null {
  if (Number.isNaN(months)) return null;
  const at = y * 12 + months - 1;
  const [theYear, theMonth] = [Math.floor(at / 12), (((at % 12) + 12) % 12) + 1];
  const key = `${theYear}-${pad(theMonth)}`;
  return { from: `${key}-01`, to: endOf(theYear, theMonth), period: key, clock: 'month', ...more };
}

export function quarterOf(y: number, quarter: number, more: Partial<When> = {}): Span | null {
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

export const halfOf = (y: number, half: 1 | 2, more: Partial<When> = {}): Span => ({
  from: half === 1 ? `${y}-01-01` : `${y}-07-01`,
  to: half === 1 ? `${y}-06-30` : `${y}-12-31`,
  period: `${y}-H${half}`,
  clock: 'half',
  ...more,
});

export const yearOf = (y: number): Span => ({
  from: `${y}-01-01`,
  to: `${y}-12-31`,
  period: String(y),
  clock: 'year',
});

/** The part of a month that 底, 上旬 and the like mean; its last day is what is meant by a limit. */
export function partOf(span: Span | null, part: string | undefined): Span | null {
  if (!span || part === undefined || part === '份') return span;
  const last: Record<string, Day> = {
    初: `${span.from.slice(0, 8)}05`,
    上旬: `${span.from.slice(0, 8)}10`,
    中: `${span.from.slice(0, 8)}15`,
    中旬: `${span.from.slice(0, 8)}20`,
  };
  const vague = part in last;
  return single(last[part] ?? span.to, { vague, yearless: span.yearless ?? false });
}

export const between = (first: Span | null, last: Span | null): Span | null =>
  first && last && first.from <= last.to ? { from: first.from, to: last.to } : null;
