import { and, arrayContains, asc, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Origin } from '../entries.ts';
import { HELD_BACK, NEEDLESS } from '../outbox/fate.ts';
import { withdraw } from '../outbox.ts';
import { notePlan } from '../plan/chain.ts';
import type { Plan } from '../plan.ts';
import { conversations, invites, letters, people, tasks } from '../schema.ts';
import type { EntryAct, Role } from '../terms.ts';
import { type PersonRow, rosterChanged } from './roster.ts';

/** Ends somebody's part at once. Nothing is said of it anywhere. */
export async function disable(tx: Db, plan: Plan, person: PersonRow, origin: Origin): Promise<void> {
  await note(tx, plan, 'disable', { person: person.id }, origin);
  await tx.update(people).set({ active: false }).where(eq(people.id, person.id));
  await forget(tx, person.id, origin.at);
}

/** What is open with somebody who is active no more ends, their codes no longer work, and nothing else is sent to them. */
export async function forget(tx: Db, personId: number, now: Date): Promise<void> {
  await tx.delete(conversations).where(eq(conversations.personId, personId));
  await tx
    .update(invites)
    .set({ usedAt: now })
    .where(and(eq(invites.personId, personId), isNull(invites.usedAt)));
  await withdraw(tx, eq(letters.personId, personId), NEEDLESS.disabled, now);
}

/** What waits for somebody in a post or a role that they have no more isn't sent: the next look tells who has it now. */
export async function relieve(tx: Db, personIds: number[], now: Date): Promise<void> {
  await withdraw(tx, inArray(letters.personId, personIds), HELD_BACK.moved, now);
}

export async function enable(tx: Db, plan: Plan, person: PersonRow, origin: Origin): Promise<void> {
  await note(tx, plan, 'enable', { person: person.id }, origin);
  await tx.update(people).set({ active: true }).where(eq(people.id, person.id));
}

/** Takes somebody in, last in the order; a chief's post comes by handing it over. */
export async function enlist(
  tx: Db,
  plan: Plan,
  { name, post, sectionId, roles }: { name: string; post: string; sectionId: number; roles: Role[] },
  origin: Origin,
): Promise<void> {
  const order = await ranked(tx, plan);
  const rank = (order.at(-1)?.rank ?? -1) + 1;
  const [row] = await tx
    .insert(people)
    .values({ planId: plan.id, name, post, address: name, sectionId, roles, rank })
    .returning();
  if (!row) throw new Error('the person came back empty');
  await note(tx, plan, 'enlist', { person: row.id, roles }, origin);
}

/** What somebody may do from now on. */
export async function changeRoles(
  tx: Db,
  plan: Plan,
  person: PersonRow,
  after: Role[],
  origin: Origin,
): Promise<void> {
  const detail = { person: person.id, before: person.roles, after };
  await note(tx, plan, 'roles', detail, origin);
  await tx.update(people).set({ roles: after }).where(eq(people.id, person.id));
  if (loses(person.roles, after)) await relieve(tx, [person.id], origin.at);
}

export const loses = (before: readonly Role[], after: readonly Role[]): boolean =>
  before.some((role) => !after.includes(role));

/** Whether nobody else has this role. */
export const isLastOf = async (db: Db, plan: Plan, person: PersonRow, role: Role): Promise<boolean> =>
  (await db.$count(
    people,
    and(
      eq(people.planId, plan.id),
      eq(people.active, true),
      ne(people.id, person.id),
      arrayContains(people.roles, [role]),
    ),
  )) === 0;

/** Codes of the open tasks that somebody leads. */
export async function openUnder(db: Db, { id }: PersonRow): Promise<string[]> {
  const led = and(eq(tasks.leaderId, id), eq(tasks.retired, false), ne(tasks.state, 'closed'));
  const rows = await db.select({ code: tasks.code }).from(tasks).where(led).orderBy(asc(tasks.id));
  return rows.map(({ code }) => code);
}

export const leadsTasks = (db: Db, { id }: PersonRow): Promise<number> =>
  db.$count(tasks, and(eq(tasks.leaderId, id), eq(tasks.retired, false)));

/** How somebody is addressed from now on (称呼); the name stays. */
export async function readdress(
  tx: Db,
  plan: Plan,
  person: PersonRow,
  address: string,
  origin: Origin,
): Promise<void> {
  await note(tx, plan, 'address', { person: person.id }, origin);
  await tx.update(people).set({ address }).where(eq(people.id, person.id));
}

/** Puts somebody right before or behind another in the order of people (排序). */
export async function place(
  tx: Db,
  plan: Plan,
  person: PersonRow,
  { side, other }: { side: 'before' | 'behind'; other: PersonRow },
  origin: Origin,
): Promise<void> {
  await note(tx, plan, 'rank', { person: person.id, [side]: other.id }, origin);
  const rest = (await ranked(tx, plan)).filter(({ id }) => id !== person.id);
  const at = rest.findIndex(({ id }) => id === other.id) + (side === 'behind' ? 1 : 0);
  for (const [rank, each] of rest.toSpliced(at, 0, person).entries()) {
    if (each.rank !== rank) await tx.update(people).set({ rank }).where(eq(people.id, each.id));
  }
}

async function ranked(tx: Db, plan: Plan): Promise<PersonRow[]> {
  return tx.select().from(people).where(eq(people.planId, plan.id)).orderBy(asc(people.rank), asc(people.id));
}

/** One entry in the plan's chain; under its lock the roster is changed. */
async function note(
  tx: Db,
  plan: Plan,
  act: EntryAct,
  detail: Record<string, unknown>,
  origin: Origin,
): Promise<void> {
  await notePlan(tx, plan.id, act, detail, origin);
  await rosterChanged(tx, plan.id);
}
