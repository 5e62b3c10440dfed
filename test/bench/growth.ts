import { randomInt } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { openStore, type Store } from '../../src/ledger/db.ts';
import { claim, isAnyOpen, robotsWaiting } from '../../src/ledger/outbox/claim.ts';
import { type Plan, plansOf } from '../../src/ledger/plan.ts';
import { digest } from '../../src/pushes/digest.ts';
import { dueRungs } from '../../src/pushes/push/ladder.ts';
import { readQuarter } from '../../src/reports/quarter.ts';
import { fill, LETTERS } from './fill.ts';
import type { Ledgers } from './ledgers.ts';
import { percentile } from './load.ts';
import { lookOf } from './morning.ts';

/** Tasks of the sample plan, without its standing duties. */
const A_PLAN = 42;
const NOW = new Date('2026-04-09T08:45:00+08:00');
/** V8 has compiled what there is to compile after so many of each. */
const WARM = 30;

/** Milliseconds at the median, of one plan among so many tasks. */
export type Grown = { tasks: number } & Record<Step, number>;
export type Step = keyof typeof steps;

interface Ledger {
  tasks: number;
  store: Store;
  plans: Plan[];
}

/**
 * What each step costs one plan among ever more of its size: every time another plan, drawn at random, so that neither
 * its rows nor its pages are at hand. The ledgers are measured by turns, so that a busy moment meets all of them.
 */
export async function grow(ledgers: Ledgers, sizes: number[], turns: number): Promise<Grown[]> {
  const grown: Ledger[] = [];
  for (const tasks of sizes) grown.push(await open(ledgers, tasks));
  try {
    for (let turn = 0; turn < WARM; turn++) for (const step of names) await steps[step](drawn(grown[0]));
    const times = grown.map(() => Object.fromEntries(names.map((step) => [step, [] as number[]])));
    for (let turn = 0; turn < turns; turn++) {
      for (const step of names) {
        for (const [index, ledger] of grown.entries()) {
          times[index]?.[step]?.push(await steps[step](drawn(ledger)));
        }
      }
    }
    return grown.map(({ tasks }, index) => {
      const of = (step: Step) => percentile(times[index]?.[step] ?? [], 50);
      const looks = { digest: of('digest'), overdue: of('overdue'), bulletin: of('bulletin') };
      return { tasks, ...looks, open: of('open'), claim: of('claim') };
    });
  } finally {
    for (const { store } of grown) await store.close();
  }
}

async function open(ledgers: Ledgers, tasks: number): Promise<Ledger> {
  const url = await ledgers.copy();
  const started = performance.now();
  await fill(url, Math.max(1, Math.round(tasks / A_PLAN)));
  const store = await openStore({ databaseUrl: url, dataDir: '' });
  process.stderr.write(`${tasks} tasks filled in ${Math.round((performance.now() - started) / 1_000)} s\n`);
  return { tasks, store, plans: await plansOf(store.db) };
}

interface Drawn {
  store: Store;
  plan: Plan;
}

function drawn(ledger: Ledger | undefined): Drawn {
  const plan = ledger?.plans[randomInt(ledger.plans.length)];
  if (!ledger || !plan) throw new Error('there is no plan');
  return { store: ledger.store, plan };
}

/** Each is timed as the product does it; what only makes it possible isn't. */
const steps = {
  digest: async (at: Drawn) => {
    const look = await lookOf(at.store, at.plan, NOW);
    return timed(() => digest.scan(look));
  },
  overdue: async (at: Drawn) => {
    const look = await lookOf(at.store, at.plan, NOW);
    return timed(async () => dueRungs(look, (await look.survey()).tasks));
  },
  bulletin: async (at: Drawn) => {
    const { db, plan, now, today } = await lookOf(at.store, at.plan, NOW);
    return timed(() => readQuarter(db, plan, '2026-Q1', { now, today }));
  },
  open: ({ store, plan }: Drawn) => timed(() => isAnyOpen(store.db, plan.id)),
  claim: async ({ store: { db }, plan }: Drawn) => {
    const [robot = ''] = await robotsWaiting(db, plan.id, () => undefined);
    const took = await timed(() => claim(db, plan.id, robot, NOW, leave));
    await db.execute(
      sql`update letters set state = 'pending', attempt = 0, tried_at = null, left_at = null where plan_id = ${plan.id} and ended_at is null`,
    );
    return took;
  },
};
const names = Object.keys(steps) as Step[];

const leave = {
  may: () => true,
  repeats: () => false,
  fit: () => true,
  budget: () => ({ minute: LETTERS }),
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
