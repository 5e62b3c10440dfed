import { randomUUID } from 'node:crypto';
import { dingtalkCall, dingtalkSign, dingtalkText } from '../clients/dingtalk.ts';
import {
  aiBotText,
  encipher,
  type HttpCall,
  pad,
  robotTextJson,
  robotTextXml,
  seal,
  signedCall,
  type WecomCall,
  wecomCall,
  wecomEcho,
} from '../clients/wecom.ts';
import { type Reply, type Sent, send, sendRaw } from './wire.ts';

/** The keys that the server under attack was started with. */
export interface Target {
  address: string;
  wecom: { token: string; aesKey: string };
  dingtalk: { secret: string; robotCode: string };
  /** An address of ours that the server must never call. */
  trap: string;
}

/**
 * What a probe may leave behind: nothing, a row for the admin to see, a message answered, or one entry in the ledger
 * however often it was sent.
 */
export type Effect = 'nothing' | 'set aside' | 'a message' | 'one entry';

export interface Probe {
  name: string;
  expect: { status: number | number[]; body?: string | RegExp; effect: Effect };
  run(target: Target): Promise<Reply | Reply[]>;
}

const group = 'wrSampleOffice0002';
const chief = 'sec_anquan';
const report = '4.3.2 演练+1';
const empty = '';
const emptyDingtalk = '{"msgtype":"empty"}';

const hook = (call: HttpCall, platform: 'wecom' | 'dingtalk'): Sent => ({
  method: call.method,
  path: `/hooks/${platform}${call.query === '' ? '' : `?${call.query}`}`,
  headers: call.headers,
  body: call.body,
});

const at = (seconds = 0) => new Date(Date.now() + seconds * 1000);
const said = (text = report, sender = chief) => ({ id: randomUUID(), sender, text });
const options = (target: Target, plaintext: string | Buffer, now = at()): WecomCall => ({
  ...target.wecom,
  plaintext,
  now,
});
const toWecom = (target: Target, call: HttpCall) => send(target.address, hook(call, 'wecom'));
const toDingtalk = (target: Target, call: HttpCall) => send(target.address, hook(call, 'dingtalk'));
const spoken = (target: Target, plaintext: string | Buffer, now?: Date) =>
  toWecom(target, wecomCall(options(target, plaintext, now)));
const ding = (target: Target, body: unknown, now = at()) =>
  toDingtalk(target, dingtalkCall({ secret: target.dingtalk.secret, body, now }));
const dingText = (target: Target, text = report, sender = 'dt-anquan') =>
  dingtalkText({ id: randomUUID(), sender, text }, at(), target.dingtalk.robotCode);

const forged = { status: 401, body: empty, effect: 'nothing' } as const;
const aside = { status: 200, body: empty, effect: 'set aside' } as const;
const asideDing = { status: 200, body: emptyDingtalk, effect: 'set aside' } as const;
const answered = { status: 200, body: /./, effect: 'a message' } as const;

type Row = [name: string, expect: Probe['expect'], run: Probe['run']];

