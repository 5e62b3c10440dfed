import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { compile } from '../crash/build.ts';
import { freePort } from '../setup/ports.ts';
import { administer, createDatabase } from '../setup/stores.ts';
import { writeAddresses } from './addresses.ts';
import { type Callers, createCallers, IDENTITY, OFFICE, TELEPHONE } from './callers.ts';
import { filesIn, misconfigured, rowsIn } from './places.ts';
import { openTalkative, type Talkative } from './platform.ts';
import { type Running, run } from './running.ts';
import { createSecrets, wanted } from './secrets.ts';
import { type Found, leaks, type Secret } from './traces.ts';

const secrets = createSecrets();
const { environment: own, robots, wrong } = secrets;

const found: Found[] = [];
const known: Secret[] = [
  ...wanted(secrets),
  { name: 'an identity number', core: IDENTITY },
  { name: 'a telephone number', core: TELEPHONE },
];

let folder: string;
let build: { folder: string; remove(): Promise<void> };
let platform: Talkative;
let database: { name: string; url: string };
let settings: Record<string, string>;
let callers: Callers;
let offset = 0;
/** What was posted before the last server was started. */
let postedBefore = 0;
const started: Running[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'duban-canary-'));
  build = await compile();
  platform = await openTalkative(secrets);
  const { name, url } = await createDatabase();
  const withPassword = url.replace('postgres@', `postgres:${own['the database password']}@`);
  database = { name, url: withPassword };
  const port = await freePort();
  callers = createCallers({
    ...{ secrets, found, address: `http://127.0.0.1:${port}`, platform: platform.url },
    now: () => new Date(Date.now() + offset),
  });
  settings = {
    ...{ PORT: String(port), HOST: '127.0.0.1', SANDBOX: '0', LOG_LEVEL: 'trace', DATA_DIR: folder },
    ...{ DATABASE_URL: withPassword, PUBLIC_URL: 'https://duban.example', SHUTDOWN_GRACE_MS: '2000' },
    ...{ SECRET_KEY: own.SECRET_KEY, WECOM_TOKEN: own.WECOM_TOKEN, WECOM_AES_KEY: own.WECOM_AES_KEY },
    ...{ WECOM_API_BASE: platform.url, WECOM_CORP_ID: 'corp', WECOM_AGENT_ID: '7' },
    ...{ WECOM_APP_SECRET: own.WECOM_APP_SECRET, DINGTALK_APP_KEY: 'key' },
    ...{ DINGTALK_APP_SECRET: own.DINGTALK_APP_SECRET, DINGTALK_ROBOT_CODE: 'dingrobot' },
    ...{ DINGTALK_API_BASE: platform.url, DINGTALK_OAPI_BASE: platform.url },
  };
}, 120_000);
// A test that fails leaves no server to those after it.
afterEach(() => Promise.all(started.splice(0).map((server) => server.stop())));
afterAll(async () => {
  await platform.close();
  await build.remove();
  await rm(folder, { recursive: true, force: true });
});

async function start(time: string, more: Record<string, string> = {}): Promise<Running> {
  offset = Date.parse(`2026-04-13T${time}:00+08:00`) - Date.now();
  postedBefore = platform.posts.length;
  const server = run(
    `the server of ${time}`,
    [join(build.folder, 'main.js')],
    { ...settings, CLOCK_OFFSET_MS: String(offset), ...more },
    found,
  );
  started.push(server);
  await server.says('duban is up');
  return server;
}

async function shell(...args: string[]): Promise<number | null> {
  return run(`npm run ${args[0]}`, [join(build.folder, 'cli.js'), ...args], settings, found).ended;
}

