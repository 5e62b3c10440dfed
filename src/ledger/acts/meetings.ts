import { and, desc, eq, gte, inArray, isNotNull, lt, ne } from 'drizzle-orm';
import { type Day, dayOf, instantOf, monthAfter, startOf, timeOf } from '../days.ts';
import type { Db } from '../db.ts';
import type { Origin } from '../entries.ts';
import { notePlan } from '../plan/chain.ts';
import type { Plan } from '../plan.ts';
import { Refusal } from '../refusal.ts';
import { periodOf } from '../rules/period.ts';
import { followUps, indicators, meetings, tasks } from '../schema.ts';
import { countsFor } from './duties.ts';
import { record } from './report.ts';

/** A monthly meeting: on which day, and from when and where. */
export interface Meeting {
  day: Day;
  /** `15:00`, in the plan's time zone. */
  time: string;
  place: string;
  minutes: number;
  /** By which word of the office it is set; null by the plan's rule. */
  set: number | null;
  held: boolean;
}

/** Marks whatever calls people to a meeting as it stands: once it is moved, what hasn't left calls them wrongly. */
export const callTo = ({ day, time, set }: Pick<Meeting, 'day' | 'time' | 'set'>): string =>
  `meeting:${day}:${time}${set === null ? '' : `:${set}`}`;

/** The place of a row by which a month has no meeting: it was moved into another month. */
const ASIDE = '';

/** The month's meeting: the one that the office has set, else by the plan's rule; null where neither says, or it is in another month. */
export async function meetingOf(db: Db, plan: Plan, month: string): Promise<Meeting | null> {
  const rule = plan.settings.meeting;
  const set = await lastIn(db, plan, month);
  if (set?.place === ASIDE) return null;
  if (set) {
    const [day, time] = [dayOf(set.startsAt, plan.timeZone), timeOf(set.startsAt, plan.timeZone)];
    const held = set.heldEntryId !== null;
    return { ...{ day, time, place: set.place, minutes: rule?.minutes ?? 90 }, set: set.id, held };
  }
  if (!rule) return null;
  const { calendar } = plan.setup;
  const { time, place, minutes } = rule;
  return { day: calendar.lastFriday(month), time, place, minutes, set: null, held: false };
}

/** The last word of a month's meeting. */
async function lastIn(db: Db, plan: Plan, month: string) {
  const first = startOf(plan, `${month}-01`);
  const after = startOf(plan, `${monthAfter(month)}-01`);
  const [row] = await db
    .select()
    .from(meetings)
    .where(and(eq(meetings.planId, plan.id), gte(meetings.startsAt, first), lt(meetings.startsAt, after)))
    .orderBy(desc(meetings.id))
    .limit(1);
  return row;
}

/** The first meeting from today on, this month's or the next one's. */
export async function nextMeeting(db: Db, plan: Plan, today: Day): Promise<Meeting | null> {
  const month = today.slice(0, 7);
  const current = await meetingOf(db, plan, month);
  if (current && current.day >= today) return current;
  return meetingOf(db, plan, monthAfter(month));
}

/** What the plan has recorded for the day is no meeting: one that was moved into another month. */
export const isMeeting = ne(meetings.place, ASIDE);

/**
 * The meeting that is to come is no more in its month: it takes place on a day of another. One that had come from there
 * leaves its month to the meeting that it took the place of.
 */
export async function setAside(
  tx: Db,
  plan: Plan,
  { day, time, set }: Meeting,
  to: Day,
  origin: Origin,
): Promise<void> {
  await notePlan(tx, plan.id, 'meeting', { day, time, aside: true }, origin);
  const last = await lastIn(tx, plan, to.slice(0, 7));
  if (last?.place === ASIDE && set !== null) await tx.delete(meetings).where(eq(meetings.id, set));
  else
    await tx
      .insert(meetings)
      .values({ planId: plan.id, startsAt: instantOf(day, time, plan.timeZone), place: ASIDE });
}

