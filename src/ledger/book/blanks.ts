import { type Book, NO_TRIAL } from '../book.ts';
import { calendarOf } from '../calendar.ts';
import { addDays, type Day, dayOf } from '../days.ts';
import { firstDay } from '../plan/load.ts';

/** Working days for which a new plan is on trial (试运行): its pushes go to the office alone. */
const TRIAL = 10;

/**
 * What the plan's blanks stand for: what stood there before, or for a new plan the day that it is brought in and the
 * trial's last day.
 */
export function filled(book: Book, before: Book | null, now: Date): Book {
  const [head] = book.plan;
  if (!head) return book;
  const [was] = before?.plan ?? [];
  const since = head.since ?? was?.since ?? firstDay(head, now);
  const trialUntil =
    head.trialUntil ?? was?.trialUntil ?? lastOfTrial(book, later(since, dayOf(now, head.timeZone)));
  return { ...book, plan: [{ ...head, since, trialUntil }] };
}

const lastOfTrial = ({ calendar }: Book, first: Day): Day =>
  calendarOf(calendar.filter(({ retired }) => !retired)).workdayFrom(addDays(first, -1), TRIAL);

const later = (one: Day, other: Day): Day => (one > other ? one : other);

/** The last day of the plan's trial, if it has one. */
export function trialIn({ plan: [head] }: Book): Day | null {
  return head === undefined || head.trialUntil === NO_TRIAL ? null : head.trialUntil;
}
