import type { Db } from '../db.ts';
import { indicators, tasks } from '../schema.ts';
import { type IndicatorFile, type PaperFile, type PlanFile, ratioOf } from './file.ts';

/** Ids of what the same file brought in before, by code or by name. */
export type Ids = Map<string, number>;

/** The id behind a code or a name of the same file; a name that stands nowhere is a fault of the file. */
export function idOf(ids: Ids, name: string): number {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`the plan names «${name}», which it doesn't define`);
  return id;
}

export async function writeTasks(
  tx: Db,
  planId: number,
  file: PlanFile,
  sectionIds: Ids,
  personIds: Ids,
): Promise<void> {
  const rows = await tx
    .insert(tasks)
    .values(
      file.tasks.map((task) => ({
        planId,
        serial: task.serial,
        code: task.code,
        title: task.title,
        category: task.category,
        measure: task.measure,
        leaderId: task.leader === null ? null : idOf(personIds, task.leader),
        sectionId: task.section === null ? null : idOf(sectionIds, task.section),
        coSectionIds: task.co_sections.map((code) => idOf(sectionIds, code)),
        deadline: task.deadline,
        clock: task.clock,
        level: task.secrecy,
        standard: task.standard,
        sourceText: task.source.text,
        sourcePlace: task.source.place,
      })),
    )
    .returning({ id: tasks.id, code: tasks.code });
  const ids = new Map(rows.map((row) => [row.code, row.id]));
  const measured = file.tasks.flatMap((task) => [
    ...task.indicators.map((each) => indicatorRow(idOf(ids, task.code), each)),
    ...task.deliverables.map((each) => paperRow(idOf(ids, task.code), each)),
  ]);
  if (measured.length > 0) await tx.insert(indicators).values(measured);
}

/** The standing duties G1–G9: tasks of the office's section, outside the 42 and in no count. */
export async function writeDuties(tx: Db, planId: number, file: PlanFile, sectionIds: Ids): Promise<void> {
  if (file.governance.length === 0) return;
  const office = file.people.find((person) => person.roles.includes('office'));
  const rows = await tx
    .insert(tasks)
    .values(
      file.governance.map((duty) => ({
        planId,
        code: duty.code,
        title: duty.title,
        sectionId: office ? idOf(sectionIds, office.section) : null,
        coSectionIds: [],
        deadline: file.plan.ends,
        clock: duty.items[0]?.clock ?? ('once' as const),
        level: 'system' as const,
        standard: '',
        duty: true,
        mergedWith: duty.merged_with ?? null,
      })),
    )
    .returning({ id: tasks.id, code: tasks.code });
  const ids = new Map(rows.map((row) => [row.code, row.id]));
  await tx
    .insert(indicators)
    .values(
      file.governance.flatMap((duty) => duty.items.map((each) => indicatorRow(idOf(ids, duty.code), each))),
    );
}

function indicatorRow(taskId: number, each: IndicatorFile): typeof indicators.$inferInsert {
  const [target, targetHigh] = Array.isArray(each.target) ? each.target : [each.target, null];
  return {
    taskId,
    code: each.code,
    label: each.label,
    aliases: each.aliases,
    unit: each.unit,
    unitAliases: each.unit_aliases,
    comparator: each.comparator,
    target,
    targetHigh,
    clock: each.clock,
    subject: each.subject,
    class: each.class,
    kind: each.kind,
    level: each.secrecy ?? null,
    preset: each.preset,
    explicit: each.explicit,
    ratio: ratioOf(each),
  };
}

/** A paper to hand in stands among the indicators: one, once. */
export const paper = {
  ...{ aliases: [], unit: '份', unitAliases: ['项', '个'], comparator: '=', target: 1 },
  ...{ clock: 'once', class: 'chase', kind: 'deliverable' },
} satisfies Partial<typeof indicators.$inferInsert>;

const paperRow = (
  taskId: number,
  { code, label, subject, secrecy }: PaperFile,
): typeof indicators.$inferInsert => ({
  ...paper,
  ...{ taskId, code, label, subject, level: secrecy ?? null },
});
