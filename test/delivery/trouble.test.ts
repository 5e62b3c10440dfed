import { eq, sql } from 'drizzle-orm';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openStore } from '../../src/ledger/db.ts';
import { slots } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { administer, createDatabase } from '../setup/stores.ts';
import { passMinutes, rowsOf, write } from './letters.ts';

describe('the way from the clock to a group', () => {
  let living: LivingHouse;
  let database: string;
  const enter = async (day: string, time: string, more: { fetch?: typeof globalThis.fetch } = {}) => {
    const { name, url } = await createDatabase();
    database = name;
    living = await openLivingHouse(await openStore({ databaseUrl: url, dataDir: '' }), day, time, more);
    return living;
  };
  afterEach(() => living.close());

  async function takeAway(): Promise<void> {
    await administer((admin) => admin`alter database ${admin(database)} with allow_connections false`);
    await administer(
      (admin) =>
        admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${database} and pid <> pg_backend_pid()`,
    );
  }
  const giveBack = () =>
    administer((admin) => admin`alter database ${admin(database)} with allow_connections true`);
  const readiness = async () => (await fetch(`${living.house.address}/readyz`)).status;

  test('is open for the other pushes when one ends in a fault', async () => {
    await enter('2026-03-31', '20:00');
    // Which requests for more time are late the digests read, and the reminders don't.
    await living.store.db.execute(sql`alter table extensions rename column late to late_away`);
    await living.at('2026-04-01', '08:42');
    const alone = living.pushes().map(({ chat }) => chat);
    expect(alone).toContain('sec_dangwei');
    expect(alone.filter((chat) => !chat.startsWith('sec_'))).toEqual([]);
    await living.store.db.execute(sql`alter table extensions rename column late_away to late`);
    await living.at('2026-04-01', '08:43');
    expect(living.pushes().map(({ chat }) => chat)).toContain('dangwei');
  });

  test('keeps a record of mornings at which nobody looked', async () => {
    await enter('2026-03-27', '08:00');
    await living.at('2026-03-27', '08:42');
    await living.at('2026-04-01', '17:45');
    const { db } = living.store;
    const mornings = async () =>
      (await db.select().from(slots).where(eq(slots.push, 'digest')).orderBy(slots.dueAt)).map(
        ({ dueAt, state }) => `${dueAt.toISOString().slice(5, 10)} ${state}`,
      );
    expect(await mornings()).toEqual(['03-27 looked', '03-30 missed', '03-31 missed', '04-01 missed']);
    await living.at('2026-03-30', '09:00');
    expect((await mornings())[1]).toBe('03-30 looked');
  });

  test('opens again by itself after the database was away', async () => {
    await enter('2026-03-31', '20:00');
    expect(await readiness()).toBe(200);
    await takeAway();
    await living.at('2026-04-01', '08:42');
    expect(await readiness()).toBe(503);
    expect(living.pushes()).toEqual([]);
    await giveBack();
    await living.at('2026-04-01', '08:50');
    expect(await readiness()).toBe(200);
    expect(living.pushes().map(({ chat }) => chat)).toContain('sec_dangwei');
  });

  test('says a morning once when the database comes back in time, and records it as skipped when not', async () => {
    await enter('2026-03-31', '20:00');
    await living.at('2026-03-31', '20:00');
    await takeAway();
    for (const time of ['08:42', '09:30', '11:00']) await living.at('2026-04-01', time);
    await giveBack();
    for (const time of ['11:01', '11:02', '16:00']) await living.at('2026-04-01', time);
    const told = living.pushes().filter(({ text }) => text.startsWith('【整改提示】'));
    expect(told.filter(({ chat }) => chat === 'sec_dangwei')).toHaveLength(1);
    await takeAway();
    await living.at('2026-04-02', '08:42');
    await giveBack();
    await living.at('2026-04-02', '17:31');
    expect(living.pushes()).toEqual([]);
    const kept = await living.store.db.select().from(slots).where(eq(slots.push, 'personal'));
    expect(kept.map(({ dueAt, state }) => `${dueAt.toISOString().slice(5, 16)} ${state}`).toSorted()).toEqual(
      ['04-01T00:42 looked', '04-02T00:42 missed'],
    );
    expect(await living.say('office', 'off_zhuren', '运行状态')).toContain('跳过:4月2日');
  });

  test('turns /readyz red when no look has succeeded for two minutes, and green with the next that does', async () => {
    await enter('2026-04-01', '08:42');
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const looks = async () => {
      await living.house.beat.look();
      const response = await fetch(`${living.house.address}/readyz`);
      return [response.status, await response.json()];
    };
    expect(await looks()).toMatchObject([200, { beat: true }]);
    await living.store.db.execute(sql`alter table facts rename to facts_away`);
    vi.advanceTimersByTime(119_000);
    expect(await looks()).toMatchObject([200, { beat: true }]);
    vi.advanceTimersByTime(1_000);
    expect(await looks()).toMatchObject([503, { database: true, beat: false }]);
    await living.store.db.execute(sql`alter table facts_away rename to facts`);
    expect(await looks()).toMatchObject([200, { database: true, beat: true }]);
  });

  test('before anybody had looked nothing was missed, and the last look is told, whatever was due at it', async () => {
    await enter('2026-04-01', '19:05');
    await living.at('2026-04-01', '19:05');
    await living.at('2026-04-01', '19:06');
    expect(await living.store.db.select().from(slots).where(eq(slots.state, 'missed'))).toEqual([]);
    const status = await living.say('office', 'off_zhuren', '运行状态');
    expect(status).toContain('最近一次推送检查:4月1日 19:06');
    expect(status).not.toContain('跳过');
  });

  test('keeps letters for as long as WeCom lets nobody in from here, and says in whose words', async () => {
    const shut = new Set(['/message/send']);
    await enter('2026-03-31', '20:00', {
      fetch: async (input, init) =>
        [...shut].some((path) => String(input).includes(path))
          ? Response.json({ errcode: 60020, errmsg: 'not allow to access from your ip' })
          : fetch(input, init),
    });
    const told = () => living.pushes().filter(({ chat }) => chat === 'sec_dangwei');
    await living.at('2026-04-01', '08:42');
    expect(told()).toEqual([]);
    const status = await living.say('office', 'off_zhuren', '运行状态');
    expect(status).toMatch(/平台暂不接收\(errcode 60020 \S+\),4月1日 08:52后再试/);
    expect(status).not.toContain('未送达');
    shut.clear();
    await living.at('2026-04-01', '08:53');
    expect(told()).toHaveLength(1);
  });

  test('tells nothing twice when the database goes away behind a letter that has left', async () => {
    let afterwards = async (_url: string): Promise<void> => {};
    await enter('2026-01-09', '09:00', {
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        await afterwards(String(input));
        return response;
      },
    });
    await living.house.beat.look();
    living.pushes();
    await write(living, { group: 'leaders' }, '甲');
    afterwards = async (url) => {
      if (url.includes('webhook/send')) await takeAway();
    };
    await passMinutes(living, 1);
    afterwards = async () => {};
    await giveBack();
    await passMinutes(living, 20);
    expect(living.pushes().map(({ text }) => text.split('\n')[0])).toEqual(['甲']);
    expect((await rowsOf(living))[0]).toMatchObject({ state: 'sent', attempt: 1 });
  });
});
