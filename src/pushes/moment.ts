import { addDays, dayOf, instantOf } from '../ledger/days.ts';
import type { Slot } from '../ledger/slots.ts';
import type { Look } from './push.ts';

/** Mornings that nobody looked at are accounted for so far back. */
const BACK = 31;

/** Pushes leave between these times of the plan (08:30–17:30), on working days. */
export function isOpen({ plan, calendar, today, now }: Look): boolean {
  const [opens, closes] = plan.settings.quiet.map((time) => instantOf(today, time, plan.timeZone));
  return (
    calendar.isWorkday(today) && opens !== undefined && closes !== undefined && now >= opens && now < closes
  );
}

/** A slot each working morning of the plan's year: from its own minute (08:42) until pushes stop for the day. */
export function mornings({ plan, calendar, today, now }: Look, last: Date | null): Slot[] {
  const { digest_at: at, quiet } = plan.settings;
  const after = last === null ? today : addDays(dayOf(last, plan.timeZone), 1);
  const slots: Slot[] = [];
  for (let day = latest(after, addDays(today, -BACK), plan.starts); day <= today; day = addDays(day, 1)) {
    if (!calendar.isWorkday(day) || day > plan.ends) continue;
    const dueAt = instantOf(day, at, plan.timeZone);
    if (dueAt <= now) slots.push({ dueAt, expiresAt: instantOf(day, quiet[1], plan.timeZone) });
  }
  return slots;
}

const latest = (...days: string[]): string => days.reduce((one, other) => (one > other ? one : other));