async function withoutDatabase(): Promise<void> {
  await administer((admin) => admin`alter database ${admin(database.name)} with allow_connections false`);
  await administer(
    (admin) => admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${database.name}`,
  );
  expect((await callers.ask('/readyz')).status).toBe(503);
  await callers.tell('sec_anquan', '4.3.2 演练+1');
  const link = /https:\/\/duban\.example(\/board\?\S+)/.exec(found.map(({ text }) => text).join('\n'))?.[1];
  expect((await callers.ask(link ?? '')).status).toBeGreaterThanOrEqual(500);
  await callers.ask('/metrics');
  await administer((admin) => admin`alter database ${admin(database.name)} with allow_connections true`);
  await vi.waitFor(async () => expect((await callers.ask('/readyz')).status).toBe(200), { timeout: 20_000 });
}

/** So many posts of the last server, which may have begun before it said that it is up, have been answered, each in a way of its own. */
async function posts(count: number): Promise<void> {
  await vi.waitFor(() => expect(platform.posts.length - postedBefore).toBeGreaterThanOrEqual(count), {
    timeout: 40_000,
  });
}

test(`none of ${known.length} secrets shows in what the running product says, sends, answers, keeps or exports`, {
  timeout: 240_000,
}, async () => {
  expect(new Set(known.map(({ core }) => core.toString('hex'))).size).toBeGreaterThanOrEqual(40);
  const books = await writeAddresses(database.url, folder, platform.url, secrets);
  expect(await shell('import', books.wrong)).toBe(1);
  expect(await shell('import', books.good)).toBe(0);
  await Promise.all([rm(books.wrong), rm(books.good)]);
  const morning = await start('08:50');
  await posts(5);
  await callers.strangers();
  await callers.members();
  expect(await shell('board', '领导小组群')).toBe(0);
  await withoutDatabase();
  expect(await morning.stop()).toBe(0);

  const later = await start('09:20', {
    ...{ WECOM_BOT_ID: 'AIBOTID', WECOM_BOT_SECRET: own.WECOM_BOT_SECRET, DINGTALK_STREAM: '1' },
    WECOM_WS_URL: platform.url.replace('http', 'ws'),
  });
  await posts(3);
  await callers.tell('off_zhuren', '运行状态', OFFICE);
  await later.stop();
  const third = await start('10:40');
  await posts(3);
  await third.stop();

  platform.behave();
  const noon = await start('14:00');
  await posts(3);
  await callers.tell('off_zhuren', '运行状态', OFFICE);
  await noon.stop();
  expect(await shell('export', join(folder, 'out.xlsx'))).toBe(0);
  expect(await shell('verify')).toBe(0);

  found.push(...platform.posts, ...(await rowsIn(database.url)), ...(await filesIn(folder)));
  expect(leaks(known, found)).toEqual([]);
  // They were in use: the platform was told them, where they belong.
  const told = platform.heard.join('\n');
  const { leaders, office, dangwei } = robots;
  const uses = { leaders, office, dangwei, app: own.WECOM_APP_SECRET, ...secrets.issued };
  expect(Object.entries(uses).filter(([, value]) => !told.includes(value))).toEqual([]);
});

test('nor in what is said of wrong settings, another key, a database that is not there, or a crash', {
  timeout: 120_000,
}, async () => {
  const said: Found[] = misconfigured(settings, wrong);
  const fails = async (where: string, more: Record<string, string>) => {
    const main = [join(build.folder, 'main.js')];
    expect(await run(where, main, { ...settings, ...more }, said).ended).toBe(1);
  };
  await fails('all wrong at once', {
    SECRET_KEY: wrong['SECRET_KEY too short'],
    WECOM_AES_KEY: wrong['another key'],
    DATABASE_URL: `mysql://duban:${wrong['another database']}@db/duban`,
  });
  await fails('nobody listens', {
    DATABASE_URL: `postgres://duban:${own['the database password']}@127.0.0.1:1/duban`,
  });
  await fails('no such database', { DATABASE_URL: `${database.url}_not` });
  await fails('another key', { SECRET_KEY: `${wrong['another key']}${wrong['token with a sign']}` });
  const bomb = `setInterval(() => { if (process.listenerCount('uncaughtException') > 0) throw Object.assign(
    new Error('no way to ' + process.env.WECOM_API_BASE + '/cgi-bin/gettoken?corpid=c&corpsecret=' +
    process.env.WECOM_APP_SECRET + ' from ' + process.env.DATABASE_URL), { cause: new Error(process.env.SECRET_KEY) }) }, 20)`;
  await fails('a crash', {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(bomb)}`,
  });
  expect(leaks(known, said)).toEqual([]);
  expect(said.find(({ where }) => where === 'a crash')?.text).toContain('no way to');
});

test('nor in the files of the embedded database, which are what is backed up', {
  timeout: 120_000,
}, async () => {
  const data = join(folder, 'embedded');
  settings = { ...settings, DATA_DIR: data, DATABASE_URL: '' };
  const output = found.length;
  const server = await start('08:50', { SANDBOX: '1' });
  await server.stop();
  expect(leaks(known, [...found.slice(output), ...(await filesIn(data))])).toEqual([]);
});
