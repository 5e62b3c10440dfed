import { describe, expect, test, vi } from 'vitest';
import type { Reply } from '../../src/chat/reply.ts';
import { dialSocket } from '../../src/platforms/connection/wire.ts';
import { createDingtalk, type DingtalkSettings } from '../../src/platforms/dingtalk/dingtalk.ts';
import { sign } from '../../src/platforms/dingtalk/sign.ts';
import { Forged, type Received } from '../../src/platforms/platform.ts';
import { realTimers } from '../../src/time.ts';
import { dingtalkCall, dingtalkSign, dingtalkText, openDingtalkAnswer } from '../clients/dingtalk.ts';

const now = new Date('2026-04-13T01:00:00Z');
const secret = 'this is a secret';
const bases = { apiBase: 'https://api.dingtalk.com', oapiBase: 'https://oapi.dingtalk.com' };
const nowhere = () => Promise.reject(new Error('no push here'));
const dingtalk = (settings: Partial<DingtalkSettings> = {}) =>
  createDingtalk({ appSecret: secret, ...bases, ...settings }, nowhere);

const receive = (body: unknown, settings: Partial<DingtalkSettings> = {}) =>
  dingtalk(settings).receive(dingtalkCall({ secret, body, now }), now);

function messageOf(received: Received) {
  if (received.is !== 'message') throw new Error(`${received.is}, not a message`);
  return received;
}

const said = { id: 'msg1', chat: 'cidA==', sender: '007', text: '4.3.2 演练+1' };
const plain = dingtalkText(said, now);
const sent = (more: object) => messageOf(receive({ ...plain, ...more })).message;

describe("the platform's signature", () => {
  const published = [
    ['V1', '1577262236757', 'this is a secret', 'DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA='],
    ['V2', '1577262236757', 'this is secret', 'hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM='],
    ['V3', '1700000000000', 'SEC1234567890abcdef', 'RqBq3E1RTBDv3n2QBCh4adZ2WHk9mVklyUoDBLxarjI='],
    ['V4', '1700000000001', 'this is secret', 'aOZ0Y/R7BCg4xs87AcG5MYf26YmwfVRTLD0z3X+p/mM='],
    ['V5', '1700000000000', `SEC${'0'.repeat(64)}`, '+8WOOUUcTkFRyfCevQaISh9EUbkxaatnd6MLtL7dAY8='],
    ['V6', '1613630252678', '测试密钥', 'HY/nq5fREVABB6TIiJOrsOuKdjpHXWaj9vO4Fl7xyh8='],
  ] as const;

  test.each(published)('%s is ours and our test client’s', (_, timestamp, key, wanted) => {
    expect(sign(timestamp, key)).toBe(wanted);
    expect(dingtalkSign(timestamp, key)).toBe(wanted);
  });

  test.each(published)('%s opens the door with its own secret and moment', (_, timestamp, key, signature) => {
    const call = {
      ...dingtalkCall({ secret: key, body: plain, now }),
      headers: ['Timestamp', timestamp, 'SIGN', signature],
    };
    const received = dingtalk({ appSecret: key }).receive(call, new Date(Number(timestamp)));
    expect(messageOf(received).message.proof).toBe(`${timestamp} ${signature}`);
  });

  test.each([
    ['without the line break', 'dkTfERI8I6K6+g0LJ8soHmZymoXNjI9xflUOcP95KFA='],
    ['with a backslash and an n for it', 'FrRqj84LHxVC2ntsz1V9GbEguI4w0fV+9Yfa2B3AFrE='],
    ['the way another platform signs', 'pmch4LYFoQ3N1NC5VIvwwHWkOB43+kfmJrHktsYJUuA='],
    ['in hexadecimal', '0c9ac4eaa772546090cfdcf9af63'.padEnd(64, '0')],
    ['encoded for an address', 'DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA%3D'],
    ['encoded twice', 'DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA%253D'],
    ['without its padding', 'DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA'],
  ])('made %s is refused', (_, signature) => {
    const call = {
      ...dingtalkCall({ secret, body: plain, now }),
      headers: ['timestamp', '1577262236757', 'sign', signature],
    };
    expect(() => dingtalk().receive(call, new Date(1_577_262_236_757))).toThrow(Forged);
  });

  test('without a secret every call is forged', () => {
    const call = dingtalkCall({ secret, body: plain, now });
    expect(() => dingtalk({ appSecret: undefined }).receive(call, now)).toThrow(new Forged('no credentials'));
  });
});

