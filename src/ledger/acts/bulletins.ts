import { and, asc, eq } from 'drizzle-orm';
import { addDays, type Day } from '../days.ts';
import type { Db } from '../db.ts';
import { nobody, type Origin, write } from '../entries.ts';
import { lockPlan, notePlan, planChain } from '../plan/chain.ts';
import type { Plan } from '../plan.ts';
import { periodOf, spanOf } from '../rules/period.ts';
import { bulletins, entries, words } from '../schema.ts';
import type { BulletinState } from '../terms.ts';
import { countsFor } from './duties.ts';
import { record } from './report.ts';

export type Bulletin = typeof bulletins.$inferSelect;

/** When a bulletin was let go, and on what it rests. */
export interface Issued {
  on: Day;
  basis: 'signed' | 'authorised';
}

export async function bulletinOf(db: Db, planId: number, period: string): Promise<Bulletin | undefined> {
  const [row] = await db
    .select()
    .from(bulletins)
    .where(and(eq(bulletins.planId, planId), eq(bulletins.period, period)));
  return row;
}

/** All of the plan, the oldest quarter first. */
export async function bulletinsOf(db: Db, planId: number): Promise<Bulletin[]> {
  return db.select().from(bulletins).where(eq(bulletins.planId, planId)).orderBy(asc(bulletins.period));
}

/** The bulletin of the quarter before this one; null where there is none: an earlier one is no quarter's step away. */
export async function frozenBefore(db: Db, planId: number, period: string): Promise<Bulletin | null> {
  const before = periodOf('quarter', addDays(spanOf(period).starts, -1));
  return (await bulletinOf(db, planId, before)) ?? null;
}

/** Freezes a quarter's figures. A quarter is frozen once: whoever comes second changes nothing. */
export async function freeze(
  tx: Db,
  plan: Plan,
  draft: Pick<Bulletin, 'period' | 'figures' | 'enclosed'>,
  origin: Origin,
): Promise<void> {
  const locked = await lockPlan(tx, plan.id);
  if (await bulletinOf(tx, plan.id, draft.period)) return;
  const entry = await write(tx, planChain(locked), 'draft', { period: draft.period }, origin);
  await tx
    .insert(bulletins)
    .values({ ...draft, planId: plan.id, frozenAt: origin.at, state: 'draft', entryId: entry.id });
}

/** 重拟: a bulletin that is held is frozen anew, by what has been put right meanwhile, and stays held. */
export async function refreeze(
  tx: Db,
  plan: Plan,
  held: Bulletin,
  figures: Bulletin['figures'],
  origin: Origin,
): Promise<void> {
  const locked = await lockPlan(tx, plan.id);
  const stands = await bulletinOf(tx, plan.id, held.period);
  if (stands?.entryId !== held.entryId) throw new Error(`the bulletin ${held.period} has moved on`);
  const detail = { period: held.period, again: true };
  const entry = await write(tx, planChain(locked), 'draft', detail, origin);
  await tx
    .update(bulletins)
    .set({ figures, enclosed: [], frozenAt: origin.at, entryId: entry.id })
    .where(eq(bulletins.id, held.id));
}

const acts = { signed: 'sign', held: 'hold', released: 'release' } as const;

/** 签发, 暂缓, and the release itself: the figures stay as they were frozen. Throws when somebody was faster. */
export async function move(
  tx: Db,
  plan: Plan,
  bulletin: Bulletin,
  to: Exclude<BulletinState, 'draft'>,
  { on, basis }: Pick<Issued, 'on'> & Partial<Issued>,
  origin: Origin,
): Promise<void> {
  const locked = await lockPlan(tx, plan.id);
  const stands = await bulletinOf(tx, plan.id, bulletin.period);
  if (stands?.entryId !== bulletin.entryId) throw new Error(`the bulletin ${bulletin.period} has moved on`);
  const detail = { period: bulletin.period, ...(basis === undefined ? {} : { basis }) };
  const entry = await write(tx, planChain(locked), acts[to], detail, origin);
  await tx
    .update(bulletins)
    .set({ state: to, entryId: entry.id, ...(to === 'released' ? { releasedOn: on } : {}) })
    .where(eq(bulletins.id, bulletin.id));
}

/**
 * The bulletin goes out, and counts once on each of its indicators, for the quarter that it is of. The tasks are locked
 * before the plan, as everywhere.
 */
export async function release(tx: Db, plan: Plan, bulletin: Bulletin, how: Issued, now: Date): Promise<void> {
  for (const { task, indicator } of await countsFor(tx, plan, 'bulletin')) {
    const period = indicator.clock === 'quarter' ? bulletin.period : periodOf(indicator.clock, how.on);
    const statement = {
      ...{ indicator, op: 'add' as const, value: 1, part: null, facet: null },
      ...{ period, happenedOn: how.on, of: [null], confirmed: true },
    };
    const detail = { bulletin: bulletin.period };
    await record(tx, task, statement, nobody(now), { act: 'release', detail });
  }
  await move(tx, plan, bulletin, 'released', how, nobody(now));
}

/** When a bulletin went out and on what that rests, by the entry of its release; undefined before. */
export async function issuedOf(
  db: Db,
  { state, releasedOn, entryId }: Bulletin,
): Promise<Issued | undefined> {
  if (state !== 'released' || releasedOn === null) return undefined;
  const [entry] = await db.select({ detail: entries.detail }).from(entries).where(eq(entries.id, entryId));
  return { on: releasedOn, basis: entry?.detail.basis === 'signed' ? 'signed' : 'authorised' };
}

/** 更正通报: the office's words on one that is released; another word takes the place of one that hasn't gone out. */
export async function correct(tx: Db, plan: Plan, bulletin: Bulletin, origin: Origin): Promise<void> {
  const entry = await notePlan(tx, plan.id, 'correctBulletin', { period: bulletin.period }, origin);
  await setCorrection(tx, bulletin, { correctionEntryId: entry.id, correctionSigned: false });
}

/** A correction of it waits for the secretary. */
export const isToBeCorrected = ({ correctionEntryId, correctionSigned }: Bulletin): boolean =>
  correctionEntryId !== null && !correctionSigned;

/** The secretary's signature under the correction that waits. */
export async function signCorrection(tx: Db, plan: Plan, bulletin: Bulletin, origin: Origin): Promise<void> {
  await notePlan(tx, plan.id, 'sign', { period: bulletin.period, correction: true }, origin);
  await setCorrection(tx, bulletin, { correctionSigned: true });
}

/** This correction has gone out; one that was put meanwhile waits on. */
export async function dropCorrection(
  tx: Db,
  { id, correctionEntryId }: Pick<Bulletin, 'id' | 'correctionEntryId'>,
): Promise<void> {
  if (correctionEntryId === null) return;
  await tx
    .update(bulletins)
    .set({ correctionEntryId: null, correctionSigned: false })
    .where(and(eq(bulletins.id, id), eq(bulletins.correctionEntryId, correctionEntryId)));
}

/** What the correction says; empty once its words are sealed. */
export async function correctionOf(db: Db, { correctionEntryId }: Bulletin): Promise<string> {
  if (correctionEntryId === null) return '';
  const [row] = await db.select({ text: words.text }).from(words).where(eq(words.entryId, correctionEntryId));
  return row?.text ?? '';
}

const setCorrection = (
  tx: Db,
  { id }: Bulletin,
  values: Partial<Pick<Bulletin, 'correctionEntryId' | 'correctionSigned'>>,
) => tx.update(bulletins).set(values).where(eq(bulletins.id, id));
