import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openHouse } from './house.ts';

let house: Awaited<ReturnType<typeof openHouse>>;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const CHAT = 'dingtalk:group:cidAnquan==';
const CHIEF = '安全管理科科长';

describe('what the page calls', () => {
  test('a person’s words reach the bot by the chat’s own platform, and the answer comes back', async () => {
    for (const chat of [CHAT, 'wecom:group:wrLeaders', 'wecom:single:sec_anquan']) {
      const heard = await call('say', { chat, person: CHIEF, text: '@督办 隐患+12', quote: null });
      expect(heard).toMatchObject({ status: 200, body: { answer: expect.stringContaining('隐患+12') } });
    }
    const { body } = await call('state');
    expect(body.lines.map(({ chat, from }: { chat: string; from: string }) => [chat, from])).toEqual([
      ['wecom:group:wrLeaders', 'sec_anquan'],
      ['wecom:group:wrLeaders', null],
      ['wecom:single:sec_anquan', 'sec_anquan'],
      ['wecom:single:sec_anquan', null],
      [CHAT, 'dt-anquan'],
      [CHAT, null],
    ]);
  });

  test('a picture goes with the words, or alone, and is shown again', async () => {
    const base64 = Buffer.from('89504e470d0a1a0a00000000', 'hex').toString('base64');
    const file = { kind: 'picture', name: '演练.png', base64 };
    for (const chat of [CHAT, 'wecom:single:sec_anquan'])
      expect(await call('say', { chat, person: CHIEF, text: '@督办 隐患+12', file })).toMatchObject({
        status: 200,
      });
    expect(
      await call('say', { chat: 'wecom:single:sec_anquan', person: CHIEF, text: '', file }),
    ).toMatchObject({
      status: 200,
    });
    const [line] = house.wecom.lines();
    expect(line).toMatchObject({ text: '@督办 隐患+12', enclosed: { kind: 'picture', name: '演练.png' } });
    expect(line?.enclosed?.bytes.toString('base64')).toBe(base64);
    const huge = { ...file, base64: 'A'.repeat(4_000_000) };
    expect(await call('say', { chat: CHAT, person: CHIEF, text: '', file: huge })).toMatchObject({
      status: 400,
    });
  });

  test('nobody speaks who isn’t there, and nobody in another’s name', async () => {
    const words = { chat: CHAT, person: CHIEF, text: '@督办 我的' };
    expect(await call('say', { ...words, person: '谁' })).toMatchObject({ status: 404 });
    expect(await call('say', { ...words, chat: 'dingtalk:group:cidOther' })).toMatchObject({ status: 404 });
    expect(await call('say', { ...words, chat: 'wecom:group:cidAnquan==' })).toMatchObject({ status: 404 });
    expect(await call('say', { ...words, chat: 'dingtalk:single:dt-shuji' })).toMatchObject({ status: 404 });
    expect(await call('say', { ...words, text: ' ' })).toMatchObject({ status: 400 });
    expect(await call('say', { ...words, via: 'pigeon' })).toMatchObject({ status: 400 });
    expect(house.dingtalk.lines()).toHaveLength(0);
  });

  test('a message can come a second time', async () => {
    const { body } = await call('say', { chat: CHAT, person: CHIEF, text: '@督办 我的' });
    expect(await call('again', { id: body.id })).toMatchObject({ status: 200, body: { id: body.id } });
    const { id } = house.dingtalk.lines().find(({ from }) => from === null) ?? {};
    for (const other of [id, 'other'])
      expect(await call('again', { id: other })).toMatchObject({ status: 404 });
    expect(house.dingtalk.lines().at(-1)).toMatchObject({ answers: body.id, again: true });
  });

  test.each<[string, unknown, string]>([
    ['a minute on', { minutes: 1 }, '2026-04-10T15:01'],
    ['a day on', { days: 1 }, '2026-04-11T15:00'],
    ['three hours back', { hours: -3 }, '2026-04-10T12:00'],
    ['the next working day’s morning, past the weekend', 'next workday', '2026-04-13T08:42'],
    ['an instant', '2026-05-01T01:00:00Z', '2026-05-01T09:00'],
    ['a time on the wall', '2026-05-01T09:00', '2026-05-01T09:00'],
  ])('the clock goes to %s, and what is due then is sent', async (_what, to, at) => {
    expect(await call('clock', { to })).toMatchObject({ status: 200, body: { pushes: 1 } });
    const { time, lines } = (await call('state')).body;
    const wall = new Date(time.at + 8 * 3_600_000).toISOString().slice(0, 16);
    expect(wall).toBe(at);
    expect(time).toMatchObject({ day: at.slice(0, 10), zone: 'Asia/Shanghai' });
    expect(lines).toMatchObject([{ chat: 'wecom:group:wrLeaders', from: null }]);
  });

  test('before its morning, the next working day is today', async () => {
    await call('clock', { to: '2026-04-13T08:41' });
    await call('clock', { to: 'next workday' });
    expect((await call('state')).body.time).toMatchObject({ day: '2026-04-13', minute: 522, workday: true });
    await call('clock', { to: 'next workday' });
    expect((await call('state')).body.time).toMatchObject({ day: '2026-04-14', minute: 522 });
  });

  test('a time that is none moves nothing', async () => {
    const before = house.clock.offset();
    for (const to of ['明天', { weeks: 1 }, { days: 1e9 }, null, '2026-13-01T00:00', '2100-01-01T08:00'])
      expect(await call('clock', { to })).toMatchObject({ status: 400 });
    expect(house.clock.offset()).toBe(before);
  });

  test('a platform fails when it is told to, and heals', async () => {
    await call('fault', { platform: 'wecom', fault: 'errcode', code: 45009, times: 2 });
    expect((await call('state')).body.faults).toEqual({
      wecom: { fault: 'errcode', options: { code: 45009, times: 2 } },
      dingtalk: null,
    });
    expect(await call('clock', { to: { minutes: 1 } })).toMatchObject({ body: { pushes: 0 } });
    await call('fault', { platform: 'wecom', fault: null });
    expect(await call('clock', { to: { minutes: 1 } })).toMatchObject({ body: { pushes: 1 } });
    expect(await call('fault', { platform: 'wecom', fault: 'sulk' })).toMatchObject({ status: 400 });
  });
});

