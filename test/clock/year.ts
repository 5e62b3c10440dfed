/**
 * The working days and the slots of 2026 as a clerk would write them down: by the State Council's notice and the plan's
 * table, day by day, without the product's calendar or its slots.
 */

const off = [
  ['01-01', '01-03'],
  ['02-15', '02-23'],
  ['04-04', '04-06'],
  ['05-01', '05-05'],
  ['06-19', '06-21'],
  ['09-25', '09-27'],
  ['10-01', '10-07'],
] as const;
const worked = ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'];

const DAY = 86_400_000;
const nextOf = (day: string): string => new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);

export function isWorkday(day: string): boolean {
  const date = day.slice(5);
  if (worked.includes(date)) return true;
  const weekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
  return !weekend && !off.some(([from, to]) => from <= date && date <= to);
}

/** Shanghai has no summer time: eight hours ahead of UTC all year. */
export const at = (day: string, time: string): number => Date.parse(`${day}T${time}:00+08:00`);

/** A moment of the year at which a push has to look, until which moment it may. */
export interface Due {
  push: string;
  day: string;
  from: number;
  until: number;
}

const daily: [push: string, time: string][] = [
  ['personal', '08:42'],
  ['digest', '08:42'],
  ['meeting', '08:42'],
  ['meeting', '15:12'],
  ['lookback', '09:12'],
  ['follow-up', '09:12'],
  ['bulletin', '09:12'],
  ['order', '16:42'],
];

/** What is due on these days: the pushes of every working day, and the review at the end of a week's. */
export function dueOn(days: readonly string[]): Due[] {
  return days.filter(isWorkday).flatMap((day) => {
    const today = daily.map(([push, time]) => ({ push, day, from: at(day, time), until: at(day, '17:30') }));
    return isReview(day)
      ? [...today, { push: 'weekly', day, from: at(day, '16:12'), until: at(workdayAfter(day), '17:30') }]
      : today;
  });
}

function workdayAfter(day: string): string {
  let next = nextOf(day);
  while (!isWorkday(next)) next = nextOf(next);
  return next;
}

/** A Friday, or the last working day before one that is off; a week that works only at its end is reviewed then. */
function isReview(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  if (weekday > 5) {
    const monday = new Date(Date.parse(day) - (weekday - 1) * DAY).toISOString().slice(0, 10);
    let each = monday;
    while (each < day && !(each >= '2026-01-01' && isWorkday(each))) each = nextOf(each);
    return each === day;
  }
  let next = nextOf(day);
  for (let ahead = weekday + 1; ahead <= 5; ahead += 1, next = nextOf(next)) {
    if (isWorkday(next) && next <= '2026-12-31') return false;
  }
  return true;
}

export const daysFrom = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(first) + index * DAY).toISOString().slice(0, 10),
  );
