import { and, arrayContains, eq, inArray, or, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { categories, people, plans, sections } from '../schema.ts';

/** Ids of active people of the plan by their names. */
export async function idsOf(db: Db, planId: number, names: string[]): Promise<Map<string, number>> {
  const rows = await db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(and(eq(people.planId, planId), eq(people.active, true), inArray(people.name, names)));
  return new Map(rows.map((row) => [row.name, row.id]));
}

export type PersonRow = typeof people.$inferSelect;

/** Somebody of the plan by name, else by an address that is only theirs; also who is no longer active. */
export async function called(db: Db, planId: number, name: string): Promise<PersonRow | undefined> {
  const rows = await db
    .select()
    .from(people)
    .where(and(eq(people.planId, planId), or(eq(people.name, name), eq(people.address, name))));
  const named = rows.find((row) => row.name === name);
  return named ?? (rows.length === 1 ? rows[0] : undefined);
}

export async function sectionBy(
  db: Db,
  planId: number,
  code: string,
): Promise<typeof sections.$inferSelect | undefined> {
  const [section] = await db
    .select()
    .from(sections)
    .where(and(eq(sections.planId, planId), eq(sections.code, code), eq(sections.retired, false)));
  return section;
}

/** Whoever has read the plan's words reads them anew. */
export async function rosterChanged(tx: Db, planId: number): Promise<void> {
  await tx
    .update(plans)
    .set({ version: sql`${plans.version} + 1` })
    .where(eq(plans.id, planId));
}

/** The chief of a section, by the section's code. */
export async function chiefOf(
  db: Db,
  planId: number,
  section: string,
): Promise<Pick<PersonRow, 'id' | 'sectionId' | 'address'> | undefined> {
  const [chief] = await db
    .select({ id: people.id, sectionId: people.sectionId, address: people.address })
    .from(people)
    .innerJoin(sections, eq(sections.id, people.sectionId))
    .where(
      and(
        eq(people.planId, planId),
        eq(people.active, true),
        eq(sections.code, section),
        arrayContains(people.roles, ['chief']),
      ),
    )
    .orderBy(people.rank)
    .limit(1);
  return chief;
}

/** Somebody who answers for something, as far as it takes to tell whether they may know of it. */
export type Answerer = Pick<typeof people.$inferSelect, 'id' | 'address' | 'roles' | 'sectionId'>;

/** Whoever is named, the named section's chief, else the chief of the task's lead section; null where that is open. */
export async function answererFor(
  db: Db,
  planId: number,
  task: { sectionId: number | null },
  { person, section }: { person?: string; section?: string },
): Promise<Answerer | null> {
  const { id, address, roles, sectionId } = people;
  const ofPlan = and(eq(people.planId, planId), eq(people.active, true));
  const find = db
    .select({ id, address, roles, sectionId })
    .from(people)
    .innerJoin(sections, eq(sections.id, people.sectionId));
  const isChief = arrayContains(people.roles, ['chief']);
  const wanted =
    person !== undefined
      ? eq(people.name, person)
      : section !== undefined
        ? and(isChief, eq(sections.code, section))
        : and(isChief, eq(sections.id, task.sectionId ?? 0));
  const [row] = await find.where(and(ofPlan, wanted)).orderBy(people.rank).limit(1);
  return row ?? null;
}

/** Ids of the plan's sections by their codes, in the order of the codes. */
export async function sectionIdsOf(db: Db, planId: number, codes: string[]): Promise<number[]> {
  if (codes.length === 0) return [];
  const rows = await db
    .select({ id: sections.id, code: sections.code })
    .from(sections)
    .where(and(eq(sections.planId, planId), inArray(sections.code, codes)));
  return codes.flatMap((code) => rows.find((row) => row.code === code)?.id ?? []);
}

/** How everybody of the plan is addressed, also who is no longer active, by their ids. */
export async function namesIn(db: Db, planId: number): Promise<Map<number, string>> {
  const rows = await db
    .select({ id: people.id, address: people.address })
    .from(people)
    .where(eq(people.planId, planId));
  return new Map(rows.map((row) => [row.id, row.address]));
}

/** In the order of 排序. */
export async function sectionNames(db: Db, ids: number[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ name: sections.name })
    .from(sections)
    .where(inArray(sections.id, ids))
    .orderBy(sections.rank);
  return rows.map(({ name }) => name);
}

export async function namesOf(db: Db, ids: number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: people.id, address: people.address })
    .from(people)
    .where(inArray(people.id, ids));
  return new Map(rows.map((row) => [row.id, row.address]));
}

/** As the plan numbers them: 2 before 10. */
export const byCode = (one: { code: string }, other: { code: string }): number =>
  one.code.localeCompare(other.code, 'en', { numeric: true });

export async function categoriesOf(db: Db, planId: number): Promise<{ code: string; title: string }[]> {
  const rows = await db
    .select({ code: categories.code, title: categories.title })
    .from(categories)
    .where(eq(categories.planId, planId));
  return rows.toSorted(byCode);
}

/** Somebody who is active, and the plan that they are of. */
export async function personBy(
  db: Db,
  id: number,
): Promise<{ person: PersonRow; plan: typeof plans.$inferSelect } | undefined> {
  const [row] = await db
    .select({ person: people, plan: plans })
    .from(people)
    .innerJoin(plans, eq(plans.id, people.planId))
    .where(and(eq(people.id, id), eq(people.active, true)));
  return row;
}

export async function sectionCalled(
  db: Db,
  planId: number,
  name: string,
): Promise<typeof sections.$inferSelect | undefined> {
  const [section] = await db
    .select()
    .from(sections)
    .where(and(eq(sections.planId, planId), eq(sections.name, name)));
  return section;
}
