import type { Db } from '../ledger/db.ts';
import { leaveInDoubt } from '../ledger/outbox/doubt.ts';
import { plansOf } from '../ledger/plan.ts';
import { lookedAt, take } from '../ledger/slots.ts';
import { pushes } from '../pushes/index.ts';
import { momentOf } from '../pushes/push.ts';

/**
 * Settles with the past after a backup was put back: whatever was due until now was said by the ledger that is gone, or
 * is made up for by the next push. Says how many slots and letters that were.
 */
export async function afterRestore(tx: Db, now: Date): Promise<{ slots: number; letters: number }> {
  const settled = { slots: 0, letters: 0 };
  for (const plan of await plansOf(tx)) {
    const moment = momentOf(plan, now);
    const names = pushes.map((push) => push.name);
    const { last } = await lookedAt(tx, plan.id, names, now);
    const due = pushes.flatMap((push) =>
      push
        .slots(moment, last(push.name))
        .map((slot) => ({ push: push.name, slot, state: 'looked' as const })),
    );
    settled.slots += await take(tx, plan.id, due);
    settled.letters += await leaveInDoubt(tx, plan.id, now);
  }
  return settled;
}
