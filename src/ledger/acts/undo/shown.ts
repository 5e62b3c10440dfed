import { inArray } from 'drizzle-orm';
import type { Db } from '../../db.ts';
import type { EntryRow } from '../../entries.ts';
import type { Plan } from '../../plan.ts';
import { inPrivate } from '../../refusal.ts';
import type { Shows } from '../../rules/audience.ts';
import { tasks } from '../../schema.ts';

/** Of what may not be shown where 撤回 is said nothing is taken back there, and no refusal names it. */
export async function refuseIfHidden(tx: Db, { setup }: Plan, rows: EntryRow[], shows: Shows): Promise<void> {
  const ids = rows.flatMap(({ taskId }) => taskId ?? []);
  if (ids.length === 0) return;
  for (const task of await tx.select().from(tasks).where(inArray(tasks.id, ids))) {
    const own = rows.filter(({ taskId }) => taskId === task.id).map(({ detail }) => detail.indicator);
    const touched = setup.indicators.get(task.id)?.filter(({ code }) => own.includes(code)) ?? [];
    const levels = [task.level, ...touched.flatMap(({ level }) => level ?? [])];
    if (!levels.every((level) => shows(level, task))) throw inPrivate();
  }
}
