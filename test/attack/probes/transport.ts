import { aiBotText } from '../../clients/wecom.ts';
import { send, sendRaw } from '../wire.ts';
import { empty, type Row, said, spoken } from './probe.ts';

export const heavy: Row[] = [
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

export const http: Row[] = [
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
