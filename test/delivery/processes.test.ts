import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { type House, openHouse } from '../../src/house.ts';
import { openStore } from '../../src/ledger/db.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { databaseUrl } from '../setup/stores.ts';
import { arrivals, mostInAMinute, rowsOf, write } from './letters.ts';

/** Two processes as far as the database and the platforms can tell: each its own connections and its own beat. */
describe('two processes on one database', () => {
  let living: LivingHouse;
  let other: { house: House; close(): Promise<void> };
  let options: { databaseUrl: string; dataDir: string };

  async function join(): Promise<typeof other> {
    const { config } = living;
    const store = await openStore(options);
    const house = await openHouse({ config, store, clock: living.clock, log: pino({ level: 'silent' }) });
    const close = async () => {
      await house.close();
      await store.close();
    };
    return { house, close };
  }

  const enter = async (day: string, time: string) => {
    options = { databaseUrl: await databaseUrl(), dataDir: '' };
    living = await openLivingHouse(await openStore(options), day, time);
    other = await join();
  };
  afterEach(async () => {
    await other.close();
    await living.close();
  });
  const bothLook = () => Promise.all([living.house, other.house].map((house) => house.beat.look()));

  test('send each letter once and share the minute', async () => {
    await enter('2026-01-09', '09:00');
    await bothLook();
    living.pushes();
    for (const { sent } of [living.wecom, living.dingtalk]) sent.length = 0;
    living.clock.move(60_000);
    for (let each = 1; each <= 24; each += 1) {
      await write(living, { wecom: each % 2 === 0 ? 'sec_caiwu' : 'sec_renshi' }, `甲${each}`);
      await write(living, { dingtalk: each % 2 === 0 ? 'dt-caiwu' : 'dt-renshi' }, `乙${each}`);
    }
    for (let minute = 0; minute < 4; minute += 1) {
      await Promise.all([bothLook(), bothLook()]);
      expect(mostInAMinute(living.wecom.sent)).toBeLessThanOrEqual(18);
      expect(mostInAMinute(living.dingtalk.sent)).toBeLessThanOrEqual(18);
      living.clock.move(60_000);
    }
    const rows = await rowsOf(living);
    expect(rows.filter(({ state, attempt }) => state !== 'sent' || attempt !== 1)).toEqual([]);
    for (const row of rows) {
      expect(arrivals(living).filter(({ text }) => text.split(/\s/).includes(row.key))).toHaveLength(1);
    }
  });

  test('say a morning once, also after a restart and with the clock set back', async () => {
    await enter('2026-03-31', '20:00');
    const at = (time: string) =>
      living.clock.move(Date.parse(`2026-04-01T${time}:00+08:00`) - living.clock.now().getTime());
    for (const time of ['08:42', '08:43', '08:42', '05:40', '09:00']) {
      at(time);
      await bothLook();
      await other.close();
      other = await join();
    }
    const chats = living.pushes().map(({ chat }) => chat);
    expect(chats).toHaveLength(5);
    expect(new Set(chats)).toEqual(
      new Set(['anquan', 'dangwei', 'sec_bangongshi', 'sec_dangwei', 'sec_jiwei']),
    );
  });
});
