import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/ledger/db.ts';
import { loadSample, samplePlan } from '../../src/ledger/plan/load.ts';
import { readPlan } from '../../src/ledger/plan/read.ts';
import { plansOf } from '../../src/ledger/plan.ts';
import { stores } from '../setup/stores.ts';

const sample = samplePlan();

test('the sample is the plan with its 6 categories, 18 measures, 42 tasks and 92 indicators', () => {
  expect(sample.categories).toHaveLength(6);
  expect(sample.measures).toHaveLength(18);
  expect(sample.tasks).toHaveLength(42);
  expect(sample.tasks.flatMap((task) => task.indicators)).toHaveLength(92);
  expect(sample.governance.map((duty) => duty.code)).toEqual([
    'G1',
    'G2',
    'G3',
    'G4',
    'G5',
    'G6',
    'G7',
    'G8',
    'G9',
  ]);
  expect(sample.tasks.map((task) => task.serial)).toEqual(
    Array.from({ length: 42 }, (_, index) => index + 1),
  );
});

describe.each(stores)('a plan in the ledger ($kind)', ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  test('is loaded by one of several starts that find none', async () => {
    const now = new Date('2026-04-09T02:00:00Z');
    const loaded = await Promise.all(Array.from({ length: 4 }, () => loadSample(store.db, now)));
    expect(loaded.filter(Boolean)).toHaveLength(1);
    expect(await plansOf(store.db)).toHaveLength(1);
  });

  test('reads back as it was loaded', async () => {
    await loadSample(store.db, new Date('2026-04-09T02:00:00Z'));
    const [plan] = await plansOf(store.db);
    const read = await readPlan(store.db, plan?.id ?? 0);
    expect(read.plan).toMatchObject(sample.plan);
    expect(read.tasks).toEqual(sample.tasks);
    expect(read.governance).toEqual(sample.governance);
    expect(read.people).toEqual(sample.people);
    expect(read.groups).toEqual(sample.groups);
    expect(read.sections).toMatchObject(sample.sections);
  });

  test('is loaded once, also when two processes start at the same moment', async () => {
    const at = new Date('2026-04-09T02:00:00Z');
    await Promise.all([loadSample(store.db, at), loadSample(store.db, at)]);
    expect(await plansOf(store.db)).toHaveLength(1);
    expect(await loadSample(store.db, at)).toBe(false);
  });

  test.each([
    ['2025-12-20T00:00:00Z', '2026-01-01'],
    ['2026-04-08T17:00:00Z', '2026-04-09'],
    ['2027-03-01T00:00:00Z', '2026-12-31'],
  ])('loaded at %s, has %s as its first day', async (at, since) => {
    await loadSample(store.db, new Date(at));
    expect((await plansOf(store.db))[0]?.since).toBe(since);
  });
});
