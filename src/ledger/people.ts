import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import type { Viewer } from './rules/audience.ts';
import { accounts, groups, people, plans, sections } from './schema.ts';
import type { PlatformName, Role } from './terms.ts';

export type Group = typeof groups.$inferSelect;

/** Somebody of the plan, as one of their accounts speaks. */
export interface Person {
  id: number;
  name: string;
  address: string;
  roles: Role[];
  sectionId: number;
  section: string;
  /** Whom this person stands in for today; known of whoever speaks. */
  standsInFor?: Viewer[];
}

export async function groupsOf(db: Db, planId: number): Promise<Group[]> {
  return db.select().from(groups).where(eq(groups.planId, planId)).orderBy(groups.id);
}

/** Active people in the order of 排序, each with their accounts, the one they spoke from last first, else WeCom. */
export async function membersOf(db: Db, planId: number): Promise<Member[]> {
  const rows = await db
    .select({ person: people, section: sections.name, kind: sections.kind, account: accounts })
    .from(people)
    .innerJoin(sections, eq(sections.id, people.sectionId))
    .leftJoin(accounts, eq(accounts.personId, people.id))
    .where(and(eq(people.planId, planId), eq(people.active, true)))
    .orderBy(people.rank, sql`${accounts.spokeAt} desc nulls last`, sql`${accounts.platform} desc`);
  const members = new Map<number, Member>();
  for (const { person, section, kind, account } of rows) {
    const member = members.get(person.id) ?? {
      ...person,
      section,
      resident: kind === 'resident',
      accounts: [],
    };
    if (account) member.accounts.push({ platform: account.platform, account: account.account });
    members.set(person.id, member);
  }
  return [...members.values()];
}

export interface Member extends Person {
  /** Of the discipline inspectors posted here, who are never reminded. */
  resident: boolean;
  accounts: { platform: PlatformName; account: string }[];
}

/** By which accounts people are called in a group; by none where they have none on its platform. */
export const accountsIn = (
  { platform }: Pick<Group, 'platform'>,
  members: readonly Member[],
  ids: readonly number[],
): string[] =>
  members
    .filter(({ id }) => ids.includes(id))
    .flatMap(({ accounts: own }) => own.filter((each) => each.platform === platform))
    .map(({ account }) => account);

/** A group that is still there, and the plan that it is bound to. */
export async function groupBy(
  db: Db,
  id: number,
): Promise<{ group: Group; plan: typeof plans.$inferSelect } | undefined> {
  const [row] = await db
    .select({ group: groups, plan: plans })
    .from(groups)
    .innerJoin(plans, eq(plans.id, groups.planId))
    .where(and(eq(groups.id, id), isNull(groups.gone)));
  return row;
}
