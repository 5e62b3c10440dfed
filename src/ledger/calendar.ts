import { notices, statutory } from './calendar/notices.ts';
import { addDays, type Day, mondayOf, monthAfter, weekday } from './days.ts';

/** A row of the plan's own table; it wins over the official one in the product. */
export interface CalendarRow {
  day: Day;
  kind: 'off' | 'work';
}

/** Working days in China, reckoned on days as text: no clock and no time zone has a say. */
export interface Calendar {
  isWorkday(day: Day): boolean;
  /** The `count`-th working day after `day`, before it when negative; with 0 the day itself or else the next one. */
  workdayFrom(day: Day, count: number): Day;
  /** Working days after `from` up to and including `to`; negative when `to` is earlier. */
  workdaysBetween(from: Day, to: Day): number;
  /** Of the week from Monday to Sunday that holds `day`; null for a week that is all holiday. */
  firstWorkdayOfWeek(day: Day): Day | null;
  /** Of a month, `2026-04`; when it is off, the working day before it. */
  lastFriday(month: string): Day;
  /** Whether the year's notice isn't known yet: only weekends and the public holidays themselves are off in it. */
  provisional(year: number): boolean;
}

export function calendarOf(rows: readonly CalendarRow[]): Calendar {
  const own = new Map(rows.map(({ day, kind }) => [day, kind]));
  const asked = new Map<Day, boolean>();
  function isWorkday(day: Day): boolean {
    let known = asked.get(day);
    if (known === undefined) {
      const kind = own.get(day) ?? official(day);
      known = kind ? kind === 'work' : weekday(day) <= 5;
      asked.set(day, known);
    }
    return known;
  }

  /** Every light of a day asks for the same few. */
  const reckoned = new Map<string, Day>();
  function workdayFrom(day: Day, count: number): Day {
    const key = `${day} ${count}`;
    const known = reckoned.get(key) ?? reckon(day, count);
    reckoned.set(key, known);
    return known;
  }

  function reckon(day: Day, count: number): Day {
    const step = count < 0 ? -1 : 1;
    let at = count === 0 ? day : addDays(day, step);
    for (let left = Math.abs(count); ; at = addDays(at, step)) {
      if (isWorkday(at) && --left <= 0) return at;
    }
  }

  function workdaysBetween(from: Day, to: Day): number {
    if (to < from) return 0 - workdaysBetween(to, from);
    let count = 0;
    for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkday(day)) count++;
    return count;
  }

  function firstWorkdayOfWeek(day: Day): Day | null {
    const monday = mondayOf(day);
    const first = workdayFrom(monday, 0);
    return first <= addDays(monday, 6) ? first : null;
  }

  function lastFriday(month: string): Day {
    const last = addDays(`${monthAfter(month)}-01`, -1);
    const friday = addDays(last, -((weekday(last) + 2) % 7));
    return isWorkday(friday) ? friday : workdayFrom(friday, -1);
  }

  /** A single day of the bureau's own makes no notice; every notice says that National Day is off. */
  const provisional = (year: number) => !(year in notices) && own.get(`${year}-10-01`) !== 'off';

  return { isWorkday, workdayFrom, workdaysBetween, firstWorkdayOfWeek, lastFriday, provisional };
}

/** What the product knows of each year, reckoned once. */
const years = new Map<string, Map<Day, CalendarRow['kind']>>();

function official(day: Day): CalendarRow['kind'] | undefined {
  const year = day.slice(0, 4);
  const known = years.get(year) ?? officialDays(year);
  years.set(year, known);
  return known.get(day);
}

function officialDays(year: string): Map<Day, CalendarRow['kind']> {
  const notice = notices[year] ?? { off: statutory(year), work: [] };
  const days = new Map<Day, CalendarRow['kind']>();
  for (const each of notice.off) {
    const [first, last] = typeof each === 'string' ? [each, each] : each;
    for (let day = `${year}-${first}`; day <= `${year}-${last}`; day = addDays(day, 1)) days.set(day, 'off');
  }
  for (const each of notice.work) days.set(`${year}-${each}`, 'work');
  return days;
}