/** What took place on a day for which nothing had been set. */
export const unplanned = ({ settings: { meeting: rule } }: Plan, day: Day): Meeting => ({
  ...{ day, time: rule?.time ?? '09:00', place: rule?.place ?? '地点未登记', minutes: rule?.minutes ?? 90 },
  ...{ set: null, held: false },
});

/**
 * 调度会: sets the month's meeting; a later word on the same month takes the place of an earlier one. Gives back by which
 * word it stands: by the earlier one where both say the same.
 */
export async function setMeeting(
  tx: Db,
  plan: Plan,
  { day, time, place }: Pick<Meeting, 'day' | 'time' | 'place'>,
  origin: Origin,
): Promise<number | null> {
  await notePlan(tx, plan.id, 'meeting', { day, time }, origin);
  const stands = await meetingOf(tx, plan, day.slice(0, 7));
  if (stands?.day === day && stands.time === time && stands.place === place) return stands.set;
  const [row] = await tx
    .insert(meetings)
    .values({ planId: plan.id, startsAt: instantOf(day, time, plan.timeZone), place })
    .returning({ id: meetings.id });
  return row?.id ?? null;
}

const uncounted = '本方案没有按月计的推进会或调度会指标,不必登记召开;议定事项照常登记。';

/** A meeting that took place. */
export interface Held {
  day: Day;
  people: number;
  minutes: number;
}

/** The indicators of how long meetings are; minutes may bound other things as well. */
async function lengthsIn(tx: Db, plan: Plan): Promise<string[]> {
  const rows = await tx
    .select({ code: indicators.code, label: indicators.label })
    .from(indicators)
    .innerJoin(tasks, eq(tasks.id, indicators.taskId))
    .where(and(eq(tasks.planId, plan.id), eq(indicators.kind, 'limit'), eq(indicators.unit, '分钟')));
  return rows.filter(({ label }) => label.includes('会')).map(({ code }) => code);
}

/** Whether the month's meeting has been held. */
export async function heldIn(db: Db, plan: Plan, month: string): Promise<boolean> {
  const rows = await db
    .select()
    .from(meetings)
    .where(and(eq(meetings.planId, plan.id), isNotNull(meetings.heldEntryId)));
  return rows.some(({ startsAt }) => dayOf(startsAt, plan.timeZone).startsWith(month));
}

/**
 * 已召开: the meeting counts once on each of its indicators, the plan's and the standing duty's, and its length among
 * the meetings'. Gives back the codes of the tasks that it counts for.
 */
export async function hold(
  tx: Db,
  plan: Plan,
  meeting: Meeting,
  { day, people, minutes }: Held,
  origin: Origin,
): Promise<string[]> {
  const counted = await countsFor(tx, plan, 'meeting', await lengthsIn(tx, plan));
  if (counted.length === 0) throw new Refusal(uncounted);
  let heldEntryId: number | null = null;
  for (const { task, indicator } of counted) {
    const isLength = indicator.kind === 'limit';
    const statement = {
      ...{ indicator, op: 'add' as const, value: isLength ? minutes : 1, part: null, facet: null },
      ...{ period: periodOf(indicator.clock, day), happenedOn: day, of: [null], confirmed: true },
    };
    const detail = { people, minutes };
    const { entry } = await record(tx, task, statement, origin, { act: 'held', detail });
    // By the plan's own indicator where it has one.
    if (heldEntryId === null || (!task.duty && !isLength)) heldEntryId = entry.id;
  }
  const startsAt = instantOf(day, meeting.time, plan.timeZone);
  await tx
    .insert(meetings)
    .values({ planId: plan.id, startsAt, place: meeting.place, heldEntryId, people, minutes });
  return [...new Set(counted.map(({ task }) => task.code))];
}

/** The meeting of this entry counts as not held, and is again on the day for which it was set. */
export async function unhold(tx: Db, entryId: number): Promise<void> {
  const held = eq(meetings.heldEntryId, entryId);
  const ids = tx.select({ id: meetings.id }).from(meetings).where(held);
  await tx.update(followUps).set({ meetingId: null }).where(inArray(followUps.meetingId, ids));
  await tx.delete(meetings).where(held);
}
