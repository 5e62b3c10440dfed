import { and, arrayOverlaps, eq, inArray, sql } from 'drizzle-orm';
import {
  type BookDay,
  type BookOutline,
  type BookPlan,
  NO_TRIAL,
  type Row,
  type SheetName,
} from '../book.ts';
import type { Db } from '../db.ts';
import { HELD_BACK } from '../outbox/fate.ts';
import { withdraw } from '../outbox.ts';
import type { PlanRow } from '../plan.ts';
import { mayShow } from '../rules/audience.ts';
import { calendarDays, categories, groups, letters, measures, plans } from '../schema.ts';
import type { Level, PlanSettings } from '../terms.ts';
import type { Address } from './amendPeople.ts';
import { writeGroups, writePeople, writeSections } from './amendPeople.ts';
import { writeIndicators, writePapers, writeTasks } from './amendTasks.ts';
import type { Change } from './differ.ts';

/**
 * Writes differences into the plan: each row after those that it refers to. The caller holds the plan's row and writes
 * the entries.
 */
export async function amend(
  tx: Db,
  plan: PlanRow,
  changes: readonly Change[],
  { sealed, now }: { sealed: Address; now: Date },
): Promise<void> {
  const of = (sheet: SheetName) => changes.filter((change) => change.sheet === sheet);
  await writeSections(tx, plan.id, of('sections'));
  await writePeople(tx, plan.id, of('people'), now);
  await writeGroups(tx, plan.id, of('groups'), sealed, now);
  await writeOutline(tx, plan.id, of('outline'));
  await writeTasks(tx, plan.id, of('tasks'));
  await writeTasks(tx, plan.id, of('duties'));
  await writeIndicators(tx, plan.id, of('indicators'));
  await writePapers(tx, plan.id, of('papers'));
  await holdBack(tx, plan.id, changes, now);
  await writeCalendar(tx, plan.id, of('calendar'));
  const [head] = of('plan');
  await tx
    .update(plans)
    .set({ ...(head ? headOf(plan, head.row) : {}), version: sql`${plans.version} + 1` })
    .where(eq(plans.id, plan.id));
}

/** What waits to be sent to a group that may no longer read of one of its tasks isn't sent. */
async function holdBack(tx: Db, planId: number, changes: readonly Change[], now: Date): Promise<void> {
  const rooms = await tx.select().from(groups).where(eq(groups.planId, planId));
  for (const { key, row, fields } of changes) {
    const changed = fields.find(({ field }) => field === 'level');
    const [before, level] = [changed?.before, row.level] as (Level | null | undefined)[];
    if (!changed || !level) continue;
    const closed = rooms.filter(
      ({ audience }) => !mayShow(level, audience) && (!before || mayShow(before, audience)),
    );
    if (closed.length === 0) continue;
    const [task = key] = key.split('/');
    const ids = closed.map(({ id }) => id);
    const these = and(inArray(letters.groupId, ids), arrayOverlaps(letters.tasks, [task]));
    if (these) await withdraw(tx, these, HELD_BACK.restricted, now);
  }
}

async function writeOutline(tx: Db, planId: number, changes: Change[]): Promise<void> {
  for (const { key: code, row } of changes) {
    const { title } = row as BookOutline;
    const [category = ''] = code.split('.');
    const target = code.includes('.')
      ? tx.insert(measures).values({ planId, code, title, category })
      : tx.insert(categories).values({ planId, code, title });
    const table = code.includes('.') ? measures : categories;
    await target.onConflictDoUpdate({ target: [table.planId, table.code], set: { title } });
  }
}

/** A day that is retired is an ordinary one again. */
async function writeCalendar(tx: Db, planId: number, changes: Change[]): Promise<void> {
  const gone = changes.filter(({ row }) => row.retired === true).map(({ key }) => key);
  if (gone.length > 0) {
    await tx
      .delete(calendarDays)
      .where(and(eq(calendarDays.planId, planId), inArray(calendarDays.day, gone)));
  }
  for (const { row } of changes.filter(({ row: { retired } }) => retired !== true)) {
    const { day, kind, source } = row as BookDay;
    await tx
      .insert(calendarDays)
      .values({ planId, day, kind, source })
      .onConflictDoUpdate({ target: [calendarDays.planId, calendarDays.day], set: { kind, source } });
  }
}

/** The plan's row, with those settings kept that a workbook doesn't show. */
export function headOf(
  plan: Pick<PlanRow, 'settings' | 'since'>,
  row: Row,
): Partial<typeof plans.$inferInsert> {
  const text = (field: string) => String(row[field] ?? '');
  const day = (field: string) => row[field] as string | null;
  const settings: PlanSettings = {
    ...plan.settings,
    meeting:
      row.meetingRule === null
        ? null
        : {
            rule: 'last-friday',
            time: text('meetingTime'),
            place: text('meetingPlace'),
            minutes: Number(row.meetingMinutes ?? 90),
          },
    authorisation:
      row.authorisedOn === null
        ? null
        : {
            scope: row.authorisedScope as string[],
            by: text('authorisedBy'),
            basis: text('authorisedBasis'),
            date: text('authorisedOn'),
          },
    bulletin: { release: row.release === 'auto' ? 'auto' : 'signed' },
    trial_until: row.trialUntil === NO_TRIAL ? null : day('trialUntil'),
    confirm_staff: row.confirmStaff === true,
    closeout: row.closeout as string[],
    digest_at: text('digestAt'),
    quiet: [text('quietFrom'), text('quietTo')],
    ...lightsOf(row),
  };
  return {
    title: text('title'),
    org: text('org'),
    year: Number(row.year),
    starts: text('starts'),
    ends: text('ends'),
    since: day('since') ?? plan.since,
    timeZone: text('timeZone'),
    note: text('note'),
    contact: { name: text('contactName'), phone: text('contactPhone') },
    settings,
  };
}

function lightsOf(row: Row): Pick<PlanSettings, 'lights' | 'ladder'> {
  const { closeDays: close, timeLeft, completion, red, yellow, blue, ...plan } = row as BookPlan;
  return {
    lights: {
      ...{ close, time_left: timeLeft / 100, completion: completion / 100 },
      words: { red, yellow, blue },
    },
    ladder: {
      ...{ soon: plan.soonDays, very_soon: plan.verySoonDays, again: plan.againDays },
      ...{ propose: plan.proposeDays, behind: plan.behindDays, listed: plan.listedDays },
    },
  };
}
