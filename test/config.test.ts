import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plain } from '../src/chat/plain.ts';
import { Misconfigured, readConfig, takeSettings } from '../src/config.ts';
import { openStore } from '../src/ledger/db.ts';
import { plainly } from '../src/plainly.ts';
import { remarksOn } from '../src/remarks.ts';
import { createLinks } from '../src/web/links.ts';

const now = new Date('2026-04-10T09:00:00+08:00');
const AES = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';

describe('the settings', () => {
  test('come from an env file that a command line begins with, below what the environment says', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'duban-')), '.env');
    const taken = (environment: Record<string, string>, line = [`--settings=${file}`, 'verify', '--x']) => ({
      rest: takeSettings(line, environment),
      environment,
    });
    expect(taken({})).toEqual({ rest: ['verify', '--x'], environment: {} });
    writeFileSync(file, '\uFEFFDATABASE_URL=postgres://h/d\n# PORT=1\nDATA_DIR="/srv/du ban"\n');
    expect(taken({ DATA_DIR: '/own' })).toEqual({
      rest: ['verify', '--x'],
      environment: { DATABASE_URL: 'postgres://h/d', DATA_DIR: '/own' },
    });
    expect(taken({}, ['verify'])).toEqual({ rest: ['verify'], environment: {} });
  });

  test('may all be absent: the sandbox is on and listens on this machine only', () => {
    expect(readConfig({})).toMatchObject({ sandbox: true, host: '127.0.0.1', PORT: 3000, DATA_DIR: '.data' });
  });

  test.each([
    [{ NODE_ENV: 'production' }],
    [{ WECOM_TOKEN: 'abc', WECOM_AES_KEY: AES }],
    [{ DINGTALK_APP_SECRET: 's' }],
    [{ SANDBOX: '0' }],
  ])('turn the sandbox off with %o, and listen to everybody', (environment) => {
    expect(readConfig(environment)).toMatchObject({ sandbox: false, host: '0.0.0.0' });
  });

  test('keep the sandbox on beside a credential when SANDBOX says so', () => {
    expect(readConfig({ DINGTALK_APP_SECRET: 's', SANDBOX: '1' }).sandbox).toBe(true);
  });

  test('treat an empty line as absent', () => {
    expect(readConfig({ PORT: '', WECOM_BOT_NAME: ' ', DATABASE_URL: '' })).toMatchObject({
      PORT: 3000,
      WECOM_BOT_NAME: '督办',
      DATABASE_URL: undefined,
    });
  });

  test.each([
    ['https://Duban.Example.cn', 'https://duban.example.cn'],
    ['https://duban.example.cn:443', 'https://duban.example.cn'],
    ['http://10.1.2.3:80/', 'http://10.1.2.3'],
    ['https://duban.example.cn/zg//', 'https://duban.example.cn/zg'],
    ['https://督办.教育.cn', 'https://xn--wfrp96f.xn--wcvs22d.cn'],
  ])('the address %s is the one that links begin with', (PUBLIC_URL, address) => {
    const config = readConfig({ PUBLIC_URL });
    expect(config.PUBLIC_URL).toBe(address);
    const link = createLinks('a key that only tests use', config.PUBLIC_URL).to('board', { groupId: 1 }, now);
    expect(plain(`看板:${link}`, config.PUBLIC_URL)).toBe(`看板:${link}`);
  });

  test('know the public platforms however their addresses are written', () => {
    const written = {
      WECOM_API_BASE: 'https://QYAPI.weixin.qq.com:443/',
      DINGTALK_API_BASE: 'https://API.dingtalk.com',
    };
    expect(readConfig(written).publicBases).toMatchObject({ wecom: true, dingtalk: true });
  });

  const shown = {
    ...{ WECOM_TOKEN: 'abc', WECOM_AES_KEY: AES, WECOM_BOT_ID: 'aib-1', WECOM_BOT_SECRET: 's3cr3t' },
    ...{ WECOM_CORP_ID: 'ww1', WECOM_AGENT_ID: '1000002', WECOM_APP_SECRET: 's3cr3t+/=_-' },
    ...{ DINGTALK_APP_KEY: 'ding1', DINGTALK_APP_SECRET: 's3cr3t', DINGTALK_ROBOT_CODE: 'ding1' },
  };
  test.each(Object.entries(shown).filter(([name]) => name !== 'WECOM_AGENT_ID'))(
    'take %s as the platform shows it, without what came along when it was copied',
    (name, value) => {
      expect(readConfig({ ...shown, [name]: ` ${value}\t\n` })).toMatchObject({ [name]: value });
      for (const spoilt of [`"${value}"`, `'${value}'`, `${value}\n${value}`, `${value}\u200b`, `“${value}”`])
        expect(() => readConfig({ ...shown, [name]: spoilt })).toThrow(new RegExp(`^${name}:`));
    },
  );

  test('come from files by NAME_FILE, but not from both', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'duban-')), 'secret');
    writeFileSync(file, 'a long enough secret\n');
    expect(readConfig({ SECRET_KEY_FILE: file }).SECRET_KEY).toBe('a long enough secret');
    expect(() => readConfig({ SECRET_KEY_FILE: file, SECRET_KEY: 'another long secret' })).toThrow(
      /SECRET_KEY/,
    );
    expect(() => readConfig({ SECRET_KEY_FILE: `${file}-gone` })).toThrow(/SECRET_KEY_FILE/);
  });

  test.each([
    ['the sandbox open to others', { HOST: '0.0.0.0', PORT: '3100' }, /HOST.*ssh -L 3100:127\.0\.0\.1:3100/],
    ['a moved clock in production', { NODE_ENV: 'production', CLOCK_OFFSET_MS: '1000' }, /CLOCK_OFFSET_MS/],
    ['half of a pair', { WECOM_TOKEN: 'abc' }, /WECOM_AES_KEY/],
    ['a key of 42 characters', { WECOM_TOKEN: 'abc', WECOM_AES_KEY: AES.slice(1) }, /WECOM_AES_KEY:须为43位/],
    ['a foreign API over plain http', { WECOM_API_BASE: 'http://10.0.0.1' }, /WECOM_API_BASE/],
    ['a foreign socket in the clear', { WECOM_WS_URL: 'ws://10.0.0.1' }, /WECOM_WS_URL:除本机外须用 wss/],
    ["a connection's secret without its bot", { WECOM_BOT_SECRET: 'x' }, /WECOM_BOT_ID/],
    ['Stream mode without an app', { DINGTALK_STREAM: '1', SANDBOX: '0' }, /DINGTALK_APP_KEY/],
    ['a port that is none', { PORT: '99999' }, /PORT/],
    ['another database', { DATABASE_URL: 'mysql://x' }, /DATABASE_URL/],
    ['half of an app', { WECOM_CORP_ID: 'ww1' }, /WECOM_AGENT_ID、WECOM_APP_SECRET:未设置/],
    ["an app's key without its secret", { DINGTALK_APP_KEY: 'k' }, /DINGTALK_APP_SECRET:未设置/],
    ['an address without its scheme', { PUBLIC_URL: 'duban.example.cn' }, /PUBLIC_URL:须是以 https/],
    [
      'an address with a query',
      { PUBLIC_URL: 'https://duban.example.cn/?x=1' },
      /PUBLIC_URL:.*不带账号和参数/,
    ],
    ['a base with a query', { DINGTALK_API_BASE: 'https://d.example/?x=1' }, /DINGTALK_API_BASE/],
    ['an address with a name in it', { PUBLIC_URL: 'https://me:pw@duban.example.cn' }, /PUBLIC_URL/],
    ['hosts that are addresses', { MEDIA_HOSTS: 'https://files.example.cn/x' }, /MEDIA_HOSTS:只写主机名/],
    ['a word for production that is none', { NODE_ENV: 'prod' }, /NODE_ENV:正式使用填 production/],
    ['a database without a host', { DATABASE_URL: 'postgres://' }, /DATABASE_URL/],
  ])('refuse %s', (_what, environment, why) => {
    expect(() => readConfig(environment)).toThrow(Misconfigured);
    expect(() => readConfig(environment)).toThrow(why);
  });

  test('tell all that is wrong at once, a line each', () => {
    expect(() => readConfig({ PORT: 'x', SANDBOX: '是', DATABASE_URL: 'mysql://x' })).toThrow(
      /^PORT:.*\nDATABASE_URL:.*\nSANDBOX:[^\n]*$/,
    );
    expect(() => readConfig({ WECOM_TOKEN: 'abc', DINGTALK_APP_KEY: 'k' })).toThrow(
      /^WECOM_AES_KEY:.*\nDINGTALK_APP_SECRET:[^\n]*$/,
    );
  });

  test('name the setting that is wrong and never its value', () => {
    expect(() => readConfig({ SECRET_KEY: 'hunter2', PORT: 'x' })).toThrow(/SECRET_KEY|PORT/);
    try {
      readConfig({ SECRET_KEY: 'hunter2' });
    } catch (error) {
      expect(String(error)).not.toContain('hunter2');
    }
  });
});

