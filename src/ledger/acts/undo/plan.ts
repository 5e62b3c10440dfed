import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { Db } from '../../db.ts';
import { type EntryRow, type Origin, saying } from '../../entries.ts';
import { rosterChanged } from '../../people/roster.ts';
import { loses, relieve } from '../../people/staff.ts';
import { lockPlan, notePlan } from '../../plan/chain.ts';
import { Refusal } from '../../refusal.ts';
import { notUndone } from '../../rules/deed.ts';
import { deputies, entries, handovers, people } from '../../schema.ts';
import type { EntryAct, Role } from '../../terms.ts';
import { standsWord } from './words.ts';

/** Acts on the plan that 撤回 takes back, and how they are called. */
export const planActs: Readonly<Record<string, string>> = {
  deputy: '代办',
  handover: '交接',
  disable: '停用',
  enable: '启用',
  roles: '角色',
};

/** A post that has passed doesn't go back by a word, nor what others have changed since. */
export async function refuseIfPassed(tx: Db, planId: number, chosen: EntryRow[]): Promise<void> {
  if (chosen.length === 0) return;
  // Before it is looked at: whoever else changes what the plan itself holds waits for this lock.
  await lockPlan(tx, planId);
  const ids = chosen.map(({ id }) => id);
  for (const entry of chosen) {
    if (await stands(tx, entry, ids)) continue;
    throw new Refusal(standsWord(entry, entry.act === 'handover' ? '交接已生效' : '之后已有变动'));
  }
}

/** Whether what this entry did is still as it left it, but for what goes back with it. */
async function stands(tx: Db, entry: EntryRow, ids: number[]): Promise<boolean> {
  switch (entry.act) {
    case 'deputy':
      return (await areTermsOf(tx, deputies, entry, ids)) && !(await isSucceeded(tx, entry, ids));
    case 'handover':
      return areTermsOf(tx, handovers, entry, ids);
    default:
      return isPersonAs(tx, entry, ids);
  }
}

/** Whether the term that the entry began has been ended by nobody. */
async function areTermsOf(
  tx: Db,
  terms: typeof deputies | typeof handovers,
  { id }: EntryRow,
  ids: number[],
): Promise<boolean> {
  const begun = await tx.select({ ended: terms.endedEntryId }).from(terms).where(eq(terms.entryId, id));
  return begun.every(({ ended }) => ended === null || ids.includes(ended));
}

/** Whether somebody has been appointed since, in the place of whom the entry ended. */
async function isSucceeded(tx: Db, { id, detail }: EntryRow, ids: number[]): Promise<boolean> {
  const inForce = await tx
    .select({ by: deputies.entryId })
    .from(deputies)
    .where(and(eq(deputies.forPersonId, Number(detail.for)), isNull(deputies.endedEntryId)));
  return inForce.some(({ by }) => by !== id && !ids.includes(by));
}

/** Whether the person has the roles, or the place among the active, that the entry gave, and by no later one. */
async function isPersonAs(tx: Db, { id, act, planId, detail }: EntryRow, ids: number[]): Promise<boolean> {
  const kin: EntryAct[] = act === 'roles' ? ['roles'] : ['disable', 'enable'];
  const since = await tx
    .select()
    .from(entries)
    .where(
      and(
        eq(entries.planId, planId),
        isNull(entries.taskId),
        gt(entries.id, id),
        inArray(entries.act, [...kin, 'undo']),
      ),
    )
    .orderBy(asc(entries.id));
  const later = notUndone(since).filter((each) => each.detail.person === detail.person);
  if (later.some((each) => !ids.includes(each.id))) return false;
  const [row] = await tx
    .select()
    .from(people)
    .where(eq(people.id, Number(detail.person)));
  const last = later.at(-1) ?? { act, detail };
  if (act !== 'roles') return row?.active === (last.act === 'enable');
  // A handover and an import change roles as well.
  const given = last.detail.after as Role[];
  return row?.roles.length === given.length && given.every((role) => row.roles.includes(role));
}

/** Takes these entries of the plan's own chain back, in one entry. */
export async function undoPlan(tx: Db, planId: number, chosen: EntryRow[], origin: Origin): Promise<void> {
  const undoes = chosen.map((entry) => entry.seq);
  const by = await notePlan(tx, planId, 'undo', { undoes }, saying(origin, ''));
  for (const entry of chosen) await revert(tx, entry, by);
  await rosterChanged(tx, planId);
}

async function revert(tx: Db, { id, act, detail }: EntryRow, { id: by, at }: EntryRow): Promise<void> {
  if (act === 'roles') {
    const [personId, before] = [Number(detail.person), detail.before as Role[]];
    await tx.update(people).set({ roles: before }).where(eq(people.id, personId));
    if (loses(detail.after as Role[], before)) await relieve(tx, [personId], at);
  }
  if (act === 'deputy') await revertTerm(tx, deputies, id, by);
  if (act === 'handover') await revertTerm(tx, handovers, id, by);
  if (act === 'disable' || act === 'enable') {
    await tx
      .update(people)
      .set({ active: act === 'disable' })
      .where(eq(people.id, Number(detail.person)));
  }
}

/** What the entry began ends; what it ended stands again. */
async function revertTerm(
  tx: Db,
  terms: typeof deputies | typeof handovers,
  entryId: number,
  by: number,
): Promise<void> {
  await tx.update(terms).set({ endedEntryId: null }).where(eq(terms.endedEntryId, entryId));
  await tx.update(terms).set({ endedEntryId: by }).where(eq(terms.entryId, entryId));
}