const unsigned: Row[] = [
  [
    'WeCom: no signature at all',
    forged,
    (t) => send(t.address, { method: 'POST', path: '/hooks/wecom', headers: [], body: '{}' }),
  ],
  [
    'WeCom: another token',
    forged,
    (t) => toWecom(t, wecomCall({ ...options(t, aiBotText(said())), token: 'other' })),
  ],
  ['WeCom: 301 s old', forged, (t) => spoken(t, aiBotText(said()), at(-302))],
  ['WeCom: 301 s ahead', forged, (t) => spoken(t, aiBotText(said()), at(302))],
  [
    'WeCom: the signature twice',
    forged,
    (t) => {
      const call = wecomCall(options(t, aiBotText(said())));
      return toWecom(t, { ...call, query: `${call.query}&${call.query.split('&')[0]}` });
    },
  ],
  [
    "WeCom: another message's cipher text under a good signature",
    forged,
    (t) => {
      const call = wecomCall(options(t, aiBotText(said())));
      return toWecom(t, { ...call, body: wecomCall(options(t, aiBotText(said()))).body });
    },
  ],
  [
    'WeCom: a DOCTYPE around a good cipher text',
    forged,
    (t) => {
      const sealed = seal(options(t, aiBotText(said())));
      const call = signedCall({ ...options(t, ''), format: 'xml' }, sealed);
      return toWecom(t, {
        ...call,
        body: Buffer.from(`<!DOCTYPE x [<!ENTITY a "b">]>${call.body.toString()}`),
      });
    },
  ],
  [
    'WeCom: an entity that names a file',
    forged,
    (t) => {
      const call = signedCall({ ...options(t, ''), format: 'xml' }, 'x');
      const xml = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Encrypt>&e;</Encrypt></xml>';
      return toWecom(t, { ...call, body: Buffer.from(xml) });
    },
  ],
  [
    'WeCom: a signature in the body',
    forged,
    (t) =>
      send(t.address, {
        method: 'POST',
        path: '/hooks/wecom',
        headers: ['Content-Type', 'application/x-www-form-urlencoded'],
        body: wecomCall(options(t, aiBotText(said()))).query,
      }),
  ],
  [
    'DingTalk: no headers',
    forged,
    (t) =>
      send(t.address, {
        method: 'POST',
        path: '/hooks/dingtalk',
        headers: [],
        body: JSON.stringify(dingText(t)),
      }),
  ],
  [
    'DingTalk: another secret',
    forged,
    (t) => toDingtalk(t, dingtalkCall({ secret: 'other', body: dingText(t), now: at() })),
  ],
  ['DingTalk: 301 s old', forged, (t) => ding(t, dingText(t), at(-302))],
  ['DingTalk: 301 s ahead', forged, (t) => ding(t, dingText(t), at(302))],
  [
    'DingTalk: a timestamp in seconds',
    forged,
    (t) => {
      const stamp = String(Math.floor(Date.now() / 1000));
      return toDingtalk(t, {
        method: 'POST',
        query: '',
        headers: ['timestamp', stamp, 'sign', dingtalkSign(stamp, t.dingtalk.secret)],
        body: Buffer.from(JSON.stringify(dingText(t))),
      });
    },
  ],
  [
    'DingTalk: the signature of one second with the timestamp of another',
    forged,
    (t) => {
      const [one, other] = [String(Date.now()), String(Date.now() + 1)];
      return toDingtalk(t, {
        method: 'POST',
        query: '',
        headers: ['timestamp', one, 'sign', dingtalkSign(other, t.dingtalk.secret)],
        body: Buffer.from(JSON.stringify(dingText(t))),
      });
    },
  ],
  [
    'DingTalk: the signature twice',
    forged,
    (t) => {
      const call = dingtalkCall({ secret: t.dingtalk.secret, body: dingText(t), now: at() });
      return toDingtalk(t, { ...call, headers: [...call.headers, 'sign', call.headers[5] ?? ''] });
    },
  ],
  ["WeCom's call at DingTalk's door", forged, (t) => toDingtalk(t, wecomCall(options(t, aiBotText(said()))))],
  [
    "DingTalk's call at WeCom's door",
    forged,
    (t) => toWecom(t, dingtalkCall({ secret: t.dingtalk.secret, body: dingText(t), now: at() })),
  ],
];

