import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openStore } from '../../src/ledger/db.ts';
import { loadSample } from '../../src/ledger/plan/load.ts';
import { dingtalkCall, dingtalkText } from '../clients/dingtalk.ts';
import {
  aiBotText,
  type HttpCall,
  openWecomAnswer,
  robotTextXml,
  signedCall,
  wecomCall,
} from '../clients/wecom.ts';
import { compile } from '../crash/build.ts';
import { freePort } from '../crash/server.ts';
import { administer, createDatabase } from '../setup/stores.ts';
import { deskAt, open } from '../workbook/desk.ts';
import { filesIn, misconfigured, rowsIn } from './places.ts';
import { openTalkative, type Talkative } from './platform.ts';
import { type Running, run } from './running.ts';
import { createSecrets, wanted } from './secrets.ts';
import { type Found, leaks, type Secret } from './traces.ts';

const secrets = createSecrets();
const { environment: own, carried, refused, robots, strange, wrong } = secrets;
const IDENTITY = '11010519900307233X';
const TELEPHONE = '13988072641';

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
let address: string;
let settings: Record<string, string>;
let offset = 0;

const now = () => new Date(Date.now() + offset);
const keys = { token: own.WECOM_TOKEN, aesKey: own.WECOM_AES_KEY };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'duban-canary-'));
  build = await compile();
  platform = await openTalkative(secrets);
  const { name, url } = await createDatabase();
  const withPassword = url.replace('postgres@', `postgres:${own['the database password']}@`);
  database = { name, url: withPassword };
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
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
afterAll(async () => {
  await platform.close();
  await build.remove();
  await rm(folder, { recursive: true, force: true });
});

async function start(time: string, more: Record<string, string> = {}): Promise<Running> {
  offset = Date.parse(`2026-04-13T${time}:00+08:00`) - Date.now();
  const server = run(
    `the server of ${time}`,
    [join(build.folder, 'main.js')],
    { ...settings, CLOCK_OFFSET_MS: String(offset), ...more },
    found,
  );
  await server.says('duban is up');
  return server;
}

async function shell(...args: string[]): Promise<number | null> {
  return run(`npm run ${args[0]}`, [join(build.folder, 'cli.js'), ...args], settings, found).ended;
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(address + path, init);
  const text = await answer.clone().text();
  const where = `an answer to ${path.split('?')[0]} (${answer.status})`;
  found.push({ where, text: JSON.stringify([...answer.headers]) + text });
  return answer;
}

async function call(name: 'wecom' | 'dingtalk', { query, headers, body }: HttpCall): Promise<string> {
  const pairs = headers.flatMap((each, at) => (at % 2 === 0 ? [[each, headers[at + 1] ?? '']] : []));
  const init = { method: 'POST', headers: Object.fromEntries(pairs), body: new Uint8Array(body) };
  return (await ask(`/hooks/${name}?${query}`, init)).text();
}

/** What the bot answers to words from WeCom, with whatever else stands in the call. */
async function tell(sender: string, text: string, chat?: string, more = (plain: string) => plain) {
  const said = { id: `c${found.length}`, sender, text, ...(chat === undefined ? {} : { chat }) };
  const plaintext = more(aiBotText(said).replace('=CODE', `=${carried['response code']}`));
  const answer = await call('wecom', wecomCall({ ...keys, plaintext, now: now() }));
  if (answer === '') return '';
  const { plaintext: shown } = openWecomAnswer(keys, answer);
  found.push({ where: `the answer to ${text.slice(0, 8)}`, text: shown });
  return shown;
}

const OFFICE = 'wrSampleOffice0002';

/** The addresses of group robots, by the codes of the groups. */
const addressOf = (code: 'leaders' | 'office' | 'dangwei' | 'system' | 'anquan') =>
  code === 'system' || code === 'anquan'
    ? `${platform.url}/robot/send?access_token=${robots[code]}`
    : `${platform.url}/cgi-bin/webhook/send?key=${robots[code]}`;

/** First with addresses that are refused, then with good ones. */
async function importAddresses(): Promise<void> {
  const store = await openStore({ databaseUrl: database.url, dataDir: '' });
  await loadSample(store.db, new Date('2026-01-05T02:00:00Z'));
  const bytes = await deskAt(store).export();
  await store.close();
  const write = async (name: string, cells: [code: string, header: string, value: string][]) => {
    const book = await open(bytes);
    for (const [code, header, value] of cells) book.set('群', code, header, value);
    book.set('方案', '试运行至', '', '不试运行');
    const path = join(folder, name);
    await writeFile(path, await book.save());
    return path;
  };
  const wrongOnes = await write('bad.xlsx', [
    ['leaders', '推送地址', `https://elsewhere.example/send?key=${refused['on another host']}`],
    ['office', '推送地址', `http://x:${refused['as a user’s password']}@127.0.0.1/send`],
    ['dangwei', '推送地址', `key=${refused['in no address']}`],
    ['system', '推送地址', `${platform.url} key ${refused['with blanks']}`],
  ]);
  expect(await shell('import', wrongOnes)).toBe(1);
  const goodOnes = await write('good.xlsx', [
    ...(['leaders', 'office', 'dangwei', 'system', 'anquan'] as const).map(
      (code): [string, string, string] => [code, '推送地址', addressOf(code)],
    ),
    ['system', '加签密钥', robots['system 加签']],
    ['anquan', '加签密钥', robots['anquan 加签']],
  ]);
  expect(await shell('import', goodOnes)).toBe(0);
  await Promise.all([wrongOnes, goodOnes].map((path) => rm(path)));
}

