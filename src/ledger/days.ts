/** A calendar day as `YYYY-MM-DD`; compares as text. */
export type Day = string;

const DAY = 86_400_000;

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The day, and the minutes since its midnight, that a clock on the wall of `zone` shows at `instant`. */
export function wall(instant: Date, zone: string): Wall {
  const minute = Math.floor(instant.getTime() / 60_000);
  let last = latest.get(zone);
  if (last?.of !== minute) {
    last = { of: minute, wall: read(instant, zone) };
    latest.set(zone, last);
  }
  return last.wall;
}

interface Wall {
  readonly day: Day;
  readonly minute: number;
}

/** What each wall showed last: most who ask, ask within the same minute. */
const latest = new Map<string, { of: number; wall: Wall }>();

function read(instant: Date, zone: string): Wall {
  const parts = Object.fromEntries(
    formatter(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  return {
    day: `${parts.year}-${parts.month}-${parts.day}`,
    minute: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

export const dayOf = (instant: Date, zone: string): Day => wall(instant, zone).day;

/** The instant at which the wall of `zone` shows this day and time (`HH:MM`). */
export function instantOf(day: Day, time: string, zone: string): Date {
  const guess = new Date(`${day}T${time}:00Z`);
  const shown = wall(guess, zone);
  const ahead =
    (Date.parse(`${shown.day}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`)) / 60_000 + shown.minute;
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(guess.getTime() - (ahead - (hours * 60 + minutes)) * 60_000);
}

/** The first instant of a day. */
export const startOf = ({ timeZone }: { timeZone: string }, day: Day): Date =>
  instantOf(day, '00:00', timeZone);

/** The first instant after a day. */
export const endOf = ({ timeZone }: { timeZone: string }, day: Day): Date =>
  instantOf(addDays(day, 1), '00:00', timeZone);

/** `16:05`, as the clock on the wall of the zone shows it. */
export function timeOf(instant: Date, zone: string): string {
  const { minute } = wall(instant, zone);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

export function addDays(day: Day, count: number): Day {
  const to = Number(day.slice(8)) + count;
  // Calendars walk day by day, and most steps stay within what every month has.
  if (to >= 1 && to <= 28) return day.slice(0, 8) + (to < 10 ? `0${to}` : to);
  return new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10);
}

/** `2026-05` after `2026-04`. */
export const monthAfter = (month: string): string => addDays(`${month}-28`, 4).slice(0, 7);

/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / DAY;

/** Monday is 1, Sunday 7. */
export const weekday = (day: Day): number => {
  const days = (Date.parse(day) / DAY + THURSDAY) % 7;
  return days < 0 ? days + 8 : days + 1;
};

/** The first day of the week that holds `day`. */
export const mondayOf = (day: Day): Day => addDays(day, 1 - weekday(day));

/** 1 January 1970, counted from Monday. */
const THURSDAY = 3;

/** `4月9日`, as people write it. */
export const spoken = (day: Day): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(zone: string): Intl.DateTimeFormat {
  let made = formatters.get(zone);
  if (!made) {
    made = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formatters.set(zone, made);
  }
  return made;
}