describe('what starts and is hardly meant is told, a line each', () => {
  const remarks = (environment: Record<string, string>) =>
    remarksOn(environment, readConfig(environment)).join('\n');

  test.each([
    ['letters swapped', { DATABSAE_URL: 'postgres://duban:tell-tale@h/d' }, /^DATABSAE_URL:.*DATABASE_URL$/],
    ['one left out', { DATABSE_URL: 'postgres://h/d' }, /^DATABSE_URL:.*DATABASE_URL$/],
    ['small letters', { public_url: 'https://x' }, /^public_url:.*PUBLIC_URL$/],
    ['no line between', { DATADIR: '/srv' }, /^DATADIR:.*DATA_DIR$/],
    ["a file's name", { SECERT_KEY_FILE: '/run/k' }, /^SECERT_KEY_FILE:.*SECRET_KEY_FILE$/],
    ['a name that nobody else has', { WECOM_HOOK: 'x' }, /^WECOM_HOOK:.*\.env\.example$/],
    ['Stream mode beside the sandbox', { DINGTALK_STREAM: '1' }, /^DINGTALK_STREAM:.*未起作用/],
    ["an app's secret without its key", { DINGTALK_APP_SECRET: 's' }, /^DINGTALK_APP_KEY:未设置.*只能接收/],
  ])('%s', (_what, environment, told) => {
    expect(remarks(environment)).toMatch(told);
    expect(remarks(environment)).not.toContain('tell-tale');
  });

  test('and nothing of what a machine has set for others, or of what is right', () => {
    const others = [
      'PATH',
      'HOSTNAME',
      'NODE_OPTIONS',
      'LOGNAME',
      'DATA_HOME',
      'PGDATA',
      'SECRET',
      'PUBLIC_KEY',
    ];
    expect(remarks(Object.fromEntries(others.map((name) => [name, 'x'])))).toBe('');
    const example = readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8');
    const names = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
    expect(remarksOn(Object.fromEntries(names.map((name) => [name, 'x'])), readConfig({}))).toEqual([]);
    expect(remarks({ DATABSE_URL: '', DINGTALK_APP_SECRET: 's', DINGTALK_APP_KEY: 'k' })).toBe('');
    expect(remarks({ DATABASE_URI: 'x', DATABASE_URL: 'postgres://h/d' })).toBe('');
  });
});

