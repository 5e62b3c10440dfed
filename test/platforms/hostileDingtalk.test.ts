import { describe, expect, test } from 'vitest';
import { dingtalkCall, dingtalkSign } from '../clients/dingtalk.ts';
import type { HttpCall } from '../clients/wecom.ts';
import { body, dingtalk, fate, flip, goodDingtalk, now, secret } from './spoilt.ts';

const [timestamp = '', mac = ''] = [goodDingtalk.headers[3], goodDingtalk.headers[5]];
const headed = (...headers: string[]): HttpCall => ({ ...goodDingtalk, headers });

test('the DingTalk call that all others are spoilt from is a message', () => {
  expect(fate(() => dingtalk.receive(goodDingtalk, now))).toBe('message');
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
    ['that only asks', { ...goodDingtalk, method: 'GET' }],
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
    [
      'that is not UTF-8',
      saying(
        Buffer.concat([
          Buffer.from(JSON.stringify(body).slice(0, -1)),
          Buffer.from(',"a":"'),
          Buffer.from([0xff]),
          Buffer.from('"}'),
        ]),
      ),
    ],
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
