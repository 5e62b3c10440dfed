import { readFileSync } from 'node:fs';
import { count, eq } from 'drizzle-orm';
import { PLAN } from './dailySeal.ts';
import { type Day, dayOf } from './days.ts';
import type { Db } from './db.ts';
import { type Chain, type EntryRow, type Origin, write } from './entries.ts';
import type { Plan } from './people.ts';
import { type IndicatorFile, type PaperFile, type PlanFile, planFile, ratioOf } from './planFile.ts';
import {
  accounts,
  categories,
  groups,
  indicators,
  measures,
  people,
  plans,
  sections,
  tasks,
} from './schema.ts';

/** The plan that the product ships: the 2025 rectification plan, its people named by post. */
export function samplePlan(): PlanFile {
  const file = new URL('../../src/ledger/sample/plan-2025.json', import.meta.url);
  return planFile.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Loads the sample into a ledger without any plan; says whether it did. */
export async function loadSample(db: Db, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select({ plans: count() }).from(plans);
    if (row && row.plans > 0) return false;
    await loadPlan(tx, samplePlan(), now, { sample: true });
    return true;
  });
}

/** The ledger's first day: the day that the plan is brought in, but never outside the plan's own span. */
export function firstDay(
  { starts, ends, timeZone }: { starts: Day; ends: Day; timeZone: string },
  now: Date,
): Day {
  const today = dayOf(now, timeZone);
  return today < starts ? starts : today > ends ? ends : today;
}

/**
 * Writes a whole new plan. Two processes that load the same plan at once end with one plan: the code is unique.
 */
export async function loadPlan(
  tx: Db,
  file: PlanFile,
  now: Date,
  { sample = false }: { sample?: boolean } = {},
): Promise<number> {
  const { time_zone: timeZone, ...head } = file.plan;
  const since = firstDay({ ...head, timeZone }, now);
  const [plan] = await tx
    .insert(plans)
    .values({ ...head, timeZone, since, sample })
    .onConflictDoNothing()
    .returning({ id: plans.id });
  if (!plan) return 0;
  const planId = plan.id;
  if (file.categories.length > 0) {
    await tx.insert(categories).values(file.categories.map((each) => ({ ...each, planId })));
    await tx.insert(measures).values(file.measures.map((each) => ({ ...each, planId })));
  }
  const sectionIds = await writeSections(tx, planId, file);
  const personIds = await writePeople(tx, planId, file, sectionIds, now);
  await writeGroups(tx, planId, file, sectionIds);
  await writeTasks(tx, planId, file, sectionIds, personIds);
  await writeDuties(tx, planId, file, sectionIds);
  return planId;
}

/** The plan's row, locked: whoever writes to the plan's own chain of entries holds it. */
export async function lockPlan(tx: Db, planId: number): Promise<Plan> {
  const [plan] = await tx.select().from(plans).where(eq(plans.id, planId)).for('update');
  if (!plan) throw new Error(`there is no plan ${planId}`);
  return plan;
}

export const planChain = (plan: Plan): Chain => ({
  planId: plan.id,
  taskId: null,
  name: PLAN,
  headSeq: plan.headSeq,
  headHash: plan.headHash,
});

/** One entry in the plan's own chain, under its lock. */
export async function notePlan(
  tx: Db,
  planId: number,
  act: string,
  detail: Record<string, unknown>,
  origin: Origin,
  now: Date,
  said = '',
): Promise<EntryRow> {
  return write(tx, planChain(await lockPlan(tx, planId)), act, detail, origin, now, said);
}

type Ids = Map<string, number>;

/** The id behind a code or a name of the same file; a name that stands nowhere is a fault of the file. */
function idOf(ids: Ids, name: string): number {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`the plan names «${name}», which it doesn't define`);
  return id;
}

async function writeSections(tx: Db, planId: number, file: PlanFile): Promise<Ids> {
  const rows = await tx
    .insert(sections)
    .values(file.sections.map((each, rank) => ({ ...each, planId, rank })))
    .returning({ id: sections.id, code: sections.code });
  return new Map(rows.map((row) => [row.code, row.id]));
}

async function writePeople(tx: Db, planId: number, file: PlanFile, sectionIds: Ids, now: Date): Promise<Ids> {
  const rows = await tx
    .insert(people)
    .values(
      file.people.map(({ name, post, section, roles }, rank) => ({
        planId,
        name,
        post,
        address: name,
        sectionId: idOf(sectionIds, section),
        roles,
        rank,
      })),
    )
    .returning({ id: people.id, name: people.name });
  const ids = new Map(rows.map((row) => [row.name, row.id]));
  const bound = file.people.flatMap(({ name, accounts: given }) =>
    Object.entries(given).flatMap(([platform, account]) =>
      account === undefined ? [] : [{ platform, account, personId: idOf(ids, name), boundAt: now }],
    ),
  );
  if (bound.length > 0) await tx.insert(accounts).values(bound);
  return ids;
}

async function writeGroups(tx: Db, planId: number, file: PlanFile, sectionIds: Ids): Promise<void> {
  if (file.groups.length === 0) return;
  await tx.insert(groups).values(
    file.groups.map(({ chat_id: chatId, section, ...each }) => ({
      ...each,
      planId,
      chatId,
      sectionId: section === undefined ? null : idOf(sectionIds, section),
    })),
  );
}

async function writeTasks(
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
async function writeDuties(tx: Db, planId: number, file: PlanFile, sectionIds: Ids): Promise<void> {
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
function paperRow(taskId: number, each: PaperFile): typeof indicators.$inferInsert {
  return {
    taskId,
    code: each.code,
    label: each.label,
    aliases: [],
    unit: '份',
    unitAliases: ['项', '个'],
    comparator: '=',
    target: 1,
    targetHigh: null,
    clock: 'once',
    subject: each.subject,
    class: 'chase',
    kind: 'deliverable',
    level: each.secrecy ?? null,
    preset: false,
    explicit: false,
    ratio: null,
  };
}