test('a connection of our own is made for whoever asks for it and has an app', () => {
  const lines = { dial: dialSocket, timers: realTimers, random: Math.random, now: () => now };
  const asked = { stream: true, appKey: 'key', appSecret: secret, ...bases };
  expect(createDingtalk(asked, nowhere, lines).link).toBeDefined();
  for (const lacking of ['stream', 'appKey', 'appSecret']) {
    expect(createDingtalk({ ...asked, [lacking]: undefined }, nowhere, lines).link, lacking).toBeUndefined();
  }
  expect(createDingtalk(asked, nowhere).link).toBeUndefined();
});

test('the connection is asked for in the app’s name, at the address that is set', async () => {
  const lines = { dial: dialSocket, timers: realTimers, random: Math.random, now: () => now };
  const asked: [string, unknown][] = [];
  const refusing: typeof fetch = (url, init) => {
    asked.push([String(url), JSON.parse(String(init?.body))]);
    return Promise.reject(new Error('no connection here'));
  };
  const settings = { stream: true, appKey: 'key', appSecret: secret, ...bases };
  const { link } = createDingtalk(settings, refusing, lines);
  link?.open({ serve: () => Promise.resolve(null), changed: () => {}, odd: () => {} });
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  await link?.close(0);
  expect(asked).toMatchObject([
    ['https://api.dingtalk.com/v1.0/gateway/connections/open', { clientId: 'key', clientSecret: secret }],
  ]);
});

test('a fault of our own is not put aside as the platform’s', () => {
  const sessionWebhook = 'https://elsewhere.example/x';
  expect(() => receive({ ...plain, sessionWebhook }, { oapiBase: 'no address' })).toThrow(TypeError);
});

describe('what people send', () => {
  test('a mention in a group is a message, with the account as it came', () => {
    expect(messageOf(receive(plain)).message).toEqual({
      platform: 'dingtalk',
      bot: 'dingrobot',
      id: 'msg1',
      sender: '007',
      chat: { kind: 'group', id: 'cidA==' },
      text: '4.3.2 演练+1',
      proof: expect.stringMatching(/^\d{13} \S{44}$/),
    });
  });

  test.each([
    ['one to one', { conversationType: '1' }, { chat: { kind: 'single' } }],
    ['the kind of chat as a number', { conversationType: 2 }, { chat: { kind: 'group', id: 'cidA==' } }],
    ['somebody outside the organisation', { senderStaffId: '' }, { sender: '$:LWCP_v1:$007' }],
    ['no robot code', { robotCode: undefined }, { bot: 'robot' }],
    ['the text at the top', { text: undefined, content: ' 12 ' }, { text: '12' }],
    ['no address to answer at', { sessionWebhook: undefined }, { text: '4.3.2 演练+1' }],
    ['an address that is null', { sessionWebhook: null }, { text: '4.3.2 演练+1' }],
    ['an address that is empty', { sessionWebhook: '' }, { text: '4.3.2 演练+1' }],
  ])('%s', (_, more, wanted) => {
    expect(sent(more)).toMatchObject(wanted);
  });

  test('formatted text is put together again, its mention kept apart and its picture noticed', () => {
    const richText = [
      { text: '@督办' },
      { text: '4.3.' },
      { text: '2 演练+1' },
      { type: 'picture', downloadCode: 'x' },
    ];
    const wanted = { text: '@督办 4.3.2 演练+1', media: 'picture' };
    expect(sent({ msgtype: 'richText', content: { richText } })).toMatchObject(wanted);
    expect(sent({ msgtype: 'richText', content: JSON.stringify({ richText }) })).toMatchObject(wanted);
    expect(sent({ msgtype: 'richText', richText: { richTextList: richText } })).toMatchObject(wanted);
  });

  test.each([
    ['a picture', { type: 'picture', downloadCode: 'x' }, '4.3.2 隐患+1\n2处见图'],
    ['somebody', { type: 'at', atName: '张三' }, '4.3.2 隐患+1 2处见图'],
  ])('%s between two pieces of text keeps their figures apart', (_, between, text) => {
    const richText = [{ text: '4.3.2 隐患+1' }, between, { text: '2处见图' }];
    expect(sent({ msgtype: 'richText', content: { richText } })).toMatchObject({ text });
  });

  test('a voice message is its transcript', () => {
    const content = { duration: '4000', downloadCode: 'x', recognition: '再开展一次' };
    expect(sent({ msgtype: 'audio', text: undefined, content })).toMatchObject({
      text: '再开展一次',
      media: 'voice',
    });
  });

  test.each(['picture', 'video', 'file'])('a bare %s is a message without words', (msgtype) => {
    expect(sent({ msgtype, text: undefined, content: { downloadCode: 'x' } })).toMatchObject({
      text: '',
      media: msgtype,
    });
  });

  test.each(['unknownMsgType', 'interactiveCard', 'chatRecord'])(
    'a %s is a message that can’t be read',
    (msgtype) => {
      expect(sent({ msgtype, text: undefined, content: { summary: '转发' } })).toMatchObject({
        text: '',
        media: 'other',
      });
    },
  );
});

