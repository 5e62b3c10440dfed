import { bulletinOf, freeze, move } from '../ledger/acts/bulletins.ts';
import { dayOf, instantOf } from '../ledger/days.ts';
import type { Db } from '../ledger/db.ts';
import { nobody } from '../ledger/entries.ts';
import { leaveInDoubt } from '../ledger/outbox/doubt.ts';
import { put } from '../ledger/outbox.ts';
import { plansOf } from '../ledger/plan.ts';
import { draftedOn } from '../ledger/rules/occasions.ts';
import { afterTrial, isAutomatic, RELEASE_AT, releaseDay } from '../ledger/rules/release.ts';
import { lookedAt, type Slot, take } from '../ledger/slots.ts';
import { assessment } from '../pushes/assessment.ts';
import { bulletin } from '../pushes/bulletin.ts';
import { bulletinDraft } from '../pushes/bulletinDraft.ts';
import { pushes } from '../pushes/index.ts';
import { inspection } from '../pushes/inspection.ts';
import { meeting } from '../pushes/meeting.ts';
import { monthlyCall } from '../pushes/monthlyCall.ts';
import { order } from '../pushes/order.ts';
import { type Moment, momentOf, type Push } from '../pushes/push.ts';
import { report } from '../pushes/report.ts';
import { yearEnd } from '../pushes/yearEnd.ts';
import { readQuarter } from '../reports/quarter.ts';
import { type LookParts, lookAt } from '../tick.ts';

/** For who runs the plan, and drafts for who stands in them: told twice they harm nobody, and taken for told they would never come. */
const AGAIN: readonly Push[] = [assessment, bulletinDraft, inspection, report, yearEnd];

/** What is due by the state of things, whichever slot it is, and would go again at the next one. */
const LASTING: readonly Push[] = [bulletin, meeting, monthlyCall, order];

/**
 * Settles with the past after a backup was put back: whatever was due until now was said by the ledger that is gone, or
 * is made up for by the next push. Says how many slots and letters that were.
 */
export async function afterRestore(parts: LookParts, now: Date): Promise<{ slots: number; letters: number }> {
  const { db: tx } = parts.store;
  const settled = { slots: 0, letters: 0 };
  for (const plan of await plansOf(tx)) {
    const moment = momentOf(plan, now);
    const names = pushes.map((push) => push.name);
    const { last } = await lookedAt(tx, plan.id, names, now);
    const due = pushes.flatMap((push) =>
      push.slots(moment, last(push.name)).map((slot) => ({ push, slot, state: 'looked' as const })),
    );
    for (const { push, slot } of due) {
      const then = { ...moment, today: dayOf(slot.dueAt, plan.timeZone) };
      if (LASTING.includes(push)) await sayInDoubt(parts, push, slot, then);
      if (push === bulletinDraft) await holdDrafted(tx, then);
    }
    const taken = due.filter(({ push }) => !AGAIN.includes(push));
    settled.slots += await take(
      tx,
      plan.id,
      taken.map((each) => ({ ...each, push: each.push.name })),
    );
    settled.letters += await leaveInDoubt(tx, plan.id, now);
  }
  return settled;
}

/** What this slot would have said is put, and goes no further than what waits. */
async function sayInDoubt(parts: LookParts, push: Push, slot: Slot, then: Moment): Promise<void> {
  const { db: tx } = parts.store;
  if (push.isDue && !(await push.isDue(tx, then))) return;
  const look = await lookAt(parts, then);
  const notices = await push.scan(look);
  await put(
    tx,
    notices.flatMap((notice) => parts.ways.address(push.name, notice, slot, look)),
    then.now,
  );
  await push.keep?.(tx, look);
}

/** A draft of this day that is made only now, when its bulletin may be out by the plan's authorisation: it waits for the secretary. */
async function holdDrafted(tx: Db, then: Moment): Promise<void> {
  const { plan, calendar, today, now } = then;
  const period = draftedOn(then, today);
  const leaves = afterTrial(calendar, releaseDay(calendar, today), plan.settings);
  const isOut = isAutomatic(plan.settings) && instantOf(leaves, RELEASE_AT, plan.timeZone) <= now;
  if (period === null || !isOut || (await bulletinOf(tx, plan.id, period))) return;
  await freeze(tx, plan, await readQuarter(tx, plan, period, momentOf(plan, now)), nobody(now));
  const frozen = await bulletinOf(tx, plan.id, period);
  if (frozen) await move(tx, plan, frozen, 'held', { on: today }, nobody(now));
}
