import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../src/ledger/db.ts';
import { loadPlan, samplePlan } from '../../src/ledger/plan/load.ts';
import { databaseUrl } from '../setup/stores.ts';
import { live } from './scenario.ts';

/** The script beside it runs a thousand; a number of them runs with every change. */
const SEEDS = [3, 11, 19, 42, 77, 101];

describe('days of processes that go away and clocks that are set', () => {
  const stores: Store[] = [];
  const zone = process.env.TZ;
  beforeAll(async () => {
    const url = await databaseUrl();
    for (let each = 0; each < 3; each += 1)
      stores.push(await openStore({ databaseUrl: url, dataDir: '', lanes: 2 }));
    const start = new Date('2025-12-31T16:00:00Z');
    await stores[0]?.db.transaction((tx) => loadPlan(tx, samplePlan(), start, { sample: true }));
  });
  afterAll(async () => {
    process.env.TZ = zone;
    for (const store of stores) await store.close();
  });

  test.each(SEEDS)('nothing is said twice and nothing missed in its window (seed %i)', async (seed) => {
    const { doubled, missed } = await live(stores, seed);
    expect({ doubled, missed }).toEqual({ doubled: [], missed: [] });
  });
});