describe('the answer', () => {
  const reply: Reply = {
    title: '已记录【4.3.2】',
    lines: ['演练:1→2次'],
    footer: '【无需回复】',
    mention: ['007'],
  };

  test('is markdown with hard line breaks, and mentions nobody', () => {
    const { status, type, body } = messageOf(receive(plain)).answer(reply);
    expect({ status, type }).toEqual({ status: 200, type: 'application/json' });
    expect(openDingtalkAnswer(body)).toEqual({
      msgtype: 'markdown',
      markdown: { title: '已记录【4.3.2】', text: '已记录【4.3.2】  \n演练:1→2次  \n【无需回复】' },
    });
  });

  test('says that it is empty where there is nothing to say', () => {
    expect(messageOf(receive(plain)).answer(null).body).toBe('{"msgtype":"empty"}');
  });

  test('without a title shows its first words in the list of chats', () => {
    const long = '学'.repeat(100);
    const { markdown } = openDingtalkAnswer(messageOf(receive(plain)).answer({ lines: [long] }).body);
    expect(markdown).toEqual({ title: `${'学'.repeat(20)}…`, text: long });
  });
});

describe('whom a call is for', () => {
  const elsewhere = (sessionWebhook: string) => receive({ ...plain, sessionWebhook });
  const aside = {
    is: 'unusable',
    reason: expect.any(String),
    answer: { status: 200, body: '{"msgtype":"empty"}' },
  };

  test.each([
    'https://evil.example/robot/sendBySession?session=x',
    'https://oapi.dingtalk.com.evil.example/x',
    'https://oapi.dingtalk.com@evil.example/x',
    'https://oapi.dingtalk.com:8443/x',
    'no address',
  ])('one that wants its answer at %s is put aside', (address) => {
    expect(elsewhere(address)).toMatchObject(aside);
  });

  test('one that names the configured host is taken', () => {
    const body = { ...plain, sessionWebhook: 'http://127.0.0.1:4010/robot/sendBySession?session=x' };
    expect(receive(body, { oapiBase: 'http://127.0.0.1:4010' }).is).toBe('message');
  });

  test('one for another robot is put aside, one that names none is the configured robot’s', () => {
    expect(receive(plain, { robotCode: 'dingother' })).toMatchObject(aside);
    expect(messageOf(receive({ ...plain, robotCode: undefined }, { robotCode: 'dingown' })).message.bot).toBe(
      'dingown',
    );
  });

  test.each([20001, '20001'])('when the quota is used up (%s), the admin is told', (errorCode) => {
    const { text: _, ...rest } = plain;
    expect(receive({ ...rest, errorCode, errorMessage: 'quota' })).toMatchObject({
      ...aside,
      reason: expect.stringContaining('额度'),
    });
  });
});
