import { and, desc, eq, gte, isNull, lt } from 'drizzle-orm';
import type { Calendar } from './calendar.ts';
import { addDays, type Day, dayOf, instantOf, wall } from './days.ts';
import type { Db } from './db.ts';
import { type Origin, write } from './entries.ts';
import type { Plan } from './people.ts';
import { lockPlan, planChain } from './plan.ts';
import { waits } from './requests.ts';
import { closeouts, extensions, listings, meetings, tasks } from './schema.ts';

/** A monthly meeting: on which day, and from when and where. */
export interface Meeting {
  day: Day;
  /** `15:00`, in the plan's time zone. */
  time: string;
  place: string;
  minutes: number;
}

/** The month's meeting: the one that the office has set, else by the plan's rule; null where neither says. */
export async function meetingOf(
  db: Db,
  plan: Plan,
  calendar: Calendar,
  month: string,
): Promise<Meeting | null> {
  const rule = plan.settings.meeting;
  const first = instantOf(`${month}-01`, '00:00', plan.timeZone);
  const after = instantOf(`${addDays(`${month}-28`, 4).slice(0, 7)}-01`, '00:00', plan.timeZone);
  const [set] = await db
    .select()
    .from(meetings)
    .where(and(eq(meetings.planId, plan.id), gte(meetings.startsAt, first), lt(meetings.startsAt, after)))
    .orderBy(desc(meetings.id))
    .limit(1);
  if (set) {
    const { minute } = wall(set.startsAt, plan.timeZone);
    const time = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
    return { day: dayOf(set.startsAt, plan.timeZone), time, place: set.place, minutes: rule?.minutes ?? 90 };
  }
  if (!rule) return null;
  return { day: calendar.lastFriday(month), time: rule.time, place: rule.place, minutes: rule.minutes };
}

const two = (part: number): string => String(part).padStart(2, '0');

/** 调度会: sets the month's meeting; a later word on the same month takes the place of an earlier one. */
export async function setMeeting(
  tx: Db,
  plan: Plan,
  { day, time, place }: Omit<Meeting, 'minutes'>,
  origin: Origin,
  now: Date,
  said: string,
): Promise<void> {
  const locked = await lockPlan(tx, plan.id);
  await write(tx, planChain(locked), 'meeting', { day, time }, origin, now, said);
  await tx.insert(meetings).values({ planId: plan.id, startsAt: instantOf(day, time, plan.timeZone), place });
}

/** Codes of the tasks on which something waits for a decision. */
export interface Matters {
  closeouts: string[];
  listings: string[];
  extensions: string[];
}

export async function mattersOf(db: Db, plan: Plan): Promise<Matters> {
  const code = { code: tasks.code };
  const of = eq(tasks.planId, plan.id);
  const asked = await db
    .select(code)
    .from(closeouts)
    .innerJoin(tasks, eq(tasks.id, closeouts.taskId))
    .where(and(of, isNull(closeouts.outcome)))
    .orderBy(tasks.id);
  const proposed = await db
    .select(code)
    .from(listings)
    .innerJoin(tasks, eq(tasks.id, listings.taskId))
    .where(and(of, waits()))
    .orderBy(tasks.id);
  const longer = await db
    .select(code)
    .from(extensions)
    .innerJoin(tasks, eq(tasks.id, extensions.taskId))
    .where(and(of, isNull(extensions.granted)))
    .orderBy(tasks.id);
  const codes = (rows: { code: string }[]) => rows.map((row) => row.code);
  return { closeouts: codes(asked), listings: codes(proposed), extensions: codes(longer) };
}
