import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { instantOf } from '../../src/ledger/days.ts';
import { openStore, type Store } from '../../src/ledger/db.ts';
import { letters } from '../../src/ledger/schema.ts';
import { createWecomDouble, type WecomDouble } from '../../src/platforms/sandbox/wecom/double.ts';
import { createClock } from '../../src/time.ts';
import { compile } from '../crash/build.ts';
import { createServer, type Server } from '../crash/server.ts';
import { freePort } from '../setup/ports.ts';
import { databaseUrl } from '../setup/stores.ts';

const MINUTE = 60_000;
const present = createClock().now;
const OFFSET = instantOf('2026-03-20', '12:00', 'Asia/Shanghai').getTime() - present().getTime();
/** When the month's meeting is announced. */
const NOTICE = instantOf('2026-03-20', '15:12', 'Asia/Shanghai').getTime();

let build: Awaited<ReturnType<typeof compile>>;
let wecom: WecomDouble;
let folder: string;
let store: Store;
const servers: (Server & { move(to: number): Promise<void> })[] = [];

beforeAll(async () => {
  build = await compile();
  folder = await mkdtemp(join(tmpdir(), 'duban-frozen-'));
  const url = await databaseUrl();
  store = await openStore({ databaseUrl: url, dataDir: '' });
  wecom = createWecomDouble({
    ...{ clock: createClock(OFFSET), deliver: 'http://127.0.0.1:1', botName: '督办', people: [] },
    groups: ['leaders', 'office', 'dangwei'].map((code) => ({
      ...{ chat: code, name: code, key: `sample-${code}` },
    })),
    ...{ token: 'Token', aesKey: 'x'.repeat(43) },
  });
  const base = await wecom.listen();
  for (let each = 0; each < 2; each += 1) {
    const port = await freePort();
    const server = createServer(join(build.folder, 'main.js'), {
      ...{ SANDBOX: '1', SECRET_KEY: 'a key that only tests use', LOG_LEVEL: 'warn', DATABASE_URL: url },
      ...{ PORT: `${port}`, DATA_DIR: join(folder, `${each}`), CLOCK_OFFSET_MS: `${OFFSET}` },
      ...{ WECOM_API_BASE: base },
    });
    const move = async (to: number) => {
      const response = await fetch(`http://127.0.0.1:${port}/sandbox/clock`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ to: new Date(to).toISOString() }),
      });
      expect(response.status).toBe(200);
    };
    servers.push({ ...server, move });
    await server.start();
  }
});
afterAll(async () => {
  for (const server of servers) await server.kill();
  await wecom.close();
  await store.close();
  await build.remove();
  await rm(folder, { recursive: true, force: true });
});

const posts = () => store.db.select().from(letters).where(eq(letters.push, 'meeting'));

test('processes that stand still over the minute of a notice say it once when they go on', async () => {
  // The beat's own timer comes with the machine's full minute: it lies in the stretch in which they stand still.
  const left = MINUTE - (present().getTime() % MINUTE);
  if (left < 10_000) await after(left);
  const boundary = Math.ceil(present().getTime() / MINUTE) * MINUTE;
  await Promise.all(servers.map((server) => server.move(NOTICE - (boundary - 1_000 - present().getTime()))));
  for (const server of servers) server.freeze();
  await after(boundary + 1_000 - present().getTime());
  expect(await posts()).toEqual([]);
  for (const server of servers) server.thaw();
  const sent = () => posts().then((rows) => rows.filter(({ state }) => state === 'sent'));
  await vi.waitFor(async () => expect(await sent()).not.toEqual([]), { timeout: 90_000, interval: 100 });
  await Promise.all(servers.map((server) => server.move(NOTICE + 5 * MINUTE)));
  const rows = await posts();
  const keys = rows.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(rows.filter(({ attempt }) => attempt > 1)).toEqual([]);
  const texts = wecom.lines().map(({ chat, text }) => JSON.stringify([chat, text]));
  expect(new Set(texts).size).toBe(texts.length);
  expect(texts.filter((text) => text.includes('【会议通知】'))).toHaveLength(2);
}, 180_000);
