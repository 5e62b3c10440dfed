import { instantOf } from '../ledger/days.ts';
import type { Look } from './push.ts';

/** The morning's slot: from the plan's own minute (08:42) until pushes stop for the day; null on a day off or before. */
export function morning({ plan, calendar, today, now }: Look): { dueAt: Date; expiresAt: Date } | null {
  if (!calendar.isWorkday(today)) return null;
  const dueAt = instantOf(today, plan.settings.digest_at, plan.timeZone);
  if (now < dueAt) return null;
  return { dueAt, expiresAt: instantOf(today, plan.settings.quiet[1], plan.timeZone) };
}
