import { and, asc, eq, gte, isNull } from 'drizzle-orm';
import type { Day } from '../days.ts';
import type { Db } from '../db.ts';
import type { Origin } from '../entries.ts';
import { notePlan } from '../plan/chain.ts';
import type { Plan } from '../plan.ts';
import type { Viewer } from '../rules/audience.ts';
import { deputies, people } from '../schema.ts';

/** The active people whom this person stands in for on this day. */
export async function standsInFor(db: Db, personId: number, today: Day): Promise<Viewer[]> {
  return db
    .select({ id: people.id, roles: people.roles, sectionId: people.sectionId })
    .from(deputies)
    .innerJoin(people, eq(people.id, deputies.forPersonId))
    .where(
      and(
        eq(deputies.personId, personId),
        gte(deputies.until, today),
        isNull(deputies.endedEntryId),
        eq(people.active, true),
      ),
    )
    .orderBy(asc(deputies.id));
}

/** Appoints a deputy through a day. There is one at a time: whoever was it before no longer is. */
export async function appoint(
  tx: Db,
  plan: Plan,
  { personId, forPersonId, until }: { personId: number; forPersonId: number; until: Day },
  origin: Origin,
): Promise<void> {
  const detail = { deputy: personId, for: forPersonId, until };
  const entry = await notePlan(tx, plan.id, 'deputy', detail, origin);
  await tx.update(deputies).set({ endedEntryId: entry.id }).where(inForce(forPersonId));
  await tx.insert(deputies).values({ personId, forPersonId, until, entryId: entry.id });
}

/** Ends it before its day; false where nobody is deputy. */
export async function dismiss(tx: Db, plan: Plan, forPersonId: number, origin: Origin): Promise<boolean> {
  const [standing] = await tx.select({ id: deputies.id }).from(deputies).where(inForce(forPersonId));
  if (!standing) return false;
  const detail = { for: forPersonId, until: null };
  const entry = await notePlan(tx, plan.id, 'deputy', detail, origin);
  await tx.update(deputies).set({ endedEntryId: entry.id }).where(inForce(forPersonId));
  return true;
}

const inForce = (forPersonId: number) =>
  and(eq(deputies.forPersonId, forPersonId), isNull(deputies.endedEntryId));
