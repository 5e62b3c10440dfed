import { describe, expect, test } from 'vitest';
import { Unusable } from '../../src/platforms/incoming.ts';
import { decipher } from '../../src/platforms/wecom/envelope.ts';
import {
  encipher,
  type HttpCall,
  pad,
  robotTextXml,
  seal,
  signedCall,
  wecomCall,
  wecomEcho,
} from '../clients/wecom.ts';
import { fate, flip, goodWecom, now, options, plaintext, said, wecom } from './spoilt.ts';

const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const without = (name: string) => goodWecom.query.replace(new RegExp(`&?${name}=[^&]*`), '');
const withQuery = (query: string): HttpCall => ({ ...goodWecom, query });
const withBody = (body: string | Buffer): HttpCall => ({ ...goodWecom, body: Buffer.from(body) });
const signature = goodWecom.query.slice('msg_signature='.length, 'msg_signature='.length + 40);
const at = (seconds: number) => wecomCall({ ...options, now: later(seconds) });
const sealed = seal(options);
const echo = wecomEcho({ ...options, plaintext: '1' });
/** Signed over the odd spelling itself, so that nothing else is at fault. */
const spelt = (timestamp: string) => wecomCall({ ...options, timestamp });
const seconds = (now.getTime() / 1000).toString();
/** Any body around a cipher text that is well signed. */
const wrapped = (body: string | Buffer, encrypt = sealed): HttpCall => ({
  ...signedCall(options, encrypt),
  body: Buffer.from(body),
});
const xml = (before: string, inside = '') =>
  wrapped(`${before}<xml><Encrypt><![CDATA[${sealed}]]></Encrypt>${inside}</xml>`);

test('the call that all others are spoilt from is a message', () => {
  expect(fate(() => wecom.receive(goodWecom, now))).toBe('message');
});

