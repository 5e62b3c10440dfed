import { and, eq } from 'drizzle-orm';
import { type BookDuty, type BookIndicator, type BookPaper, type BookTask, taskOf } from '../book.ts';
import type { Db } from '../db.ts';
import { paper } from '../plan/tasks.ts';
import { indicators, tasks } from '../schema.ts';
import { idsIn } from './amendPeople.ts';
import type { Change } from './differ.ts';

export async function writeTasks(tx: Db, planId: number, changes: Change[]): Promise<void> {
  if (changes.length === 0) return;
  const { section, person } = await idsIn(tx, planId);
  const rows = changes.map(({ sheet, added, key, row }) => {
    const { leader, section: unit, coSections, carried: _, ...task } = row as BookTask | BookDuty;
    const [category = null, measure] = sheet === 'tasks' ? key.split('.') : [];
    const values = {
      ...task,
      category,
      measure: measure === undefined ? null : `${category}.${measure}`,
      duty: sheet === 'duties',
      leaderId: leader === null ? null : person(leader),
      sectionId: unit === null ? null : section(unit),
      coSectionIds: coSections.map(section),
    };
    return { added, key, values };
  });
  const added = rows.filter((row) => row.added);
  if (added.length > 0) await tx.insert(tasks).values(added.map(({ values }) => ({ ...values, planId })));
  for (const { key, values } of rows.filter((row) => !row.added)) {
    await tx
      .update(tasks)
      .set(values)
      .where(and(eq(tasks.planId, planId), eq(tasks.code, key)));
  }
}

export const writeIndicators = (tx: Db, planId: number, changes: Change[]): Promise<void> =>
  writeMeasured(tx, planId, changes, ({ row }) => {
    const { numerator, numeratorAliases, denominator, denominatorAliases, denominatorOf, parts, ...each } =
      row as BookIndicator;
    const ratio = {
      ...{ numerator, numeratorAliases, denominator, denominatorAliases },
      ...(denominatorOf === '' ? {} : { of: denominatorOf }),
      ...(parts.length === 0 ? {} : { parts }),
    };
    return { ...each, ratio: each.kind === 'ratio' ? ratio : null };
  });

export const writePapers = (tx: Db, planId: number, changes: Change[]): Promise<void> =>
  writeMeasured(tx, planId, changes, ({ added, row }) => ({
    ...(added ? paper : {}),
    ...(row as BookPaper),
  }));

type Values = Partial<typeof indicators.$inferInsert>;

async function writeMeasured(
  tx: Db,
  planId: number,
  changes: Change[],
  valuesOf: (change: Change) => Values,
): Promise<void> {
  if (changes.length === 0) return;
  const rows = await tx
    .select({ id: tasks.id, code: tasks.code })
    .from(tasks)
    .where(eq(tasks.planId, planId));
  const ids = new Map(rows.map((row) => [row.code, row.id]));
  for (const change of changes) {
    const taskId = ids.get(taskOf(change.key));
    if (taskId === undefined) throw new Error(`no task for ${change.key}`);
    const values = valuesOf(change);
    const own = and(eq(indicators.taskId, taskId), eq(indicators.code, change.key));
    if (change.added)
      await tx.insert(indicators).values({ ...values, taskId } as typeof indicators.$inferInsert);
    else await tx.update(indicators).set(values).where(own);
  }
}
