import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dingtalkCall } from '../clients/dingtalk.ts';
import { encipher, type HttpCall, pad, signedCall, wecomCall } from '../clients/wecom.ts';
import {
  body,
  dingtalk,
  fate,
  goodDingtalk,
  goodWecom,
  now,
  options,
  plaintext,
  secret,
  wecom,
} from './spoilt.ts';

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
      fc.record({ query: text }).map(({ query }) => ({ ...goodWecom, query })),
      ['forged'],
    );
    holds(
      fc.array(text).map((headers) => ({ ...goodDingtalk, headers })),
      ['forged'],
      dingtalk,
    );
  });

  test('in the body', () => {
    holds(
      bytes.map((all) => ({ ...goodWecom, body: all })),
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
      bytes.map((all) => signedCall(options, encipher(options.aesKey, pad(all)))),
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
