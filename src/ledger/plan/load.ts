import { readFileSync } from 'node:fs';
import { count, sql } from 'drizzle-orm';
import { shipped } from '../../shipped.ts';
import { type Day, dayOf } from '../days.ts';
import type { Db } from '../db.ts';
import { accounts, categories, groups, measures, people, plans, sections } from '../schema.ts';
import { platformNames } from '../terms.ts';
import { type PlanFile, planFile } from './file.ts';
import { type Ids, idOf, writeDuties, writeTasks } from './tasks.ts';

/** The plan that the product ships: the 2025 rectification plan, its people named by post. */
export function samplePlan(): PlanFile {
  const file = shipped('src/ledger/sample/plan-2025.json');
  return planFile.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** What a sample group's push address ends in. */
export const sampleKey = (group: { code: string }): string => `sample-${group.code}`;

/** Loads the sample into a ledger without any plan; says whether it did. Of several processes that start at once one does. */
export async function loadSample(db: Db, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`lock table ${plans} in share row exclusive mode`);
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
    platformNames.flatMap((platform) => {
      const account = given[platform];
      return account === undefined ? [] : [{ platform, account, personId: idOf(ids, name), boundAt: now }];
    }),
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
