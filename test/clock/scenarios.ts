import { parseArgs } from 'node:util';
import { openStore } from '../../src/ledger/db.ts';
import { loadPlan, samplePlan } from '../../src/ledger/plan/load.ts';
import { createServerForTests } from '../setup/server.ts';
import { live } from './scenario.ts';

/**
 * `node --import tsx test/clock/scenarios.ts --scenarios 1000 --seed 1`: random days with processes that go away and
 * clocks that are set, on a PostgreSQL of their own. Ends with 1 when anything was said twice or missed in its window.
 */
const { values } = parseArgs({
  options: { scenarios: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});
const count = Number(values.scenarios);
const seed = Number(values.seed);
const server = await createServerForTests();
const began = performance.now();
const since = () => Math.round((performance.now() - began) / 1000);
try {
  const databaseUrl = server.url('postgres');
  const stores = [];
  for (let each = 0; each < 3; each += 1)
    stores.push(await openStore({ databaseUrl, dataDir: '', lanes: 2 }));
  const start = new Date('2025-12-31T16:00:00Z');
  await stores[0]?.db.transaction((tx) => loadPlan(tx, samplePlan(), start, { sample: true }));
  const totals = { scenarios: 0, looks: 0, posts: 0, doubled: 0, missed: 0 };
  for (let each = 0; each < count; each += 1) {
    const found = await live(stores, seed + each);
    totals.scenarios += 1;
    totals.looks += found.looks;
    totals.posts += found.posts;
    totals.doubled += found.doubled.length;
    totals.missed += found.missed.length;
    if (totals.scenarios % 20 === 0)
      process.stderr.write(`${JSON.stringify({ ...totals, seconds: since() })}\n`);
    if (found.doubled.length + found.missed.length > 0) process.stdout.write(`${JSON.stringify(found)}\n`);
  }
  process.stdout.write(`${JSON.stringify({ seed, ...totals, seconds: since() })}\n`);
  for (const store of stores) await store.close();
  process.exitCode = totals.doubled + totals.missed > 0 ? 1 : 0;
} finally {
  await server.remove();
}