/** Calls that nobody signed, with what their senders would rather not see in a log. */
async function strangers(): Promise<void> {
  const headers = { authorization: `Bearer ${strange.Authorization}`, cookie: `a=${strange.cookie}` };
  await ask(`/hooks/wecom?key=${strange['unsigned query']}`, { method: 'POST', headers, body: '{}' });
  await ask(`/hooks/dingtalk?key=${strange['unsigned query']}`, { method: 'POST', headers, body: '{}' });
  await ask(`/board?for=g1&until=zzzzzz&sign=${strange['link’s signature']}`, { headers });
  await ask(`/no/page?key=${strange['query of no page']}`, { headers });
  await ask(`/board/%E0%A4%A?key=${strange['query of no page']}`, { headers });
  const broken = Buffer.from(`${strange['cipher text']}${'x'.repeat(12)}`).toString('base64');
  await call('wecom', signedCall({ ...keys, plaintext: '', now: now() }, broken));
  await call('wecom', wecomCall({ ...keys, aesKey: `${'A'.repeat(42)}E`, plaintext: '{}', now: now() }));
  await call(
    'dingtalk',
    dingtalkCall({ secret: own.DINGTALK_APP_SECRET, body: strange['cipher text'], now: now() }),
  );
  for (const path of ['/healthz', '/readyz', '/metrics', '/sandbox']) await ask(path, { headers });
}

/** People, among them some who type what nobody may keep. */
async function members(): Promise<void> {
  const withPicture = (plain: string) =>
    JSON.stringify({
      ...JSON.parse(plain),
      msgtype: 'image',
      image: {
        url: `${platform.url}/pic?sign=${carried['address of a picture']}`,
        aeskey: carried['picture’s key'],
      },
    });
  expect(await tell('sec_anquan', '4.3.2 演练+1')).toContain('已记录');
  await tell('sec_anquan', '', undefined, withPicture);
  expect(await tell('sec_anquan', `4.3.2 联系人电话${TELEPHONE}`)).toContain('未记录');
  expect(await tell('sec_anquan', `4.3.2 身份证${IDENTITY}`)).toContain('未记录');
  await call(
    'wecom',
    wecomCall({
      ...keys,
      format: 'xml',
      plaintext: robotTextXml({ id: 'xml', sender: 'sec_anquan', text: '我的' }).replace(
        '=KEY',
        `=${carried['webhook of a message']}`,
      ),
      now: now(),
    }),
  );
  const body = dingtalkText({ id: 'ding', sender: 'dt-anquan', text: '4.3.2 演练+1' }, now());
  body.sessionWebhook = `${platform.url}/robot/sendBySession?session=${carried.session}`;
  await call('dingtalk', dingtalkCall({ secret: own.DINGTALK_APP_SECRET, body, now: now() }));
  for (const text of ['运行状态', '导出 台账', '绑定码 财务科科长']) await tell('off_zhuren', text);
  expect(await tell('off_zhuren', '运行状态', OFFICE)).toContain('运行状态');
}

async function withoutDatabase(): Promise<void> {
  await administer((admin) => admin`alter database ${admin(database.name)} with allow_connections false`);
  await administer(
    (admin) => admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${database.name}`,
  );
  expect((await ask('/readyz')).status).toBe(503);
  await tell('sec_anquan', '4.3.2 演练+1');
  const link = /https:\/\/duban\.example(\/board\?\S+)/.exec(found.map(({ text }) => text).join('\n'))?.[1];
  expect((await ask(link ?? '')).status).toBeGreaterThanOrEqual(500);
  await ask('/metrics');
  await administer((admin) => admin`alter database ${admin(database.name)} with allow_connections true`);
  await vi.waitFor(async () => expect((await ask('/readyz')).status).toBe(200), { timeout: 20_000 });
}

/** So many more posts than before have been answered, each in a way of its own. */
async function posts(more: number): Promise<void> {
  const before = platform.posts.length;
  await vi.waitFor(() => expect(platform.posts.length - before).toBeGreaterThanOrEqual(more), {
    timeout: 40_000,
  });
}

test(`none of ${known.length} secrets shows in what the running product says, sends, answers, keeps or exports`, {
  timeout: 240_000,
}, async () => {
  expect(new Set(known.map(({ core }) => core.toString('hex'))).size).toBeGreaterThanOrEqual(40);
  await importAddresses();
  const morning = await start('08:50');
  await posts(5);
  await strangers();
  await members();
  expect(await shell('board', '领导小组群')).toBe(0);
  await withoutDatabase();
  expect(await morning.stop()).toBe(0);

  const later = await start('09:20', {
    ...{ WECOM_BOT_ID: 'AIBOTID', WECOM_BOT_SECRET: own.WECOM_BOT_SECRET, DINGTALK_STREAM: '1' },
    WECOM_WS_URL: platform.url.replace('http', 'ws'),
  });
  await posts(3);
  await tell('off_zhuren', '运行状态', OFFICE);
  await later.stop();
  const third = await start('10:40');
  await posts(3);
  await third.stop();

  platform.behave();
  const noon = await start('14:00');
  await posts(3);
  await tell('off_zhuren', '运行状态', OFFICE);
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

test('a secret is found however it is written', async () => {
  const core = own.WECOM_APP_SECRET;
  const secret = [{ name: 'it', core }];
  const inBase64 = ['', 'a', 'ab'].map((before) => Buffer.from(`${before}${core}zz`).toString('base64'));
  const book = await open(await readFile(join(folder, 'out.xlsx')));
  book.set('科室', 'anquan', '别名', core);
  const texts = [`?key=${core}&`, Buffer.from(core).toString('hex'), ...inBase64, await book.save()];
  for (const text of texts) expect(leaks(secret, [{ where: 'here', text }])).toEqual(['it in here']);
  expect(leaks(secret, [{ where: 'here', text: core.slice(1) }])).toEqual([]);
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