describe('what an operator can mend', () => {
  const told = async (work: Promise<unknown>) => plainly(await work.catch((error: unknown) => error));
  const folder = mkdtempSync(join(tmpdir(), 'duban-'));

  const listen = (port: number, host: string) =>
    new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
      const server = createServer().once('error', reject);
      server.listen(port, host, () => resolve(server));
    });

  test('is told in one line that names the setting: a port in use, an address that this machine has not', async () => {
    const server = await listen(0, '127.0.0.1');
    const { port } = server.address() as AddressInfo;
    expect(await told(listen(port, '127.0.0.1'))).toBe(
      `PORT:端口 ${port} 已被别的程序占用,请停掉那个程序,或把 PORT 改成别的端口`,
    );
    server.close();
    expect(await told(listen(0, '203.0.113.7'))).toBe('HOST:本机没有 203.0.113.7 这个地址,请核对 HOST');
  });

  test('a database that does not run, without its address', async () => {
    const databaseUrl = 'postgres://duban:tell-tale@127.0.0.1:1/duban';
    expect(await told(openStore({ databaseUrl, dataDir: folder }))).toBe(
      'DATABASE_URL:数据库没有运行,或者地址、端口不对',
    );
  });

  test('a folder where the system makes none, at once', async () => {
    expect(await told(openStore({ dataDir: '/proc/duban/data' }))).toBe(
      '/proc/duban:这里建不了文件夹,请换个位置',
    );
  });

  test('a folder that is a file, and one that is not there', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    expect(await told(mkdir(file))).toBe(`${file}:已有同名文件,请换个位置`);
    expect(await told(writeFile(join(folder, 'none', 'a.xlsx'), ''))).toBe(
      `没有 ${join(folder, 'none')} 这个文件夹,请先建好或换个位置`,
    );
  });

  test('a fault of the product is none of these', () => {
    expect(plainly(new TypeError('x is undefined'))).toBeNull();
  });
});
