import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { createDingtalkDouble } from '../../../src/platforms/sandbox/dingtalk/double.ts';
import { createWecomDouble } from '../../../src/platforms/sandbox/wecom/double.ts';
import { openWecomAnswer, wecomCall } from '../../clients/wecom.ts';
import { standingClock } from '../../setup/standingClock.ts';

export const MINUTE = 60_000;
export const SECRET = 'this is a secret';
export const ROBOT_SECRET = 'SEC1234567890abcdef';
const KEYS = { token: 'QDG6eK', aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' };
const PEOPLE = [
  { account: 'sec_anquan', name: '安全管理科科长' },
  { account: 'clk_anquan', name: '安全管理科内勤' },
];

/** What the chief types in the section's group of either platform. */
export const inWecom = (words: string) => ({ chat: { group: 'wrAnquan' }, user: 'sec_anquan', text: words });
export const inDingtalk = (words: string) => ({
  chat: { group: 'cidAnquan==' },
  user: 'sec_anquan',
  text: words,
});

export interface HookCall {
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

type Hook = (call: { nonce: string }) => { status?: number; body?: string } | 'silence';

/** In the product's place: it answers what it is told to, and remembers what came. */
async function startHook(answer: Hook) {
  const calls: HookCall[] = [];
  const server = createServer(async (request, response) => {
    const query = new URL(request.url ?? '', 'http://hook').searchParams;
    calls.push({ query, headers: request.headers, body: await text(request) });
    const said = answer({ nonce: query.get('nonce') ?? '' });
    if (said !== 'silence') response.writeHead(said.status ?? 200).end(said.body ?? '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { calls, url: `http://127.0.0.1:${address.port}/hooks` };
}

export async function openWecom(
  answer: Hook = () => ({}),
  patience: { patience?: number; retries?: number } = {},
) {
  const hook = await startHook(answer);
  const clock = standingClock('2026-04-13T08:42:00+08:00');
  const double = createWecomDouble({
    ...KEYS,
    ...patience,
    clock,
    deliver: hook.url,
    botName: '督办',
    app: { corpId: 'ww1', secret: 's', agentId: 7 },
    groups: [
      { chat: 'wrAnquan', name: '安全管理科群', key: 'k1' },
      { chat: 'wrLeaders', name: '领导小组群', key: 'k2' },
    ],
    people: PEOPLE,
  });
  const base = await double.listen();
  onTestFinished(double.close);
  const send = async (body: unknown, key = 'k1') =>
    (await post(`${base}/cgi-bin/webhook/send?key=${key}`, body)).body;
  const sendApp = async (body: unknown, token: string) =>
    (await post(`${base}/cgi-bin/message/send?access_token=${token}`, body)).body;
  const ask = async (query: string) => read(await fetch(`${base}/cgi-bin/gettoken?${query}`));
  const token = async (): Promise<string> => (await ask('corpid=ww1&corpsecret=s')).access_token;
  return { double, base, hook, clock, send, sendApp, ask, token };
}

export async function openDingtalk(answer: Hook = () => ({})) {
  const hook = await startHook(answer);
  const clock = standingClock('2026-04-13T08:42:00+08:00');
  const double = createDingtalkDouble({
    clock,
    deliver: () => hook.url,
    botName: '督办',
    appKey: 'ding1',
    appSecret: SECRET,
    robotCode: 'ding1',
    groups: [
      { chat: 'cidAnquan==', name: '安全管理科群', key: 't1' },
      { chat: 'cidSystem==', name: '全系统群', key: 't2', secret: ROBOT_SECRET },
    ],
    people: PEOPLE,
  });
  const base = await double.listen();
  onTestFinished(double.close);
  const send = async (body: unknown, token = 't1') =>
    (await post(`${base}/robot/send?access_token=${token}`, body)).body;
  const openApi = (path: string, body: unknown, token = '') =>
    post(base + path, body, { 'x-acs-dingtalk-access-token': token });
  const token = async (): Promise<string> =>
    (await openApi('/v1.0/oauth2/accessToken', { appKey: 'ding1', appSecret: SECRET })).body.accessToken;
  return { double, base, hook, clock, send, openApi, token };
}

/** A string for a body goes as it is. */
export async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await read(response) };
}

async function read(response: Response): Promise<{ access_token: string; accessToken: string }> {
  return JSON.parse(await response.text());
}

/** A callback's plaintext, by a client that shares no line with the double; throws where its signature is wrong. */
export function opened(call: HookCall | undefined, receiveId = ''): string {
  if (!call) throw new Error('no call');
  const xml = /<Encrypt><!\[CDATA\[(.*)\]\]>/s.exec(call.body)?.[1];
  const envelope = {
    encrypt: xml ?? JSON.parse(call.body).encrypt,
    msgsignature: call.query.get('msg_signature'),
    timestamp: Number(call.query.get('timestamp')),
    nonce: call.query.get('nonce'),
  };
  return openWecomAnswer({ ...KEYS, receiveId }, JSON.stringify(envelope)).plaintext;
}

export type Via = 'bot' | 'robot-xml' | 'robot-json' | 'app';

/** The bot's sealed answer of the kind that goes with each callback, with whatever shall be wrong about it. */
export function sealed(
  via: Via,
  words: string,
  nonce: string,
  wrong: { token?: string; receiveId?: string; finish?: boolean } = {},
): string {
  const plaintext = {
    bot: JSON.stringify({
      msgtype: 'stream',
      stream: { id: 's1', finish: wrong.finish ?? true, content: words },
    }),
    'robot-json': JSON.stringify({ msgtype: 'markdown', markdown: { content: words } }),
    'robot-xml': `<xml><MsgType>markdown</MsgType><Markdown><Content><![CDATA[${words}]]></Content></Markdown></xml>`,
    app: `<xml><ToUserName>sec_anquan</ToUserName><FromUserName>ww1</FromUserName><CreateTime>1776040920</CreateTime><MsgType>text</MsgType><Content><![CDATA[${words}]]></Content></xml>`,
  }[via];
  const call = wecomCall({ ...KEYS, ...wrong, plaintext, nonce, now: new Date(1_776_040_920_000) });
  const signature = new URLSearchParams(call.query).get('msg_signature');
  const { encrypt } = JSON.parse(String(call.body));
  return via === 'robot-xml' || via === 'app'
    ? `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature><TimeStamp>1776040920</TimeStamp><Nonce><![CDATA[${nonce}]]></Nonce></xml>`
    : JSON.stringify({ encrypt, msgsignature: signature, timestamp: 1_776_040_920, nonce });
}
