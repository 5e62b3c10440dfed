import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../setup/browser.ts';
import { openSandboxPage } from '../setup/sandboxPage.ts';
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

  test('leaves every other path to the house', async () => {
    for (const path of ['/', '/sandbox/../config.ts', '/sandbox/sandbox.ts', '/sandboxes'])
      expect((await raw('GET', path)).status).toBe(404);
  });
});

describe('the page in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(() => browser.close());
  const desk = { width: 1280, height: 800 };
  const phone = { width: 360, height: 740 };

  test.each([
    ['a desk', desk],
    ['a phone', phone],
  ])('on %s, one types a report and sees it recorded, on both platforms', async (_where, viewport) => {
    const { page, open, speakAs, say, complaints } = await openSandboxPage(browser, house.base, viewport);
    expect(await say('@督办 4.3.2 隐患+12')).toBe('已记录【4.3.2】4.3.2 隐患+12');
    await open('领导小组群');
    await speakAs('党组书记');
    expect(await say('@督办 总览')).toContain('已记录');
    expect(house.dingtalk.lines()[0]).toMatchObject({ from: 'dt-anquan', text: '@督办 4.3.2 隐患+12' });
    expect(house.wecom.lines()[0]).toMatchObject({ from: 'ldr_shuji', chat: { group: 'wrLeaders' } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('one to one is the chat of whoever speaks', async () => {
    const { page, open, speakAs, say } = await openSandboxPage(browser, house.base);
    await open('安全管理科科长');
    await speakAs('整改办主任');
    await say('我的');
    expect(house.wecom.lines()[0]).toMatchObject({ from: 'off_zhuren', chat: { single: 'off_zhuren' } });
    await page.close();
  });

  test('a group already has the mention, and without it nothing is sent', async () => {
    const { page } = await openSandboxPage(browser, house.base);
    const words = page.getByLabel('消息', { exact: true });
    expect(await words.inputValue()).toBe('@督办 ');
    await words.press('Enter');
    await words.fill('下午三点开会');
    await words.press('Enter');
    await page.getByText('没有@督办,机器人收不到这条消息').waitFor();
    expect(house.dingtalk.lines()).toMatchObject([{ text: '下午三点开会', fate: 'unheard' }]);
    await page.close();
  });

  test('Enter that picks a character of an input method sends nothing, and Shift+Enter begins a line', async () => {
    const { page } = await openSandboxPage(browser, house.base);
    const words = page.getByLabel('消息', { exact: true });
    await words.fill('@督办 隐患');
    await words.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    await words.press('Shift+Enter');
    await words.pressSequentially('演练+1');
    await words.press('Enter');
    await page.locator('.line.bot').waitFor();
    expect(house.dingtalk.lines()[0]).toMatchObject({ text: '@督办 隐患\n演练+1' });
    await page.close();
  });

  test('a tap on a bubble quotes it, and 重发 delivers a message once more', async () => {
    const { page, say } = await openSandboxPage(browser, house.base);
    await say('@督办 我的');
    await page.locator('.line.bot .bubble').click();
    await say('@督办 已整改');
    expect(house.dingtalk.lines()[2]).toMatchObject({ quote: '已记录【4.3.2】我的', text: '@督办 已整改' });
    await page.locator('.line.own blockquote', { hasText: '已记录【4.3.2】我的' }).waitFor();
    await page.getByRole('button', { name: '重发' }).first().click();
    await page.getByText('重发后的答复').waitFor();
    expect(house.dingtalk.lines().at(-1)).toMatchObject({
      answers: house.dingtalk.lines()[0]?.id,
      again: true,
    });
    await page.close();
  });

  test('words stay words, and mentions, codes and lights are told apart', async () => {
    const { page, say } = await openSandboxPage(browser, house.base);
    await say('@督办 <img src=x onerror=alert(1)>**粗** [链接](http://evil.example)');
    expect(await page.locator('.bubble img, .bubble b').count()).toBe(0);
    await page.request.post(`${house.base}/sandbox/clock`, { data: { to: { minutes: 1 } } });
    await page.getByRole('button', { name: '领导小组群' }).click();
    expect(await page.locator('.line.bot .row').allInnerTexts()).toHaveLength(3);
    expect(await page.locator('.light.red').innerText()).toBe('【红·逾期8个工作日】');
    expect(await page.locator('.code').innerText()).toBe('【5.1.1】');
    expect(await page.locator('.line.bot .mention').innerText()).toBe('@党组书记');
    await page.close();
  });

  test('lines break where the platform’s own client would break them', async () => {
    house.answer = () => '甲\n乙  \n丙';
    const { page, open, say } = await openSandboxPage(browser, house.base);
    expect(await say('@督办 我的')).toBe('甲 乙\n丙');
    expect(await page.locator('.line.own .mention').innerText()).toBe('@督办');
    await open('领导小组群');
    expect(await say('@督办 我的')).toBe('甲\n乙\n丙');
    await page.close();
  });

  test('the clock’s buttons move it, and say where something has come', async () => {
    const { page } = await openSandboxPage(browser, house.base);
    await page.getByText('2026年4月10日星期五 15:00').waitFor();
    await page.getByRole('button', { name: '下一个工作日早上' }).click();
    await page.getByText('2026年4月13日星期一 08:42').waitFor();
    await page.getByText('收到1条推送:领导小组群').waitFor();
    await page.getByRole('button', { name: '领导小组群 ,有新消息' }).waitFor();
    await page.getByRole('button', { name: '到指定时间' }).click();
    await page.getByLabel('日期和时间').fill('2026-05-01T09:00');
    await page.getByRole('button', { name: '确定' }).click();
    await page.getByText('2026年5月1日星期五 09:00').waitFor();
    await page.close();
  });

  test('a fault can be set and lifted, and the button says that one stands', async () => {
    const { page } = await openSandboxPage(browser, house.base);
    await page.getByRole('button', { name: '故障演练' }).click();
    const wecom = page.locator('form.fault', { hasText: '企业微信' });
    await wecom.getByLabel('故障').selectOption('refuse');
    await wecom.getByRole('button', { name: '开始' }).click();
    await wecom.getByText('正在演练:连接不上').waitFor();
    await wecom.getByRole('button', { name: '恢复正常' }).click();
    await wecom.getByText('正常', { exact: true }).waitFor();
    await page.getByRole('button', { name: '关闭' }).click();
    expect(house.wecom.fault()).toBeNull();
    await page.close();
  });

  test('after a broken connection the page shows what it missed', async () => {
    const { page } = await openSandboxPage(browser, house.base);
    await page.context().setOffline(true);
    house.drop();
    await page.getByText('正在重新连接').waitFor();
    await house.dingtalk.say({ chat: { group: 'cidAnquan==' }, user: 'dt-anquan', text: '@督办 断网时' });
    await page.context().setOffline(false);
    await page.locator('.line.bot', { hasText: '断网时' }).waitFor();
    expect(await page.getByText('正在重新连接').isVisible()).toBe(false);
    await page.close();
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
