import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { accounts, groups, people, plans, sections } from './schema.ts';
import type { Role } from './terms.ts';

export type Plan = typeof plans.$inferSelect;
export type Group = typeof groups.$inferSelect;

/** Somebody of the plan, as one of their accounts speaks. */
export interface Person {
  id: number;
  name: string;
  address: string;
  roles: Role[];
  sectionId: number;
  section: string;
}

/** Who speaks and what plan they belong to; nothing for an account that isn't bound or a person no longer active. */
export async function speaker(
  db: Db,
  platform: string,
  account: string,
): Promise<{ person: Person; plan: Plan } | undefined> {
  const [row] = await db
    .select({ person: people, section: sections.name, plan: plans })
    .from(accounts)
    .innerJoin(people, eq(people.id, accounts.personId))
    .innerJoin(sections, eq(sections.id, people.sectionId))
    .innerJoin(plans, eq(plans.id, people.planId))
    .where(and(eq(accounts.platform, platform), eq(accounts.account, account), eq(people.active, true)));
  if (!row) return undefined;
  return { person: { ...row.person, section: row.section }, plan: row.plan };
}

/** Notes that the account spoke: pushes go to the account a person used last. */
export async function spoke(db: Db, platform: string, account: string, now: Date): Promise<void> {
  await db
    .update(accounts)
    .set({ spokeAt: now })
    .where(and(eq(accounts.platform, platform), eq(accounts.account, account)));
}

export async function groupAt(db: Db, platform: string, chatId: string): Promise<Group | undefined> {
  const [group] = await db
    .select()
    .from(groups)
    .where(and(eq(groups.platform, platform), eq(groups.chatId, chatId)));
  return group;
}

export async function groupsOf(db: Db, planId: number): Promise<Group[]> {
  return db.select().from(groups).where(eq(groups.planId, planId)).orderBy(groups.id);
}

/** Those in use: not the sample that has been replaced. */
export async function plansOf(db: Db): Promise<Plan[]> {
  return db.select().from(plans).where(eq(plans.retired, false)).orderBy(plans.id);
}

/** Active people in the order of 排序, each with their accounts, the one they spoke from last first, else WeCom. */
export async function membersOf(db: Db, planId: number): Promise<Member[]> {
  const rows = await db
    .select({ person: people, section: sections.name, account: accounts })
    .from(people)
    .innerJoin(sections, eq(sections.id, people.sectionId))
    .leftJoin(accounts, eq(accounts.personId, people.id))
    .where(and(eq(people.planId, planId), eq(people.active, true)))
    .orderBy(people.rank, sql`${accounts.spokeAt} desc nulls last`, sql`${accounts.platform} desc`);
  const members = new Map<number, Member>();
  for (const { person, section, account } of rows) {
    const member = members.get(person.id) ?? { ...person, section, accounts: [] };
    if (account) member.accounts.push({ platform: account.platform, account: account.account });
    members.set(person.id, member);
  }
  return [...members.values()];
}

export interface Member extends Person {
  accounts: { platform: string; account: string }[];
}
