import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { instantOf } from '../../src/ledger/days.ts';
import { openStore, type Store } from '../../src/ledger/db.ts';
import { createDingtalkDouble, type DingtalkDouble } from '../../src/platforms/sandbox/dingtalk/double.ts';
import { createWecomDouble, type WecomDouble } from '../../src/platforms/sandbox/wecom/double.ts';
import { createClock } from '../../src/time.ts';
import { compile } from '../crash/build.ts';
import { readLedger } from '../crash/ledger.ts';
import { createServer, type Server } from '../crash/server.ts';
import { freePort } from '../setup/ports.ts';
import { databaseUrl } from '../setup/stores.ts';

const OFFSET = instantOf('2026-04-09', '10:00', 'Asia/Shanghai').getTime() - createClock().now().getTime();
const app = { appKey: 'dingapp', appSecret: 'a secret that only tests use', robotCode: 'dingapp' };
const bot = { botId: 'aibTest', botSecret: 'another one' };
/** Milliseconds that a double waits for an answer: longer than any that comes. */
const PATIENCE = 5_000;
/** Milliseconds before what found no answer is said again. */
const PAUSE = 500;

let build: Awaited<ReturnType<typeof compile>>;
let wecom: WecomDouble;
let dingtalk: DingtalkDouble;
let folder: string;
let store: Store;
let url: string;
const servers: Server[] = [];

beforeAll(async () => {
  build = await compile();
  folder = await mkdtemp(join(tmpdir(), 'duban-links-'));
  url = await databaseUrl();
  store = await openStore({ databaseUrl: url, dataDir: '' });
  const clock = createClock(OFFSET);
  const world = {
    clock,
    deliver: 'http://127.0.0.1:1',
    botName: '督办',
    groups: [],
    people: [],
    patience: PATIENCE,
  };
  wecom = createWecomDouble({ ...world, ...bot, token: 'Token', aesKey: 'x'.repeat(43) });
  dingtalk = createDingtalkDouble({ ...world, ...app });
  const [wecomBase, dingtalkBase] = [await wecom.listen(), await dingtalk.listen()];
  for (const double of [wecom, dingtalk]) double.through('connection');
  for (let each = 0; each < 2; each += 1) {
    const server = createServer(join(build.folder, 'main.js'), {
      ...{
        SANDBOX: '1',
        SECRET_KEY: 'a key that only tests use',
        LOG_LEVEL: 'warn',
        SHUTDOWN_GRACE_MS: '2000',
      },
      ...{ PORT: `${await freePort()}`, DATA_DIR: join(folder, `${each}`), DATABASE_URL: url },
      ...{
        CLOCK_OFFSET_MS: `${OFFSET}`,
        WECOM_API_BASE: wecomBase,
        WECOM_WS_URL: wecomBase.replace('http', 'ws'),
      },
      ...{ WECOM_BOT_ID: bot.botId, WECOM_BOT_SECRET: bot.botSecret },
      ...{ DINGTALK_API_BASE: dingtalkBase, DINGTALK_OAPI_BASE: dingtalkBase, DINGTALK_STREAM: '1' },
      ...{ DINGTALK_APP_KEY: app.appKey, DINGTALK_APP_SECRET: app.appSecret },
    });
    servers.push(server);
  }
});
afterAll(async () => {
  for (const server of servers) await server.kill();
  for (const double of [wecom, dingtalk]) await double.close();
  await store.close();
  await build.remove();
  await rm(folder, { recursive: true, force: true });
});

const stand = () =>
  vi.waitFor(() => expect([wecom.sockets.standing(), dingtalk.sockets.standing()]).toEqual([1, 1]), {
    timeout: 40_000,
    interval: 50,
  });

/** People who report without a pause, and say what found no answer again until it has one. */
function report() {
  const sent: { id: string; status: number | null }[] = [];
  let going = true;
  const speakers = [
    { double: wecom, user: 'sec_anquan', text: '4.3.2 演练+1' },
    { double: wecom, user: 'sec_guihua', text: '4.2.2 学校+1' },
    { double: dingtalk, user: 'dt-anquan', text: '4.3.2 督查+1' },
    { double: dingtalk, user: 'dt-dangwei', text: '2.1.1 培训班+1' },
  ].map(async ({ double, user, text }) => {
    while (going) {
      const one = { id: randomUUID(), status: null as number | null };
      sent.push(one);
      const heard = await double.say({ chat: 'single', user, text, id: one.id });
      // On a machine too busy to record it in time, people are told so.
      one.status = heard.answer?.includes('已记录') ? heard.status : null;
      const isAnswered = () => double.lines().some(({ answers }) => answers === one.id);
      while (going && !isAnswered()) {
        if (double.sockets.standing() > 0) await double.again(one.id);
        await after(PAUSE);
      }
    }
  });
  return {
    sent,
    stop: async () => {
      going = false;
      await Promise.all(speakers);
      return sent;
    },
  };
}

test('the death of the process that holds the connections, under load, loses nothing that was acknowledged', async () => {
  const [first, second] = servers;
  if (!first || !second) throw new Error('there are no servers');
  await first.start();
  await stand();
  await second.start();
  const { sent, stop } = report();
  const more = async (count: number) => {
    const until = sent.length + count;
    await vi.waitFor(() => expect(sent.length).toBeGreaterThan(until), { timeout: 60_000, interval: 20 });
  };
  await more(30);
  await first.kill();
  const died = performance.now();
  await stand();
  expect(performance.now() - died).toBeLessThan(30_000);
  await more(30);
  await second.stop();
  const all = await stop();

  const effects = new Map<string | null, number>();
  for (const { messageId } of await readLedger({ databaseUrl: url, dataDir: '' })) {
    effects.set(messageId, (effects.get(messageId) ?? 0) + 1);
  }
  const answers = (id: string) =>
    [...wecom.lines(), ...dingtalk.lines()].filter((line) => line.answers === id).length;
  expect(all.filter(({ id, status }) => status === 200 && effects.get(id) !== 1)).toEqual([]);
  expect(all.filter(({ id }) => (effects.get(id) ?? 0) > 1 || answers(id) > 1)).toEqual([]);
  expect([first.faults, second.faults]).toEqual([[], []]);
}, 240_000);