const oracle: Row[] = [
  [
    'echo: the check that WeCom makes',
    { status: 200, body: '7512345', effect: 'nothing' },
    (t) => toWecom(t, wecomEcho(options(t, '7512345'))),
  ],
  [
    "echo: a message's cipher text is not read out",
    forged,
    (t) => toWecom(t, wecomEcho(options(t, aiBotText(said())))),
  ],
  ['echo: 65 characters', forged, (t) => toWecom(t, wecomEcho(options(t, '1'.repeat(65))))],
  ['echo: Chinese', forged, (t) => toWecom(t, wecomEcho(options(t, '督办')))],
  ['echo: nothing', forged, (t) => toWecom(t, wecomEcho(options(t, '')))],
  [
    'echo: unsigned',
    forged,
    (t) => send(t.address, { method: 'GET', path: '/hooks/wecom?echostr=abc', headers: [], body: '' }),
  ],
  [
    'padding: a last byte of 0',
    aside,
    (t) => toWecom(t, signedCall(options(t, ''), encipher(t.wecom.aesKey, Buffer.alloc(64)))),
  ],
  [
    'padding: a last byte of 33',
    aside,
    (t) => toWecom(t, signedCall(options(t, ''), encipher(t.wecom.aesKey, Buffer.alloc(64, 33)))),
  ],
  [
    'a length beyond the end',
    aside,
    (t) => toWecom(t, signedCall(options(t, ''), encipher(t.wecom.aesKey, pad(Buffer.alloc(20, 255))))),
  ],
  ['a cipher text that is no base64', aside, (t) => toWecom(t, signedCall(options(t, ''), '****'))],
  ['a cipher text that is no whole block', aside, (t) => toWecom(t, signedCall(options(t, ''), 'YWJj'))],
  [
    'another receiver',
    aside,
    (t) => toWecom(t, wecomCall({ ...options(t, aiBotText(said())), receiveId: 'wwOther' })),
  ],
];

