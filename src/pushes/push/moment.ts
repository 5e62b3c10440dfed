import { addDays, type Day, dayOf, instantOf } from '../../ledger/days.ts';
import type { Plan } from '../../ledger/plan.ts';
import type { Slot } from '../../ledger/slots.ts';
import type { Moment } from '../push.ts';

/** Slots that nobody looked at are accounted for so far back. */
const BACK = 31;

/** Pushes leave between these times of the plan (08:30–17:30), on working days. */
export function isOpen({ plan, calendar, today, now }: Moment): boolean {
  const [opens, closes] = plan.settings.quiet;
  const at = (time: string) => instantOf(today, time, plan.timeZone);
  return calendar.isWorkday(today) && now >= at(opens) && now < at(closes);
}

/** What comes besides the morning's reminders and digests leaves half an hour after them: nobody has two at once. */
export const AFTERWARDS = '09:12';

/** Which days a push is due on, from which time, and until which day's end of pushes it may still go. */
export interface Days {
  /** `08:42`; without one the time of the morning digest. */
  at?: string;
  falls(moment: Moment, day: Day): boolean;
  /** The last day on which it may go; without one the day itself. */
  until?(moment: Moment, day: Day): Day;
}

/** The slots of such days since the last one that was looked at. */
export const slotsOn =
  ({ at, falls, until = (_, day) => day }: Days) =>
  (moment: Moment, last: Date | null): Slot[] => {
    const { plan, today, now } = moment;
    const { digest_at: morning, quiet } = plan.settings;
    const time = at ?? morning;
    const slots: Slot[] = [];
    const first = last === null ? today : dayOf(last, plan.timeZone);
    for (let day = latest(first, addDays(today, -BACK), plan.starts); day <= today; day = addDays(day, 1)) {
      if (!falls(moment, day)) continue;
      const dueAt = instantOf(day, time, plan.timeZone);
      if (dueAt > now || (last !== null && dueAt <= last)) continue;
      slots.push({ dueAt, expiresAt: instantOf(until(moment, day), quiet[1], plan.timeZone) });
    }
    return slots;
  };

/** The same at several times of each of the days, in their order. */
export const slotsAt =
  (times: (plan: Plan) => string[], days: Omit<Days, 'at'>) =>
  (moment: Moment, last: Date | null): Slot[] =>
    [...new Set(times(moment.plan))]
      .flatMap((at) => slotsOn({ ...days, at })(moment, last))
      .toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime());

/** What fell on the last day on which something did: a look that comes late is still that of the day that was due. */
export function lastFallen<T>(today: Day, on: (day: Day) => T | null): T {
  for (let day = today; ; day = addDays(day, -1)) {
    const found = on(day);
    if (found !== null) return found;
  }
}

/** On each working day of the plan's year. */
export const everyWorkday = ({ plan, calendar }: Moment, day: Day): boolean =>
  day <= plan.ends && calendar.isWorkday(day);

/** A slot each working morning of the plan's year: from its own minute (08:42) until pushes stop for the day. */
export const mornings = slotsOn({ falls: everyWorkday });

const latest = (...days: string[]): string => days.reduce((one, other) => (one > other ? one : other));
