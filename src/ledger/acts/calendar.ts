import { addDays, type Day } from '../days.ts';
import type { Db } from '../db.ts';
import type { Origin } from '../entries.ts';
import { notePlan } from '../plan/chain.ts';
import type { Plan } from '../plan.ts';
import { calendarDays } from '../schema.ts';

/** 日历: days off or days worked of the plan's own table, which wins over the product's; a later word replaces an earlier one. */
export async function setDays(
  tx: Db,
  plan: Plan,
  { from, to, kind }: { from: Day; to: Day; kind: 'off' | 'work' },
  origin: Origin,
): Promise<void> {
  await notePlan(tx, plan.id, 'calendar', { from, to, kind }, origin);
  for (let day = from; day <= to; day = addDays(day, 1)) {
    await tx
      .insert(calendarDays)
      .values({ planId: plan.id, day, kind, source: '整改办登记' })
      .onConflictDoUpdate({ target: [calendarDays.planId, calendarDays.day], set: { kind } });
  }
}
