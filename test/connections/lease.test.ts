import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { describe, expect, test, vi } from 'vitest';
import { openHouse } from '../../src/house.ts';
import { openStore, type Store } from '../../src/ledger/db.ts';
import { leasesNow, release, renew, take } from '../../src/ledger/leases.ts';
import { leases } from '../../src/ledger/schema.ts';
import { dialSocket } from '../../src/platforms/connection/wire.ts';
import { connect, openLivingHouse } from '../setup/house.ts';
import { watchResources } from '../setup/resources.ts';
import { databaseUrl, stores } from '../setup/stores.ts';
import { createHands } from './hands.ts';
import { createDice } from './world.ts';

const since = new Date('2026-04-09T02:00:00Z');
const note = { state: 'off', why: null, since };
const runOut = (store: Store) => store.db.update(leases).set({ until: sql`clock_timestamp()` });

describe.each(stores)('a lease ($kind)', ({ open }) => {
  test('is held by one, until it runs out or is given back; who had it before can do nothing with it', async () => {
    const store = await open();
    const { db } = store;
    const first = await take(db, 'wecom', note);
    if (!first) throw new Error('nobody else can have it');
    expect(await take(db, 'wecom', note)).toBeNull();
    expect(await take(db, 'dingtalk', note)).not.toBeNull();
    expect(await renew(db, first, { ...note, state: 'ready' })).toBe(true);
    expect(await leasesNow(db)).toMatchObject([
      { name: 'dingtalk', held: true },
      { name: 'wecom', held: true, state: 'ready', since },
    ]);
    await runOut(store);
    const second = await take(db, 'wecom', note);
    expect(second?.term).toBe(first.term + 1);
    expect(await renew(db, first, note)).toBe(false);
    await release(db, first, note);
    expect(await take(db, 'wecom', note)).toBeNull();
    if (second) await release(db, second, note);
    expect((await leasesNow(db)).find(({ name }) => name === 'wecom')?.held).toBe(false);
    expect(await take(db, 'wecom', note)).not.toBeNull();
    await store.close();
  });

  test('runs out within fifteen seconds of its last renewal', async () => {
    const store = await open();
    await take(store.db, 'wecom', note);
    const [row] = await store.db
      .select({ left: sql<number>`extract(epoch from ${leases.until} - clock_timestamp())::float8` })
      .from(leases);
    expect(row?.left).toBeGreaterThan(5);
    expect(row?.left).toBeLessThanOrEqual(15);
    await store.close();
  });
});

test('of two processes one holds the connections, and the other takes over when it stops or loses its lease; nothing is left of either', async () => {
  const options = { databaseUrl: await databaseUrl(), dataDir: '' };
  const nothingIsLeft = watchResources();
  const living = await openLivingHouse(await openStore(options), '2026-04-09', '10:00');
  const { house, config, wecom, dingtalk, say, clock } = living;
  const hands = createHands({ ...clock, move: () => {} }, async () => {
    for (let round = 0; round < 20; round += 1) await new Promise((resolve) => setImmediate(resolve));
  });
  const store = await openStore(options);
  const other = await openHouse({
    ...{ config: { ...config, sandbox: false }, store, clock },
    log: pino({ level: 'silent' }),
    patience: 30_000,
    lines: { dial: dialSocket, timers: hands, random: createDice(), now: clock.now },
  });
  /** Turns the other's hands until it has what is wanted. */
  const untilOther = (states: object) =>
    vi.waitFor(
      async () => {
        await hands.pass(1_000);
        expect(other.connections.states()).toEqual(states);
      },
      { timeout: 20_000, interval: 5 },
    );
  const standby = { wecom: 'standby', dingtalk: 'standby' };
  const ready = { wecom: 'ready', dingtalk: 'ready' };

  await connect(house);
  for (const double of [wecom, dingtalk]) double.through('connection');
  other.connections.start();
  await untilOther(standby);
  expect([wecom.sockets.standing(), dingtalk.sockets.standing()]).toEqual([1, 1]);
  expect(await say('wecom', 'sec_anquan', '4.3.2 演练+1')).toContain('演练:0次→1次');

  await house.connections.close();
  await untilOther(ready);
  expect([wecom.sockets.standing(), dingtalk.sockets.standing()]).toEqual([1, 1]);
  expect(await say('dingtalk', 'dt-anquan', '4.3.2 演练+1')).toContain('演练:1次→2次');
  expect(await say('wecom', 'off_zhuren', '运行状态')).toMatch(/企业微信长连接:已连接,自4月9日/);

  // Somebody else has taken the leases while this process slept.
  await store.db.update(leases).set({ term: sql`${leases.term} + 1` });
  await untilOther(standby);
  expect(dingtalk.sockets.standing()).toBe(0);
  await other.close();
  await store.close();
  await living.close();
  await nothingIsLeft();
});
