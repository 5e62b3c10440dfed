import { request } from 'node:http';
import { connect } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { type House, openHouse } from '../src/house.ts';
import type { Store } from '../src/ledger/db.ts';
import { inbox, quarantine } from '../src/ledger/schema.ts';
import { createClock } from '../src/time.ts';
import { dingtalkCall, dingtalkText } from './clients/dingtalk.ts';
import { type HttpCall, openWecomAnswer, wecomCall, wecomEcho } from './clients/wecom.ts';
import { stores } from './setup/stores.ts';

const keys = { token: 'QDG6eK', aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' };
const secret = 'this is a secret';

/** The server as others reach it: raw HTTP from clients that share nothing with it. */
describe('the hooks from outside', () => {
  let house: House;
  let store: Store;
  beforeAll(async () => {
    store = (await stores.find(({ kind }) => kind === 'postgres')?.open()) as Store;
    const config = readConfig({
      ...{ PORT: '0', SANDBOX: '1', SECRET_KEY: 'a key that only tests use' },
      ...{
        WECOM_TOKEN: keys.token,
        WECOM_AES_KEY: keys.aesKey,
        DINGTALK_APP_SECRET: secret,
        DINGTALK_ROBOT_CODE: 'dingrobot',
      },
    });
    house = await openHouse({
      ...{ config, store, clock: createClock(), log: pino({ level: 'silent' }) },
      patience: 30_000,
    });
  });
  afterAll(async () => {
    await house.close();
    await store.close();
  });

  const post = (path: string, call: HttpCall) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const url = new URL(`${house.address}${path}${call.query === '' ? '' : `?${call.query}`}`);
      const outgoing = request(
        url,
        { method: call.method, headers: Object.fromEntries(pairs(call.headers)) },
        (response) => {
          let body = '';
          response.setEncoding('utf8').on('data', (chunk) => {
            body += chunk;
          });
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
        },
      );
      outgoing.on('error', reject);
      outgoing.end(call.body);
    });

  const pairs = (flat: string[]) =>
    flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1] ?? '']] : []));

  const aiBot = (id: string, text: string, user = 'sec_anquan') =>
    JSON.stringify({
      ...{
        msgid: id,
        aibotid: 'aib1',
        chatid: 'wrSampleLeaders0001',
        chattype: 'group',
        from: { userid: user },
      },
      ...{ response_url: 'https://qyapi.weixin.qq.com/x', msgtype: 'text', text: { content: text } },
    });

  test('WeCom checks the address and gets its number back, bare', async () => {
    const call = wecomEcho({ ...keys, plaintext: '1616140317555161061', now: new Date() });
    expect(await post('/hooks/wecom', call)).toEqual({ status: 200, body: '1616140317555161061' });
  });

  test('an encrypted message of the AI bot is recorded and answered in a sealed stream that is finished', async () => {
    const call = wecomCall({ ...keys, plaintext: aiBot('m1', '@督办 4.3.2 隐患+12'), now: new Date() });
    const { status, body } = await post('/hooks/wecom', call);
    const answer = JSON.parse(openWecomAnswer(keys, body).plaintext);
    expect(status).toBe(200);
    expect(answer).toMatchObject({ msgtype: 'stream', stream: { finish: true } });
    expect(answer.stream.content).toMatch(/已记录【4\.3\.2】[\s\S]*12/);
  });

  test('a signed message on DingTalk is answered in the response', async () => {
    const body = dingtalkText(
      { id: 'd1', chat: 'cidSampleAnquan0004==', sender: 'dt-anquan', text: '4.3.2 演练+1' },
      new Date(),
    );
    const answer = await post('/hooks/dingtalk', dingtalkCall({ secret, body, now: new Date() }));
    expect(JSON.parse(answer.body)).toMatchObject({ msgtype: 'markdown' });
    expect(answer.body).toContain('已记录【4.3.2】');
  });

  test('a forwarded chat, which nobody can read for its sender, is answered with what to send instead', async () => {
    const said = { id: 'd2', sender: 'dt-anquan', text: '' };
    const body = {
      ...dingtalkText(said, new Date()),
      msgtype: 'chatRecord',
      content: { summary: '演练4次' },
    };
    const answer = await post('/hooks/dingtalk', dingtalkCall({ secret, body, now: new Date() }));
    expect(answer.body).toContain('转发的记录暂不能单独登记');
  });

  test('what its platform did not sign is refused with 401 and nothing else, whatever was wrong', async () => {
    const good = wecomCall({ ...keys, plaintext: aiBot('m2', '@督办 4.3.2 隐患+1'), now: new Date() });
    const stale = new Date(Date.now() - 301_000);
    const refused: [string, HttpCall][] = [
      ['/hooks/wecom', { ...good, query: good.query.replace(/msg_signature=./, 'msg_signature=0') }],
      ['/hooks/wecom', { ...good, query: '' }],
      ['/hooks/wecom', { ...good, body: Buffer.from('<!DOCTYPE x><xml/>') }],
      ['/hooks/wecom', wecomCall({ ...keys, plaintext: aiBot('m3', 'x'), now: stale })],
      ['/hooks/dingtalk', dingtalkCall({ secret: 'another', body: {}, now: new Date() })],
      ['/hooks/dingtalk', dingtalkCall({ secret, body: {}, now: stale })],
    ];
    const before = await store.db.$count(inbox);
    for (const [path, call] of refused) expect(await post(path, call)).toEqual({ status: 401, body: '' });
    expect(await store.db.$count(inbox)).toBe(before);
  });

  test('what is well signed but unusable is answered with 200, set aside, and has no other effect', async () => {
    const before = [await store.db.$count(inbox), await store.db.$count(quarantine)];
    const foreign = {
      ...dingtalkText({ id: 'd9', sender: 'dt-anquan', text: '总览' }, new Date()),
      sessionWebhook: 'https://evil.example/x',
    };
    const now = new Date();
    expect(await post('/hooks/dingtalk', dingtalkCall({ secret, body: foreign, now }))).toEqual({
      status: 200,
      body: '{"msgtype":"empty"}',
    });
    expect(
      await post('/hooks/wecom', wecomCall({ ...keys, receiveId: 'wx1', plaintext: aiBot('m4', 'x'), now })),
    ).toEqual({ status: 200, body: '' });
    expect([await store.db.$count(inbox), await store.db.$count(quarantine)]).toEqual([
      before[0],
      (before[1] ?? 0) + 2,
    ]);
  });

  test('the admin reads of calls that were set aside, and why', async () => {
    const say = async (id: string, more: object) => {
      const now = new Date();
      const body = { ...dingtalkText({ id, sender: 'dt-adm-xinxi', text: '运行状态' }, now), ...more };
      return (await post('/hooks/dingtalk', dingtalkCall({ secret, body, now }))).body;
    };
    await say('q1', { text: undefined, errorCode: 20001, errorMessage: 'exceeded' });
    expect(await say('q2', {})).toMatch(/需留意的回调:钉钉 本月消息接收额度已用完\S*,1次,最近/);
  });

  test('one signature under two message ids is served twice and noted once', async () => {
    const now = new Date();
    const before = await store.db.$count(quarantine);
    for (const id of ['p1', 'p2']) {
      const body = dingtalkText({ id, sender: 'dt-anquan', text: '总览' }, now);
      expect((await post('/hooks/dingtalk', dingtalkCall({ secret, body, now }))).body).toContain('42项');
    }
    expect(await store.db.$count(quarantine)).toBe(before + 1);
  });

  test('a body of a megabyte is refused, told or untold, and the next call is served', async () => {
    const large = Buffer.alloc(1_000_000, 'x');
    const told = await post('/hooks/wecom', { method: 'POST', query: '', headers: [], body: large });
    expect(told.status).toBe(413);
    const untold = await chunked('/hooks/dingtalk', large);
    expect(untold).toMatch(/^HTTP\/1\.1 413/);
    expect((await fetch(`${house.address}/healthz`)).status).toBe(200);
  });

  const chunked = (path: string, body: Buffer) =>
    new Promise<string>((resolve) => {
      const { hostname, port } = new URL(house.address);
      const socket = connect(Number(port), hostname);
      let heard = '';
      socket.setEncoding('utf8').on('data', (text) => {
        heard += text;
      });
      socket.on('close', () => resolve(heard));
      socket.on('error', () => resolve(heard));
      socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`);
      socket.write(`${body.length.toString(16)}\r\n`);
      socket.write(body);
    });

  test.each([
    ['a user id with a leading nought is another one', '007'],
    ['an id of quotes and semicolons', "'; drop table tasks; --"],
  ])('%s: a stranger, and nothing more', async (_what, user) => {
    const call = wecomCall({ ...keys, plaintext: aiBot(`s${user}`, '总览', user), now: new Date() });
    const { status, body } = await post('/hooks/wecom', call);
    expect(status).toBe(200);
    expect(openWecomAnswer(keys, body).plaintext).toContain('尚未绑定身份');
  });

  test('a text of half characters and noughts is stored and answered like any other', async () => {
    const call = wecomCall({
      ...keys,
      plaintext: aiBot('m5', '4.3.2 \u0000方案\ud83d在会签'),
      now: new Date(),
    });
    expect((await post('/hooks/wecom', call)).status).toBe(200);
  });

  test('health, readiness and metrics say how it is', async () => {
    await house.beat.look();
    expect((await fetch(`${house.address}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${house.address}/readyz`)).json()).toEqual({
      ready: true,
      database: true,
      connections: { dingtalk: 'off' },
      beat: true,
    });
    const metrics = await (await fetch(`${house.address}/metrics`)).text();
    expect(metrics).toContain('duban_hook_seconds_count{platform="wecom",kind="message"}');
    expect(metrics).toContain('duban_refused_total{why="forged"}');
  });

  test('an unknown path is 404 and another method 405', async () => {
    expect((await fetch(`${house.address}/hooks/other`)).status).toBe(404);
    expect((await fetch(`${house.address}/hooks/dingtalk`)).status).toBe(405);
  });
});