describe('the page is for this machine alone', () => {
  test.each<[number, string, Record<string, string>]>([
    [200, 'the page itself', { Origin: 'http://127.0.0.1:PORT', 'Sec-Fetch-Site': 'same-origin' }],
    [200, 'a tool on this machine', {}],
    [403, 'another name for this machine', { Host: 'evil.example' }],
    [403, 'a name that only begins like it', { Host: '127.0.0.1.evil.example' }],
    [403, 'another page', { Origin: 'http://evil.example' }],
    [403, 'another port of this machine', { Origin: 'http://127.0.0.1:1' }],
    [403, 'a page without an origin', { Origin: 'null' }],
    [403, 'a page of another site', { 'Sec-Fetch-Site': 'cross-site' }],
    [403, 'a page of another host of the site', { 'Sec-Fetch-Site': 'same-site' }],
    [403, 'a form that was opened', { 'Sec-Fetch-Site': 'none' }],
    [415, 'a form', { 'Content-Type': 'text/plain' }],
  ])('answers %i to %s', async (status, _who, headers) => {
    const body = JSON.stringify({ to: { minutes: 1 } });
    expect((await raw('POST', '/sandbox/clock', headers, body)).status).toBe(status);
  });

  test('an address typed in a browser opens the page, and a link elsewhere doesn’t', async () => {
    expect((await raw('GET', '/sandbox', { 'Sec-Fetch-Site': 'none' })).status).toBe(200);
    expect((await raw('GET', '/sandbox/state', { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
  });

  test('takes JSON of 64 KiB and no more', async () => {
    const of = (size: number) => JSON.stringify({ id: 'x'.repeat(size - '{"id":""}'.length) });
    expect((await raw('POST', '/sandbox/again', {}, of(65_536))).status).toBe(404);
    expect((await raw('POST', '/sandbox/again', {}, of(65_537))).status).toBe(413);
    expect((await raw('POST', '/sandbox/again', {}, '{')).status).toBe(400);
  });

  test('is complete in itself: every file is there, nothing is inline and nothing comes from elsewhere', async () => {
    const page = await raw('GET', '/sandbox/');
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none';.*script-src 'self';/);
    expect(page.body).not.toMatch(
      /<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|(?:src|href)="(?!\/sandbox\/)/,
    );
    const seen = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
    for (const path of seen) {
      const file = await raw('GET', path);
      expect([path, file.status]).toEqual([path, 200]);
      const imports = [...file.body.matchAll(/from '\.\/([^']+)'/g)].map(([, name]) => `/sandbox/${name}`);
      seen.push(...imports.filter((each) => !seen.includes(each)));
    }
    expect(seen).toHaveLength(14);
  });

  test('is where the address of this machine alone leads to', async () => {
    const { status, headers } = await raw('GET', '/', { 'Sec-Fetch-Site': 'none' });
    expect([status, headers.location]).toEqual([302, '/sandbox']);
  });

  test('leaves every other path to the house', async () => {
    for (const path of ['/sandbox/../config.ts', '/sandbox/sandbox.ts', '/sandboxes'])
      expect((await raw('GET', path)).status).toBe(404);
  });
});

async function call(path: string, body?: unknown) {
  const response = await fetch(`${house.base}/sandbox/${path}`, {
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const words = await response.text();
  return { status: response.status, body: words === '' ? undefined : JSON.parse(words) };
}

/** By node:http, which sends whatever Host it is told to and leaves a path as it is. */
function raw(method: string, path: string, headers: Record<string, string> = {}, body = '') {
  const { port } = new URL(house.base);
  const own = Object.entries({ 'Content-Type': 'application/json', ...headers });
  return new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const options = {
        method,
        path,
        host: '127.0.0.1',
        port,
        agent: false,
        headers: Object.fromEntries([
          ...own.map(([name, value]) => [name, value.replace('PORT', port)]),
          ['Content-Length', Buffer.byteLength(body)],
        ]),
      };
      const sent = request(options, async (response) =>
        resolve({ status: response.statusCode, headers: response.headers, body: await text(response) }),
      );
      sent.on('error', reject);
      sent.end(body);
    },
  );
}
