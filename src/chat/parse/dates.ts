import { type Day, daysBetween } from '../../ledger/days.ts';
import { impossibleAt, rules } from './dateRules.ts';
import { dayIn, month, type Span, type When, year } from './spans.ts';

export type { When } from './spans.ts';

const BEFORE = /(?:之前|以前|前(?![往后期来去述一])|之内|以内|内(?!容|部|勤|控|涵))/uy;
const SINCE = /(?:以来|至今|起至今|到现在)/uy;

const FIRST = /[\d零〇一二两三四五六七八九十今明昨前后大上下本这当月年全去来周星礼岁第Qq]/u;

/** The day or span that starts at `at`, with its length in characters. */
export function readWhen(text: string, at: number, today: Day): { when: When; length: number } | null {
  if (!FIRST.test(text.charAt(at))) return null;
  const impossible = impossibleAt(text, at, today);
  if (impossible > 0)
    return complete({ from: today, to: today, impossible: true }, text, at + impossible, at);
  for (const [pattern, read] of rules) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    const span = found && read([...found], today);
    if (found && span) return complete(upTo(span, text, at, today), text, at + found[0].length, at);
  }
  return null;
}

/** 截至5月: up to its last day, or to today. */
function upTo(span: Span, text: string, at: number, today: Day): Span {
  const isEnd =
    span.clock === 'month' && span.from <= today && /截[至止]$/u.test(text.slice(Math.max(0, at - 2), at));
  if (!isEnd) return span;
  const day = span.to < today ? span.to : today;
  return { from: day, to: day };
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
  const day = dayIn(year(today), Number(monthText), Number(dayText));
  return day ? { from: day, to: day, yearless: true, limit: false, since: false } : null;
}

/** The 18th of this month: 18号 may also be a task's serial. */
export function dayOfMonth(day: number, today: Day): When | null {
  const found = dayIn(year(today), month(today), day);
  return found ? { from: found, to: found, yearless: true, limit: false, since: false } : null;
}

/** A day or a period. */
const moved = (day: string, years: number): string => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;

/** The day something happened: in the first weeks of a year, 12月 is last year's. */
export function happened(when: When, today: Day): Day {
  const early = month(today) <= 2 && Number(when.to.slice(5, 7)) >= 11;
  return when.yearless && early && when.to > today ? moved(when.to, -1) : when.to;
}

/** The period that a span is one of, of last year's where that is when it happened. */
export const periodOf = (when: When, today: Day): string | undefined =>
  when.period === undefined || happened(when, today) === when.to ? when.period : moved(when.period, -1);

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
