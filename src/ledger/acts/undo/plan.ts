import { eq } from 'drizzle-orm';
import type { Db } from '../../db.ts';
import { type EntryRow, type Origin, saying } from '../../entries.ts';
import { rosterChanged } from '../../people/roster.ts';
import { notePlan } from '../../plan/chain.ts';
import { Refusal } from '../../refusal.ts';
import { deputies, handovers, people } from '../../schema.ts';
import type { Role } from '../../terms.ts';

/** Acts on the plan that 撤回 takes back, and how they are called. */
export const planActs: Readonly<Record<string, string>> = {
  deputy: '代办',
  handover: '交接',
  disable: '停用',
  enable: '启用',
  roles: '角色',
};

/** A post that has passed doesn't go back by a word. */
export async function refuseIfPassed(tx: Db, chosen: EntryRow[]): Promise<void> {
  for (const { id, act } of chosen) {
    const [row] =
      act === 'handover' ? await tx.select().from(handovers).where(eq(handovers.entryId, id)) : [];
    if (row && row.endedEntryId !== null) {
      throw new Refusal('交接已生效,不能撤回。需要调整请再发「交接」。');
    }
  }
}

/** Takes these entries of the plan's own chain back, in one entry. */
export async function undoPlan(tx: Db, planId: number, chosen: EntryRow[], origin: Origin): Promise<void> {
  const undoes = chosen.map((entry) => entry.seq);
  const by = await notePlan(tx, planId, 'undo', { undoes }, saying(origin, ''));
  for (const entry of chosen) await revert(tx, entry, by.id);
  await rosterChanged(tx, planId);
}

async function revert(tx: Db, { id, act, detail }: EntryRow, by: number): Promise<void> {
  if (act === 'roles') {
    await tx
      .update(people)
      .set({ roles: detail.before as Role[] })
      .where(eq(people.id, Number(detail.person)));
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
