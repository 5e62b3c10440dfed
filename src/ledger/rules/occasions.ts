import type { Calendar } from '../calendar.ts';
import { addDays, type Day, mondayOf } from '../days.ts';
import { periodOf, spanOf } from './period.ts';

/** The days that a year's duties fall on: pure, from the plan's span and its calendar alone. */
export interface Year {
  plan: { starts: Day; ends: Day; since: Day };
  calendar: Calendar;
}

/** A day itself or, when it is off, the working day before it. */
const orBefore = (calendar: Calendar, day: Day): Day =>
  calendar.isWorkday(day) ? day : calendar.workdayFrom(day, -1);

const orAfter = (calendar: Calendar, day: Day): Day => calendar.workdayFrom(day, 0);

/** The week's Friday; when that is off the week's last working day before it, else its first one after. */
export function isWeekly({ plan, calendar }: Year, day: Day): boolean {
  const monday = mondayOf(day);
  const week = Array.from({ length: 7 }, (_, index) => addDays(monday, index)).filter(
    (each) => each >= plan.starts && each <= plan.ends && calendar.isWorkday(each),
  );
  const friday = addDays(monday, 4);
  return day === (week.findLast((each) => each <= friday) ?? week[0]);
}

/** Working days before the monthly meeting from which it is announced. */
export const ANNOUNCED = -5;

/** Three working days before the month's end. */
export function isInspection({ plan, calendar }: Year, day: Day): boolean {
  const end = spanOf(day.slice(0, 7)).ends;
  return day >= plan.starts && end <= plan.ends && day === calendar.workdayFrom(end, -3);
}

/** The working days after its end until which what belongs to the year that is over may still be said. */
const SUPPLEMENT = 5;

/** The last day on which something may be recorded in the plan's ledger. */
export const recordsUntil = ({ plan, calendar }: Year): Day => calendar.workdayFrom(plan.ends, SUPPLEMENT);

/**
 * The day of a quarter's draft: its first working day after the quarter; the plan's last quarter waits for what is said
 * late. Null for a quarter that the plan or its ledger doesn't reach.
 */
export function draftDay(year: Year, period: string): Day | null {
  const { starts, ends } = spanOf(period);
  const { plan, calendar } = year;
  if (ends < plan.starts || ends < plan.since || starts > plan.ends) return null;
  return ends >= plan.ends ? calendar.workdayFrom(recordsUntil(year), 1) : calendar.workdayFrom(ends, 1);
}

/** The quarter whose draft is due on this day: of a plan that ends within one, that one while it still runs. */
export function draftedOn(year: Year, day: Day): string | null {
  const running = periodOf('quarter', day);
  const last = periodOf('quarter', addDays(spanOf(running).starts, -1));
  return [last, running].find((period) => draftDay(year, period) === day) ?? null;
}

/** Seven working days before the quarter's end. */
export function isReport(year: Year, day: Day): boolean {
  const { starts, ends } = year.plan;
  const quarter = periodOf('quarter', day);
  return day >= starts && spanOf(quarter).ends <= ends && day === reportDay(year, quarter);
}

/** The day on which the secretary's report of a quarter is drawn up. */
export const reportDay = ({ calendar }: Year, quarter: string): Day =>
  calendar.workdayFrom(spanOf(quarter).ends, -7);

export type Assessment = 'engage' | 'first' | 'second';

/**
 * A day of the month in which a plan closes, December for most, or of one so many months before. A plan that ends
 * within a month's first weeks closes in the month before.
 */
export function closingDay({ ends }: Pick<Year['plan'], 'ends'>, day: number, monthsBefore = 0): Day {
  const back = monthsBefore + (Number(ends.slice(8)) < 20 ? 1 : 0);
  const months = Number(ends.slice(0, 4)) * 12 + Number(ends.slice(5, 7)) - 1 - back;
  const two = (part: number) => String(part).padStart(2, '0');
  return `${Math.floor(months / 12)}-${two((months % 12) + 1)}-${two(day)}`;
}

/** From this day on the third party is to be engaged: 1 October. */
export const engagedFrom = (plan: Pick<Year['plan'], 'ends'>): Day => closingDay(plan, 1, 2);

/** The year is assessed on 25 November and 15 December. */
export function assessmentOn({ plan, calendar }: Year, day: Day): Assessment | null {
  if (day === orAfter(calendar, engagedFrom(plan))) return 'engage';
  if (day === orBefore(calendar, closingDay(plan, 25, 1))) return 'first';
  return day === orBefore(calendar, closingDay(plan, 15)) ? 'second' : null;
}

export type YearEnd = 'batch' | 'freeze' | 'supplement' | 'account';

/** From the closing month's 8th closings go as a batch; the year freezes, is supplemented, and ends with its account. */
export function yearEndOn(year: Year, day: Day): YearEnd | null {
  const { plan, calendar } = year;
  if (day === orAfter(calendar, closingDay(plan, 8))) return 'batch';
  if (day === orBefore(calendar, plan.ends)) return 'freeze';
  if (day === calendar.workdayFrom(plan.ends, 1)) return 'supplement';
  return day === calendar.workdayFrom(recordsUntil(year), 3) ? 'account' : null;
}

/** From this day on all that was closed before it is looked back at once more: in the month in which the plan closes. */
export const lookbackOfYear = ({ plan, calendar }: Year): Day => orAfter(calendar, closingDay(plan, 1));
