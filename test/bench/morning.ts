import { pino } from 'pino';
import { readConfig } from '../../src/config.ts';
import type { Store } from '../../src/ledger/db.ts';
import type { Plan } from '../../src/ledger/plan.ts';
import { letters } from '../../src/ledger/schema.ts';
import { createPlatforms } from '../../src/platforms/index.ts';
import { type Look, momentOf } from '../../src/pushes/push.ts';
import { lookAt, tick } from '../../src/tick.ts';
import { createWays } from '../../src/ways/ways.ts';

const real = createPlatforms(readConfig({ SECRET_KEY: 'the bench seals nothing' }), fetch);
/** What a look is made with: platforms that reach everybody, and nothing leaves. */
export const parts = {
  ways: createWays({
    platforms: {
      wecom: { ...real.wecom, reaches: () => true },
      dingtalk: { ...real.dingtalk, reaches: () => true },
    },
    seal: { open: () => '', close: () => '' },
    sampleAddress: () => '',
  }),
  delivery: { deliver: async () => ({ over: Promise.resolve() }) },
  log: pino({ level: 'silent' }),
  botNames: { wecom: '督办', dingtalk: '督办' },
  draws: false,
};

/** The look at a plan as the clock makes it, with nothing known from before. */
export async function lookOf(store: Store, plan: Plan, now: Date): Promise<Look> {
  const here = { ...parts, store, known: new Map() };
  return lookAt(here, momentOf(plan, now));
}

/** This morning's look at every plan, its posts gone: what starts on the ledger afterwards finds nothing to say. */
export async function pass(store: Store, now: Date): Promise<void> {
  await tick({ ...parts, store, known: new Map() }, now, new AbortController().signal);
  await store.db.update(letters).set({ state: 'sent', attempt: 1, leftAt: now, triedAt: now, endedAt: now });
}
