import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDingtalk } from '../../src/platforms/dingtalk/dingtalk.ts';
import { Forged, type Received } from '../../src/platforms/platform.ts';
import { createWecom } from '../../src/platforms/wecom/wecom.ts';
import { dingtalkCall, dingtalkSign, dingtalkText } from '../clients/dingtalk.ts';
import {
  aiBotText,
  encipher,
  type HttpCall,
  pad,
  robotTextXml,
  seal,
  signedCall,
  type WecomCall,
  wecomCall,
  wecomEcho,
} from '../clients/wecom.ts';

const now = new Date('2026-04-13T01:00:00Z');
const nowhere = () => Promise.reject(new Error('no push here'));
const keys = { token: 'QDG6eK', aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' };
const secret = 'this is a secret';
const wecom = createWecom({ ...keys, receiveId: '', apiBase: 'https://qyapi.weixin.qq.com' }, nowhere);
const bases = { apiBase: 'https://api.dingtalk.com', oapiBase: 'https://oapi.dingtalk.com' };
const dingtalk = createDingtalk({ appSecret: secret, robotCode: 'dingrobot', ...bases }, nowhere);

/** 401 for `forged`, 200 and quarantine for `unusable`. */
function fate(receive: () => Received): 'forged' | Received['is'] {
  try {
    return receive().is;
  } catch (error) {
    if (error instanceof Forged) return 'forged';
    throw error;
  }
}

const said = { id: 'M', chat: 'wr1', sender: 'li', text: '4.3.2 演练+1' };
const plaintext = aiBotText(said);
const options: WecomCall = { ...keys, plaintext, now };
const good = wecomCall(options);
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const without = (name: string) => good.query.replace(new RegExp(`&?${name}=[^&]*`), '');
const withQuery = (query: string): HttpCall => ({ ...good, query });
const withBody = (body: string | Buffer): HttpCall => ({ ...good, body: Buffer.from(body) });
const signature = good.query.slice('msg_signature='.length, 'msg_signature='.length + 40);
const at = (seconds: number) => wecomCall({ ...options, now: later(seconds) });
const sealed = seal(options);
const echo = wecomEcho({ ...options, plaintext: '1' });
/** Signed over the odd spelling itself, so that nothing else is at fault. */
const spelt = (timestamp: string) => wecomCall({ ...options, timestamp });
const seconds = (now.getTime() / 1000).toString();
/** Any body around a cipher text that is well signed. */
const wrapped = (body: string, encrypt = sealed): HttpCall => ({
  ...signedCall(options, encrypt),
  body: Buffer.from(body),
});
const xml = (before: string, inside = '') =>
  wrapped(`${before}<xml><Encrypt><![CDATA[${sealed}]]></Encrypt>${inside}</xml>`);

test('the call that all others are spoilt from is a message', () => {
  expect(fate(() => wecom.receive(good, now))).toBe('message');
});

describe('a WeCom call that is refused without a word', () => {
  const rows: [string, HttpCall][] = [
    ['with no query', withQuery('')],
    ['without a signature', withQuery(without('msg_signature'))],
    ['without a timestamp', withQuery(without('timestamp'))],
    ['without a nonce', withQuery(without('nonce'))],
    ['with its signature twice', withQuery(`${good.query}&msg_signature=${signature}`)],
    ['with a second signature spelt otherwise', withQuery(`${good.query}&msg%5Fsignature=x`)],
    ['with its timestamp twice', withQuery(`${good.query}&timestamp=1`)],
    ['with its nonce twice', withQuery(`${good.query}&nonce=nonce123`)],
    ['with one figure of the signature changed', withQuery(good.query.replace(signature, flip(signature)))],
    ['with the signature in capitals', withQuery(good.query.replace(signature, signature.toUpperCase()))],
    ['with half a signature', withQuery(good.query.replace(signature, signature.slice(0, 20)))],
    ['with an empty signature', withQuery(good.query.replace(signature, ''))],
    ['with another nonce', withQuery(good.query.replace('nonce123', 'nonce124'))],
    ['signed with another token', wecomCall({ ...options, token: 'other' })],
    ['301 seconds old', at(-301)],
    ['301 seconds ahead', at(301)],
    ['with a timestamp in milliseconds', spelt(`${seconds}000`)],
    ['with a zero before the timestamp', spelt(`0${seconds}`)],
    ['with a sign before the timestamp', spelt(`+${seconds}`)],
    ['with a blank before the timestamp', spelt(` ${seconds}`)],
    ['with a fraction in the timestamp', spelt(`${seconds}.0`)],
    ['with a timestamp in another notation', spelt(`${Number(seconds) / 1000}e3`)],
    ['with a timestamp in hexadecimal', spelt(`0x${Number(seconds).toString(16)}`)],
    ['with no body', withBody('')],
    ['with a body of blanks', withBody(' \n')],
    ['with a body that is neither XML nor JSON', withBody('encrypt=abc')],
    ['with half of its JSON', withBody(good.body.subarray(0, 40))],
    ['with JSON that is null', withBody('null')],
    ['with JSON that is a list', wrapped(JSON.stringify([{ encrypt: sealed }]))],
    ['with JSON without a cipher text', withBody('{}')],
    ['with a cipher text that is a number', wrapped('{"encrypt":1}', '1')],
    ['with an empty cipher text', signedCall(options, '')],
    ['with another cipher text than was signed', withBody(JSON.stringify({ encrypt: sealed }))],
    ['with JSON a hundred thousand deep', withBody('['.repeat(100_000) + ']'.repeat(100_000))],
    ['with a body that is not UTF-8', withBody(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))],
    ['with half of its XML', wrapped('<xml><Encrypt>x', 'x')],
    ['with an empty XML', withBody('<xml></xml>')],
    ['with two roots', wrapped('<xml><Encrypt>x</Encrypt></xml><xml></xml>', 'x')],
    ['with two cipher texts', wrapped('<xml><Encrypt>x</Encrypt><Encrypt>x</Encrypt></xml>', 'x')],
    ['with a DOCTYPE', xml('<!DOCTYPE xml>')],
    ['with a DOCTYPE that declares an entity', xml('<!DOCTYPE xml [<!ENTITY a "b">]>')],
    [
      'with a DOCTYPE that reaches for a file',
      xml('<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
    ],
    [
      'with a DOCTYPE between a comment’s marks of CDATA',
      xml('<!-- <![CDATA[ --><!DOCTYPE xml><!-- ]]> -->'),
    ],
    [
      'with a DOCTYPE between attributes that look like CDATA',
      xml('<a b="<![CDATA["/><!DOCTYPE xml><a b="]]>"/>'),
    ],
    ['with an instruction', xml('<?php x ?>')],
    ['with XML two hundred deep', xml('', `${'<a>'.repeat(200)}${'</a>'.repeat(200)}`)],
    ['with XML of ten thousand elements', xml('', '<a></a>'.repeat(10_000))],
    ['that asks for nothing', { ...good, method: 'GET' }],
    ['by a method that no platform uses', { ...good, method: 'PUT' }],
    ['whose address check is spoilt', { ...echo, query: echo.query.replace(/.$/, 'A') }],
    ['whose address check carries two numbers', { ...echo, query: `${echo.query}&echostr=x` }],
    ['whose address check is empty', wecomEcho({ ...options, plaintext: '' })],
    ['whose address check is too long', wecomEcho({ ...options, plaintext: '1'.repeat(65) })],
    ['whose address check is Chinese', wecomEcho({ ...options, plaintext: '督办' })],
    ['whose address check has a line break', wecomEcho({ ...options, plaintext: '123\n' })],
    [
      'whose address check is for another receiver',
      wecomEcho({ ...options, receiveId: 'corp', plaintext: '1' }),
    ],
    [
      'whose address check was made with another key',
      wecomEcho({ ...options, aesKey: 'x'.repeat(43), plaintext: '1' }),
    ],
  ];

  test.each(rows)('%s', (_, call) => {
    expect(fate(() => wecom.receive(call, now))).toBe('forged');
  });

  test('is not the XML that all others are spoilt from', () => {
    expect(fate(() => wecom.receive(xml('<?xml version="1.0"?>'), now))).toBe('message');
  });

  test.each([-300, 300])('is not one whose clock is %i seconds off', (seconds) => {
    expect(fate(() => wecom.receive(at(seconds), now))).toBe('message');
  });
});

describe('a WeCom call that is well signed, put aside and answered with an empty 200', () => {
  const frame = (length: number, message = plaintext, receiver = '') => {
    const head = Buffer.alloc(20);
    head.writeUInt32BE(length, 16);
    return Buffer.concat([head, Buffer.from(message), Buffer.from(receiver)]);
  };
  const size = Buffer.byteLength(plaintext);
  const carrying = (padded: Buffer) => signedCall(options, encipher(keys.aesKey, padded));
  const padding = (last: number) => {
    const bytes = pad(frame(size));
    bytes[bytes.length - 1] = last;
    return carrying(bytes);
  };
  const saying = (text: string | Buffer) => wecomCall({ ...options, plaintext: text });
  const changed = (more: object) => saying(JSON.stringify({ ...JSON.parse(plaintext), ...more }));
  const robot = robotTextXml(said);

  const rows: [string, HttpCall][] = [
    ['whose cipher text is no base64', signedCall(options, '督办')],
    ['whose cipher text is base64 for addresses', signedCall(options, '-_-_'.repeat(16))],
    ['whose cipher text lacks its padding', signedCall(options, sealed.replace(/=+$/, '').slice(0, -1))],
    [
      'whose cipher text has a line break',
      signedCall(options, `${sealed.slice(0, 64)}\n${sealed.slice(64)}`),
    ],
    ['whose cipher text has stray bits', signedCall(options, 'AAAAAAAAAAAAAAAAAAAAAB==')],
    ['whose cipher text is no whole block', signedCall(options, Buffer.alloc(17).toString('base64'))],
    ['whose cipher text is one block', signedCall(options, Buffer.alloc(16, 7).toString('base64'))],
    ['encrypted with another key', signedCall(options, seal({ ...options, aesKey: 'x'.repeat(43) }))],
    ['padded with zero', padding(0)],
    ['padded beyond a block', padding(33)],
    ['padded with bytes that differ', padding(5)],
    ['padded with more than there is', carrying(Buffer.alloc(16, 32))],
    ['that is nothing but padding', carrying(Buffer.alloc(32, 32))],
    ['whose length is beyond the end', carrying(pad(frame(size + 1)))],
    ['whose length is as large as it can be', carrying(pad(frame(0xffff_ffff)))],
    ['whose length stops short', carrying(pad(frame(size - 1)))],
    ['for another receiver', wecomCall({ ...options, receiveId: 'corp' })],
    ['whose words are not UTF-8', saying(Buffer.from([0xc3, 0x28]))],
    ['that says nothing', saying('')],
    ['that is neither XML nor JSON', saying('hello')],
    ['that is a number', saying('7')],
    ['that is a list', saying('[]')],
    ['that is forty deep', saying(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`)],
    ['that carries a DOCTYPE', saying(`<!DOCTYPE xml>${robot}`)],
    ['that multiplies entities', saying(`<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>${robot}`)],
    ['that has attributes', saying(robot.replace('<xml>', '<xml a="1">'))],
    ['that has a comment', saying(robot.replace('<xml>', '<xml><!-- x -->'))],
    ['whose XML is cut off', saying(robot.slice(0, 200))],
    ['from nobody', changed({ from: undefined })],
    ['from a number', changed({ from: { userid: 7 } })],
    ['from an empty account', changed({ from: { userid: '' } })],
    [
      'from two accounts',
      saying(robot.replace('<UserId>li</UserId>', '<UserId>li</UserId><UserId>wang</UserId>')),
    ],
    ['without an id', changed({ msgid: undefined })],
    ['with an id that is a list', changed({ msgid: ['M'] })],
    ['from a group without a name', changed({ chatid: undefined })],
    ['whose group is an object', changed({ chatid: { $ne: '' } })],
    ['whose bot is a number', changed({ aibotid: 7 })],
    ['whose text is missing', changed({ text: undefined })],
    ['whose text is a number', changed({ text: { content: 7 } })],
    ['whose mixed parts are no list', changed({ msgtype: 'mixed', mixed: { msg_item: 'x' } })],
    [
      'that pretends to be an app’s',
      saying('<xml><ToUserName></ToUserName><FromUserName>li</FromUserName></xml>'),
    ],
    [
      'whose app is not set up',
      saying(
        '<xml><ToUserName>corp</ToUserName><FromUserName>li</FromUserName><MsgType>text</MsgType><Content>x</Content><MsgId>1</MsgId><AgentID>1</AgentID></xml>',
      ),
    ],
  ];

  test.each(rows)('%s', (_, call) => {
    expect(wecom.receive(call, now)).toEqual({
      is: 'unusable',
      reason: expect.stringMatching(/^[\p{Script=Han}\w-]+$/u),
      answer: { status: 200, type: 'text/plain', body: '' },
    });
  });

  test('is not one that tries to reach into objects', () => {
    const poisoned = plaintext.replace(
      '{',
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},',
    );
    expect(fate(() => wecom.receive(saying(poisoned), now))).toBe('message');
    expect({}).not.toHaveProperty('polluted');
  });
});

const body = dingtalkText(said, now);
const ding = dingtalkCall({ secret, body, now });
const [timestamp = '', mac = ''] = [ding.headers[3], ding.headers[5]];
const headed = (...headers: string[]): HttpCall => ({ ...ding, headers });

test('the DingTalk call that all others are spoilt from is a message', () => {
  expect(fate(() => dingtalk.receive(ding, now))).toBe('message');
});

describe('a DingTalk call that is refused without a word', () => {
  const stamped = (text: string) => headed('timestamp', text, 'sign', dingtalkSign(text, secret));
  const off = (milliseconds: number) => stamped((now.getTime() + milliseconds).toString());

  const rows: [string, HttpCall][] = [
    ['without headers', headed()],
    ['without a signature', headed('timestamp', timestamp)],
    ['without a timestamp', headed('sign', mac)],
    ['with its signature twice', headed('timestamp', timestamp, 'sign', mac, 'Sign', mac)],
    ['with its timestamp twice', headed('timestamp', timestamp, 'TIMESTAMP', timestamp, 'sign', mac)],
    ['with two timestamps in one header', headed('timestamp', `${timestamp}, ${timestamp}`, 'sign', mac)],
    ['with an empty signature', headed('timestamp', timestamp, 'sign', '')],
    ['with one letter of the signature changed', headed('timestamp', timestamp, 'sign', flip(mac))],
    ['with a blank after the signature', headed('timestamp', timestamp, 'sign', `${mac} `)],
    ['signed with another secret', dingtalkCall({ secret: 'other', body, now })],
    ['signed in the name of a header', headed('x', 'timestamp', timestamp, 'sign', mac)],
    ['300.001 seconds old', off(-300_001)],
    ['300.001 seconds ahead', off(300_001)],
    ['with a timestamp in seconds', stamped(timestamp.slice(0, 10))],
    ['with a zero before the timestamp', stamped(`0${timestamp}`)],
    ['with a sign before the timestamp', stamped(`+${timestamp}`)],
    ['with a fraction in the timestamp', stamped(`${timestamp}.0`)],
    [
      'with a timestamp in full-width figures',
      stamped(timestamp.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d)))),
    ],
    ['that only asks', { ...ding, method: 'GET' }],
  ];

  test.each(rows)('%s', (_, call) => {
    expect(fate(() => dingtalk.receive(call, now))).toBe('forged');
  });

  test.each([-300_000, 300_000])('is not one whose clock is %i milliseconds off', (milliseconds) => {
    expect(fate(() => dingtalk.receive(off(milliseconds), now))).toBe('message');
  });
});

describe('a DingTalk call that is well signed, put aside and answered with an empty message', () => {
  const saying = (text: unknown) => dingtalkCall({ secret, body: text, now });
  const changed = (more: object) => saying({ ...body, ...more });

  const rows: [string, HttpCall][] = [
    ['that says nothing', saying('')],
    ['that is no JSON', saying('<xml/>')],
    ['that is null', saying('null')],
    ['that is a list', saying('[]')],
    ['that is not UTF-8', saying(Buffer.from([0x22, 0xff, 0x22]))],
    ['that is a hundred thousand deep', saying(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)],
    ['without an id', changed({ msgId: undefined })],
    ['with an id that is an object', changed({ msgId: {} })],
    ['from nobody', changed({ senderStaffId: '', senderId: undefined })],
    ['from an account that is an object', changed({ senderStaffId: {}, senderId: 7 })],
    ['from a chat of no kind', changed({ conversationType: '3' })],
    ['from a chat without a name', changed({ conversationId: undefined })],
    ['for another robot', changed({ robotCode: 'dingother' })],
    ['that wants its answer elsewhere', changed({ sessionWebhook: 'https://evil.example/x' })],
    ['that wants its answer in a file', changed({ sessionWebhook: 'file:///etc/passwd' })],
    ['that wants its answer at an object', changed({ sessionWebhook: {} })],
    ['whose text is missing', changed({ text: undefined })],
    ['whose text is a number', changed({ text: { content: 7 } })],
    ['whose formatted text is none', changed({ msgtype: 'richText', text: undefined, content: {} })],
    ['whose quota is used up', changed({ text: undefined, errorCode: 20001 })],
  ];

  test.each(rows)('%s', (_, call) => {
    expect(dingtalk.receive(call, now)).toEqual({
      is: 'unusable',
      reason: expect.stringMatching(/\p{Script=Han}/u),
      answer: { status: 200, type: 'application/json', body: '{"msgtype":"empty"}' },
    });
  });
});

describe('whatever bytes arrive, a call is a message, settled, put aside or forged, and nothing breaks', () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((all) => Buffer.from(all));
  const text = fc.string({ unit: 'binary', maxLength: 200 });
  const blocks = fc.array(fc.uint8Array({ minLength: 16, maxLength: 16 }), { minLength: 1, maxLength: 8 });
  const json = fc.jsonValue({ maxDepth: 6 });
  /** A good message with some of its values swapped for anything. */
  const spoilt = (whole: object) =>
    fc
      .record({ name: fc.constantFrom(...Object.keys(whole)), value: json })
      .map(({ name, value }) => ({ ...whole, [name]: value }));
  const fates = ['forged', 'message', 'greeting', 'settled', 'unusable'];
  const holds = (calls: fc.Arbitrary<HttpCall>, allowed: string[], receiver = wecom) =>
    fc.assert(
      fc.property(calls, (call) => {
        expect(allowed).toContain(fate(() => receiver.receive(call, now)));
      }),
      { numRuns: 500 },
    );
  const wellSigned = fates.filter((each) => each !== 'forged');

  test('in the query and headers', () => {
    holds(
      fc.record({ query: text }).map(({ query }) => ({ ...good, query })),
      ['forged'],
    );
    holds(
      fc.array(text).map((headers) => ({ ...ding, headers })),
      ['forged'],
      dingtalk,
    );
  });

  test('in the body', () => {
    holds(
      bytes.map((all) => ({ ...good, body: all })),
      ['forged'],
    );
    holds(
      bytes.map((all) => dingtalkCall({ secret, body: all, now })),
      ['unusable'],
      dingtalk,
    );
  });

  test('in a signed envelope', () => {
    holds(
      text.filter((each) => each !== '').map((each) => signedCall(options, each)),
      ['unusable'],
    );
    holds(
      text.map((each) => signedCall({ ...options, format: 'xml' }, each)),
      ['forged', 'unusable'],
    );
  });

  test('in a signed cipher text', () => {
    holds(
      blocks.map((all) => signedCall(options, Buffer.concat(all).toString('base64'))),
      ['unusable'],
    );
    holds(
      bytes.map((all) => signedCall(options, encipher(keys.aesKey, pad(all)))),
      ['unusable'],
    );
  });

  test('in a signed plaintext', () => {
    holds(
      bytes.map((all) => wecomCall({ ...options, plaintext: all })),
      ['unusable'],
    );
    holds(
      json.map((each) => wecomCall({ ...options, plaintext: JSON.stringify(each) })),
      wellSigned,
    );
    holds(
      spoilt(JSON.parse(plaintext)).map((each) => wecomCall({ ...options, plaintext: JSON.stringify(each) })),
      wellSigned,
    );
    const tags = fc.array(
      fc.constantFrom(
        '<',
        '>',
        '/',
        'xml',
        '<xml>',
        '</xml>',
        '<![CDATA[',
        ']]>',
        '<From>',
        '</From>',
        '<UserId>',
        'li',
        '&',
        '<!--',
        '!DOCTYPE',
        '__proto__',
        '"',
      ),
    );
    holds(
      tags.map((all) => wecomCall({ ...options, plaintext: all.join('') })),
      wellSigned,
    );
    holds(
      json.map((each) => dingtalkCall({ secret, body: JSON.stringify(each), now })),
      wellSigned,
      dingtalk,
    );
    holds(
      spoilt(body).map((each) => dingtalkCall({ secret, body: each, now })),
      wellSigned,
      dingtalk,
    );
    holds(
      spoilt(body.text).map((each) => dingtalkCall({ secret, body: { ...body, text: each }, now })),
      wellSigned,
      dingtalk,
    );
  });
});

/** The same length, one character other. */
function flip(text: string): string {
  return (text.startsWith('a') ? 'b' : 'a') + text.slice(1);
}