const unusable: Row[] = [
  ['WeCom: a plain text that is not UTF-8', aside, (t) => spoken(t, Buffer.from([0x7b, 0xff, 0x7d]))],
  [
    'WeCom: a DOCTYPE inside',
    aside,
    (t) => spoken(t, `<!DOCTYPE x>${robotTextXml({ ...said(), chat: group })}`),
  ],
  [
    'WeCom: ten thousand elements deep',
    aside,
    (t) => spoken(t, `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`),
  ],
  [
    'WeCom: a prototype for a message',
    aside,
    (t) => spoken(t, '{"__proto__":{"msgtype":"text"},"constructor":{}}'),
  ],
  [
    'WeCom: a sender that is an object',
    aside,
    (t) => spoken(t, aiBotText(said()).replace(/"from":\{[^}]*\}/, '"from":{"userid":{"$ne":null}}')),
  ],
  [
    'DingTalk: JSON a hundred thousand deep',
    asideDing,
    (t) => ding(t, `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
  ],
  ['DingTalk: for another robot', asideDing, (t) => ding(t, { ...dingText(t), robotCode: 'dingother' })],
  ['DingTalk: a message without an id', asideDing, (t) => ding(t, { ...dingText(t), msgId: undefined })],
];

const elsewhere: Row[] = [
  [
    'SSRF: sessionWebhook of a stranger',
    asideDing,
    (t) => ding(t, { ...dingText(t), sessionWebhook: `${t.trap}/session` }),
  ],
  [
    'SSRF: sessionWebhook with the real host for a user name',
    asideDing,
    (t) =>
      ding(t, { ...dingText(t), sessionWebhook: `${t.trap.replace('//', '//oapi.dingtalk.com@')}/session` }),
  ],
  [
    'SSRF: sessionWebhook at the metadata address',
    asideDing,
    (t) => ding(t, { ...dingText(t), sessionWebhook: 'http://169.254.169.254/latest' }),
  ],
  [
    'SSRF: response_url of a stranger',
    answered,
    (t) =>
      spoken(
        t,
        aiBotText(said('我的')).replace(/"response_url":"[^"]*"/, `"response_url":"${t.trap}/response"`),
      ),
  ],
  [
    'SSRF: webhook_url of a stranger',
    answered,
    (t) =>
      spoken(
        t,
        robotTextJson({ ...said('我的'), chat: group }).replace(
          /"webhook_url":"[^"]*"/,
          `"webhook_url":"${t.trap}/hook"`,
        ),
      ),
  ],
  [
    'SSRF: a picture that lies with a stranger',
    { status: 200, effect: 'a message' },
    (t) =>
      spoken(
        t,
        JSON.stringify({
          ...JSON.parse(aiBotText(said())),
          msgtype: 'image',
          text: undefined,
          image: { url: `${t.trap}/picture` },
        }),
      ),
  ],
];

/** The same call several times over, or told apart by what no signature covers. */
const repeated: Row[] = [
  [
    'replay: WeCom, three times the same call',
    { status: [200, 200, 200], effect: 'one entry' },
    async (t) => {
      const call = wecomCall(options(t, aiBotText(said())));
      return [await toWecom(t, call), await toWecom(t, call), await toWecom(t, call)];
    },
  ],
  [
    'replay: WeCom, five at once',
    { status: [200, 200, 200, 200, 200], effect: 'one entry' },
    (t) => {
      const call = wecomCall(options(t, aiBotText(said())));
      return Promise.all([1, 2, 3, 4, 5].map(() => toWecom(t, call)));
    },
  ],
  [
    'replay: WeCom, digits moved from the nonce to the timestamp',
    { status: [200, 401], effect: 'one entry' },
    async (t) => {
      const call = wecomCall({ ...options(t, aiBotText(said())), nonce: '5678' });
      const moved = call.query.replace(/timestamp=(\d+)&nonce=5678/, 'timestamp=$15&nonce=678');
      return [await toWecom(t, call), await toWecom(t, { ...call, query: moved })];
    },
  ],
  [
    'replay: DingTalk, three times the same call',
    { status: [200, 200, 200], effect: 'one entry' },
    async (t) => {
      const call = dingtalkCall({ secret: t.dingtalk.secret, body: dingText(t), now: at() });
      return [await toDingtalk(t, call), await toDingtalk(t, call), await toDingtalk(t, call)];
    },
  ],
  [
    'swap: the signature of one DingTalk message around another is noticed',
    { status: [200, 200], effect: 'set aside' },
    async (t) => {
      const now = at();
      const one = dingtalkCall({ secret: t.dingtalk.secret, body: dingText(t, '我的'), now });
      const other = { ...one, body: Buffer.from(JSON.stringify(dingText(t, '总览'))) };
      return [await toDingtalk(t, one), await toDingtalk(t, other)];
    },
  ],
  [
    'a stranger is told how to bind, and nothing else',
    { status: 200, effect: 'a message' },
    (t) => spoken(t, aiBotText(said('4.3.2 演练+1', 'nobody'))),
  ],
  [
    'somebody with a name in other letters is somebody else',
    { status: 200, effect: 'a message' },
    (t) => spoken(t, aiBotText(said(report, chief.toUpperCase()))),
  ],
];

/** Words that would like to be more than words; each is recorded as what it is, or asked about. */
const words: Row[] = [
  ['text: a line of the log', '{"level":60,"msg":"forged line"}\n4.3.2 正在推进'],
  ['text: SQL', "4.3.2 正在推进'; drop table entries; --"],
  ['text: a formula', '4.3.2 正在推进 =cmd|"/c calc"!A1'],
  ['text: a script', '4.3.2 正在推进<script>alert(1)</script>'],
  ['text: a mention of everybody', '4.3.2 正在推进 <@all> @所有人'],
  ['text: controls, bidi and NUL', '4.3.2 正在推进\u0000\u202e\u2028\u0007'],
  ['text: half a surrogate pair', '4.3.2 正在推进\ud83d'],
  ['text: a template', '4.3.2 正在推进 #{7*7} {{7*7}} %s%n <%= 7*7 %>'],
].map(
  ([name = '', text = '']): Row => [
    name,
    { status: 200, body: /./, effect: 'one entry' },
    (t) => spoken(t, aiBotText(said(text))),
  ],
);

const heavy: Row[] = [
  [
    'text: fifty thousand characters',
    { status: 200, effect: 'a message' },
    (t) => spoken(t, aiBotText(said('中'.repeat(50_000)))),
  ],
  [
    'text: twenty thousand digits',
    { status: 200, effect: 'a message' },
    (t) => spoken(t, aiBotText(said(`4.3.2 演练+${'9'.repeat(20_000)}`))),
  ],
  [
    'text: a pattern that would like to be tried in every way',
    { status: 200, effect: 'a message' },
    (t) => spoken(t, aiBotText(said(`${'1、'.repeat(4_000)}!`))),
  ],
  [
    'body: 257 KiB',
    { status: 413, body: empty, effect: 'nothing' },
    (t) =>
      send(t.address, { method: 'POST', path: '/hooks/wecom', headers: [], body: Buffer.alloc(257 * 1024) }),
  ],
  [
    'body: one GiB, says its header',
    { status: 413, effect: 'nothing' },
    (t) => sendRaw(t.address, 'POST /hooks/wecom HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n'),
  ],
  [
    'body: chunks without an end',
    { status: 413, effect: 'nothing' },
    (t) =>
      sendRaw(
        t.address,
        `POST /hooks/dingtalk HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${`10000\r\n${'a'.repeat(65_536)}\r\n`.repeat(5)}`,
      ),
  ],
  [
    'headers: 20 KiB of one',
    { status: 431, effect: 'nothing' },
    (t) => sendRaw(t.address, `GET /healthz HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`),
  ],
];

const http: Row[] = [
  [
    'HTTP: two lengths',
    { status: 400, effect: 'nothing' },
    (t) =>
      sendRaw(
        t.address,
        'POST /hooks/wecom HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
      ),
  ],
  [
    'HTTP: a length and chunks',
    { status: 400, effect: 'nothing' },
    (t) =>
      sendRaw(
        t.address,
        'POST /hooks/wecom HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /sandbox HTTP/1.1\r\n\r\n',
      ),
  ],
  [
    'HTTP: no HTTP at all',
    { status: 400, effect: 'nothing' },
    (t) => sendRaw(t.address, '\u0016\u0003\u0001 not http\r\n\r\n'),
  ],
  [
    'HTTP: a method nobody has',
    { status: [400, 405, 501], effect: 'nothing' },
    (t) => sendRaw(t.address, 'TRACE /hooks/wecom HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
  ],
  [
    'HTTP: PUT at the hook',
    { status: 405, effect: 'nothing' },
    (t) => send(t.address, { method: 'PUT', path: '/hooks/wecom', headers: [], body: '{}' }),
  ],
  [
    'HTTP: GET at the DingTalk hook',
    { status: 405, effect: 'nothing' },
    (t) => send(t.address, { method: 'GET', path: '/hooks/dingtalk', headers: [], body: '' }),
  ],
  [
    'HTTP: half an escape in the path',
    { status: [400, 404], effect: 'nothing' },
    (t) => send(t.address, { method: 'GET', path: '/board/%E0%A4%A', headers: [], body: '' }),
  ],
  [
    'HTTP: up and out of the folder',
    { status: [400, 404], effect: 'nothing' },
    (t) =>
      sendRaw(
        t.address,
        'GET /sandbox/..%2f..%2f..%2fetc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      ),
  ],
  [
    'link: the board without a signature',
    { status: [403, 404], effect: 'nothing' },
    (t) => send(t.address, { method: 'GET', path: '/board', headers: [], body: '' }),
  ],
  [
    'link: a signature made up',
    { status: [403, 404], effect: 'nothing' },
    (t) =>
      send(t.address, {
        method: 'GET',
        path: '/board/task/5.2.2?for=p1&until=zzzzzz&sign=AAAA',
        headers: [],
        body: '',
      }),
  ],
  [
    'sandbox: from a page of another host',
    { status: [403, 404], effect: 'nothing' },
    (t) =>
      send(t.address, {
        method: 'POST',
        path: '/sandbox/say',
        headers: ['Origin', 'https://evil.example', 'Content-Type', 'application/json'],
        body: '{}',
      }),
  ],
  [
    'sandbox: under another name of this machine (DNS rebinding)',
    { status: [400, 403, 404, 421], effect: 'nothing' },
    (t) =>
      sendRaw(t.address, 'GET /sandbox/state HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'),
  ],
];

/** Every probe of the table; each row is tried against the running server. */
export const probes: Probe[] = [
  ...unsigned,
  ...oracle,
  ...unusable,
  ...elsewhere,
  ...repeated,
  ...words,
  ...heavy,
  ...http,
].map(([name, expect, run]) => ({ name, expect, run }));