describe('a WeCom call that is refused without a word', () => {
  const rows: [string, HttpCall][] = [
    ['with no query', withQuery('')],
    ['without a signature', withQuery(without('msg_signature'))],
    ['without a timestamp', withQuery(without('timestamp'))],
    ['without a nonce', withQuery(without('nonce'))],
    ['with its signature twice', withQuery(`${goodWecom.query}&msg_signature=${signature}`)],
    ['with a second signature spelt otherwise', withQuery(`${goodWecom.query}&msg%5Fsignature=x`)],
    ['with its timestamp twice', withQuery(`${goodWecom.query}&timestamp=1`)],
    ['with its nonce twice', withQuery(`${goodWecom.query}&nonce=nonce123`)],
    [
      'with one figure of the signature changed',
      withQuery(goodWecom.query.replace(signature, flip(signature))),
    ],
    [
      'with the signature in capitals',
      withQuery(goodWecom.query.replace(signature, signature.toUpperCase())),
    ],
    ['with half a signature', withQuery(goodWecom.query.replace(signature, signature.slice(0, 20)))],
    ['with an empty signature', withQuery(goodWecom.query.replace(signature, ''))],
    ['with another nonce', withQuery(goodWecom.query.replace('nonce123', 'nonce124'))],
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
    ['with half of its JSON', withBody(goodWecom.body.subarray(0, 40))],
    ['with JSON that is null', withBody('null')],
    ['with JSON that is a list', wrapped(JSON.stringify([{ encrypt: sealed }]))],
    ['with JSON without a cipher text', withBody('{}')],
    ['with a cipher text that is a number', wrapped('{"encrypt":1}', '1')],
    ['with an empty cipher text', signedCall(options, '')],
    ['with another cipher text than was signed', withBody(JSON.stringify({ encrypt: sealed }))],
    ['with JSON a hundred thousand deep', withBody('['.repeat(100_000) + ']'.repeat(100_000))],
    [
      'with a body that is not UTF-8',
      wrapped(
        Buffer.concat([Buffer.from(`{"encrypt":"${sealed}","a":"`), Buffer.from([0xff]), Buffer.from('"}')]),
      ),
    ],
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
    ['that asks for nothing', { ...goodWecom, method: 'GET' }],
    ['by a method that no platform uses', { ...goodWecom, method: 'PUT' }],
    [
      'whose address check is not signed',
      { ...echo, query: echo.query.replace(/=\w{40}&/, `=${'a'.repeat(40)}&`) },
    ],
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
  const frame = (length: number) => {
    const head = Buffer.alloc(20);
    head.writeUInt32BE(length, 16);
    return Buffer.concat([head, Buffer.from(plaintext)]);
  };
  const size = Buffer.byteLength(plaintext);
  const carrying = (padded: Buffer) => signedCall(options, encipher(options.aesKey, padded));
  const padding = (last: number) => {
    const bytes = pad(frame(size));
    bytes[bytes.length - 1] = last;
    return carrying(bytes);
  };
  const saying = (text: string | Buffer) => wecomCall({ ...options, plaintext: text });
  const changed = (more: object) => saying(JSON.stringify({ ...JSON.parse(plaintext), ...more }));
  const robot = robotTextXml(said);
  const app =
    '<FromUserName>li</FromUserName><MsgType>text</MsgType><Content>x</Content><AgentID>1</AgentID>';

  /** By the reason that the admin is given. */
  const reasons: Record<string, [string, HttpCall][]> = {
    密文不是规范的base64: [
      ['whose cipher text is no base64', signedCall(options, '督办')],
      ['whose cipher text is base64 for addresses', signedCall(options, '-_-_'.repeat(16))],
      ['whose cipher text lacks its end', signedCall(options, sealed.slice(0, -1))],
      [
        'whose cipher text is broken into lines',
        signedCall(options, `${sealed.slice(0, 64)}\n${sealed.slice(64)}`),
      ],
      ['whose cipher text has stray bits', signedCall(options, 'AAAAAAAAAAAAAAAAAAAAAB==')],
    ],
    密文长度不符: [
      ['whose cipher text is no whole block', signedCall(options, Buffer.alloc(17).toString('base64'))],
    ],
    解密后填充不符: [
      // Of random bytes one in 256 ends by chance as padding does.
      [
        'encrypted with another key',
        signedCall(options, seal({ ...options, aesKey: 'x'.repeat(43), random: Buffer.alloc(16) })),
      ],
      ['padded with zero', padding(0)],
      [
        'padded beyond a block',
        carrying(
          Buffer.concat([frame(size), Buffer.alloc(48 - ((20 + size) % 16), 48 - ((20 + size) % 16))]),
        ),
      ],
      ['padded with bytes that differ', padding(5)],
      ['padded with more than there is', carrying(Buffer.alloc(16, 32))],
    ],
    解密后长度不符: [
      ['that is nothing but padding', carrying(Buffer.alloc(32, 32))],
      ['that ends before its length', carrying(pad(Buffer.alloc(17)))],
      ['whose length is one beyond the end', carrying(pad(frame(size + 1)))],
      ['whose length is as large as it can be', carrying(pad(frame(0xffff_ffff)))],
    ],
    接收方ID不符: [
      ['whose length stops short', carrying(pad(frame(size - 1)))],
      ['for another receiver', wecomCall({ ...options, receiveId: 'corp' })],
    ],
    '解密后不是UTF-8': [
      [
        'whose words are not UTF-8',
        saying(Buffer.concat([Buffer.from(plaintext.slice(0, -3)), Buffer.from([0xc3]), Buffer.from('"}}')])),
      ],
    ],
    明文读不出: [
      ['that says nothing', saying('')],
      ['that is neither XML nor JSON', saying('hello')],
      ['that is a number', saying('7')],
      ['that is forty deep', saying(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`)],
      ['that carries a DOCTYPE', saying(`<!DOCTYPE xml>${robot}`)],
      ['that multiplies entities', saying(`<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>${robot}`)],
      ['that has attributes', saying(robot.replace('<xml>', '<xml a="1">'))],
      ['that has a comment', saying(robot.replace('<xml>', '<xml><!-- x -->'))],
      ['whose XML is cut off', saying(robot.slice(0, 200))],
      ['whose XML closes what it did not open', saying(robot.replace('</MsgId>', '</MsgKey>'))],
    ],
    明文缺少必要字段: [
      ['that is a list', saying('[]')],
      ['from nobody', changed({ from: undefined })],
      ['from a number', changed({ from: { userid: 7 } })],
      ['from an empty account', changed({ from: { userid: '' } })],
      ['from an account with a NUL', changed({ from: { userid: 'li\0' } })],
      ['from an account with half a character', changed({ from: { userid: 'li\ud83d' } })],
      [
        'from two accounts',
        saying(robot.replace('<UserId>li</UserId>', '<UserId>li</UserId><UserId>wang</UserId>')),
      ],
      ['with an id that is a list', changed({ msgid: ['M'] })],
      ['whose group is an object', changed({ chatid: { $ne: '' } })],
      ['whose bot is a number', changed({ aibotid: 7 })],
      ['whose text is a number', changed({ text: { content: 7 } })],
      ['whose mixed parts are no list', changed({ msgtype: 'mixed', mixed: { msg_item: 'x' } })],
      [
        'that pretends to be an app’s',
        saying('<xml><ToUserName></ToUserName><FromUserName>li</FromUserName></xml>'),
      ],
    ],
    没有消息ID: [['without an id', changed({ msgid: undefined })]],
    没有群ID: [['from a group without a name', changed({ chatid: undefined })]],
    没有正文: [['whose text is missing', changed({ text: undefined })]],
    企业ID不符: [
      ['whose app is not set up', saying(`<xml><ToUserName>corp</ToUserName>${app}<MsgId>1</MsgId></xml>`)],
    ],
  };
  const rows = Object.entries(reasons).flatMap(([reason, calls]) =>
    calls.map((call) => [...call, reason] as const),
  );

  test.each(rows)('%s', (_, call, reason) => {
    const answer = { status: 200, type: 'text/plain', body: '' };
    expect(wecom.receive(call, now)).toEqual({ is: 'unusable', reason, answer });
  });

  test('is not one that tries to reach into objects', () => {
    const poison = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},';
    expect(fate(() => wecom.receive(saying(plaintext.replace('{', poison)), now))).toBe('message');
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('a file’s cipher text', () => {
  const bytes = Buffer.from(encipher(options.aesKey, pad(Buffer.from('一份文件'))), 'base64');

  test.each(['', '=', '=='])('is read by its key with «%s» at its end', (end) => {
    expect(decipher(options.aesKey + end, bytes).toString()).toBe('一份文件');
  });

  test.each([
    ['half a key', options.aesKey.slice(0, 20), bytes],
    ['no key', '', bytes],
    ['another key', flip(options.aesKey), bytes],
    ['half a block', options.aesKey, bytes.subarray(0, 24)],
    ['nothing', options.aesKey, Buffer.alloc(0)],
  ])('is unusable with %s', (_, key, text) => {
    expect(() => decipher(key, text)).toThrow(Unusable);
    expect(() => decipher(key, text)).toThrow(expect.objectContaining({ name: 'Unusable' }));
    expect(() => decipher(key, text)).toThrow(/\p{Script=Han}/u);
  });
});
