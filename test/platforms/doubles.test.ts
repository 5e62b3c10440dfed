import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { XMLParser } from 'fast-xml-parser';
import { afterEach, describe, expect, test } from 'vitest';
import { createDingtalkDouble } from '../../src/platforms/sandbox/dingtalk/double.ts';
import type { Double, Fault } from '../../src/platforms/sandbox/double.ts';
import { createWecomDouble } from '../../src/platforms/sandbox/wecom/double.ts';

const TOKEN = 'QDG6eK';
const AES_KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const SECRET = 'this is a secret';
const ROBOT_SECRET = 'SEC1234567890abcdef';
const CHIEF = { account: 'sec_anquan', name: '安全管理科科长' };
const CLERK = { account: 'clk_anquan', name: '安全管理科内勤' };
const MINUTE = 60_000;

let closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing) await close();
  closing = [];
});

describe('a person types in WeCom', () => {
  test.each(['bot', 'robot-json', 'robot-xml'] as const)(
    'the %s callback opens with the token and the key alone, and its sealed answer stands in the chat',
    async (via) => {
      const { double, hook } = await wecom(({ nonce }) => ({
        body: wecomAnswer(via, '已记录【4.3.2】', nonce),
      }));

      const heard = await double.say({ ...inGroup('@督办 4.3.2 隐患+12'), via, id: 'M1' });

      expect(heard).toEqual({ id: 'M1', tries: 1, status: 200, answer: '已记录【4.3.2】' });
      expect(openWecom(hook.calls[0])).toMatchObject({
        id: 'M1',
        user: 'sec_anquan',
        text: '@督办 4.3.2 隐患+12',
      });
      expect(double.lines()).toMatchObject([
        { id: 'M1', chat: { group: 'wrAnquan' }, from: 'sec_anquan', fate: 'taken' },
        { chat: { group: 'wrAnquan' }, from: null, text: '已记录【4.3.2】', answers: 'M1' },
      ]);
    },
  );

  test('one to one, the AI bot’s callback names no chat and needs no mention', async () => {
    const { double, hook } = await wecom();
    await double.say({ chat: 'single', user: CHIEF.account, text: '我的' });
    const plain = JSON.parse(openWecom(hook.calls[0]).plain);
    expect(plain).toMatchObject({
      aibotid: 'aibSandbox',
      chattype: 'single',
      from: { userid: 'sec_anquan' },
    });
    expect(plain).not.toHaveProperty('chatid');
    expect(double.lines()[0]?.chat).toEqual({ single: 'sec_anquan' });
  });

  test('a quote travels with the AI bot’s callback', async () => {
    const { double, hook } = await wecom();
    await double.say({ ...inGroup('@督办 已整改'), quote: '【4.3.2】滞后' });
    expect(JSON.parse(openWecom(hook.calls[0]).plain)).toMatchObject({
      quote: { msgtype: 'text', text: { content: '【4.3.2】滞后' } },
    });
  });

  test('group words that end a CDATA section arrive whole', async () => {
    const { double, hook } = await wecom();
    await double.say({ ...inGroup('@督办 ]]></Content> <x>&'), via: 'robot-xml' });
    expect(openWecom(hook.calls[0]).text).toBe('@督办 ]]></Content> <x>&');
  });

  test('a group message without the bot’s name reaches nobody', async () => {
    const { double, hook } = await wecom();
    expect(await double.say(inGroup('下午开会'))).toMatchObject({ tries: 0, status: null, answer: null });
    expect(hook.calls).toHaveLength(0);
    expect(double.lines()).toMatchObject([{ fate: 'unheard' }]);
  });

  test('an answer other than 200 is asked for again, three times in all, and then the message is lost', async () => {
    const { double, hook } = await wecom(() => ({ status: 302 }));
    expect(await double.say(inGroup('@督办 我的'))).toMatchObject({ tries: 3, status: 302, answer: null });
    expect(new Set(hook.calls.map(({ body }) => body)).size).toBe(1);
    expect(double.lines()).toMatchObject([{ fate: 'lost' }]);
  });

  test('an answer that comes too late is none', async () => {
    const { double } = await wecom(() => 'silence', { patience: 40, retries: 1 });
    expect(await double.say(inGroup('@督办 我的'))).toMatchObject({ tries: 2, status: null });
  });

  test('a redelivery is the same message signed anew, and its answer is marked', async () => {
    const { double, hook } = await wecom(({ nonce }) => ({ body: wecomAnswer('bot', '已记录', nonce) }));
    await double.say({ ...inGroup('@督办 4.3.2 隐患+12'), id: 'M1' });
    await double.again('M1');
    const [first, second] = hook.calls.map(openWecom);
    expect(second?.plain).toBe(first?.plain);
    expect(hook.calls[1]?.body).not.toBe(hook.calls[0]?.body);
    expect(double.lines().map(({ again, answers }) => [answers, again])).toEqual([
      [undefined, undefined],
      ['M1', undefined],
      ['M1', true],
    ]);
  });

  test('an empty body says nothing and is no fault', async () => {
    const { double } = await wecom(() => ({ body: '' }));
    expect(await double.say(inGroup('@督办 收到'))).toEqual({
      id: double.lines()[0]?.id,
      tries: 1,
      status: 200,
      answer: null,
    });
  });

  test.each<[string, (nonce: string) => string]>([
    ['not signed with the token', (nonce) => wecomAnswer('bot', '好', nonce, { token: 'other' })],
    ['nonce', () => wecomAnswer('bot', '好', '1')],
    ['receiveid', (nonce) => wecomAnswer('bot', '好', nonce, { receiveId: 'ww1' })],
    ['longer than 20480 bytes', (nonce) => wecomAnswer('bot', '好'.repeat(6827), nonce)],
    ['stream', (nonce) => wecomAnswer('robot-json', '好', nonce)],
    ['finish', (nonce) => wecomAnswer('bot', '好', nonce, { finish: false })],
    ['no JSON', () => '<html></html>'],
  ])('WeCom would not show an answer with a fault in it: %s', async (why, body) => {
    const { double } = await wecom(({ nonce }) => ({ body: body(nonce) }));
    const heard = await double.say(inGroup('@督办 我的'));
    expect(heard).toMatchObject({ status: 200, answer: null });
    expect(heard.why).toContain(why);
    expect(double.lines()).toHaveLength(1);
  });
});

describe('WeCom’s group robot', () => {
  test('takes markdown for the chat that its key belongs to, mentions and all', async () => {
    const { double, push } = await wecom();
    expect(await push({ msgtype: 'markdown', markdown: { content: '【4.3.2】<@sec_anquan>' } })).toEqual({
      errcode: 0,
      errmsg: 'ok',
    });
    expect(double.lines()).toMatchObject([
      { chat: { group: 'wrAnquan' }, from: null, markup: 'markdown', mentions: ['sec_anquan'] },
    ]);
    expect(double.sent).toMatchObject([
      { path: '/cgi-bin/webhook/send', shown: true, text: '【4.3.2】<@sec_anquan>' },
    ]);
  });

  test.each<[number, string, unknown]>([
    [0, 'text of 2048 bytes', { msgtype: 'text', text: { content: `${'好'.repeat(682)}ab` } }],
    [40058, 'text of 2049 bytes', { msgtype: 'text', text: { content: '好'.repeat(683) } }],
    [0, 'markdown of 4096 bytes', { msgtype: 'markdown', markdown: { content: `${'好'.repeat(1365)}a` } }],
    [
      40058,
      'markdown of 4097 bytes',
      { msgtype: 'markdown', markdown: { content: `${'好'.repeat(1365)}ab` } },
    ],
    [40008, 'a kind that is none', { msgtype: 'letter', text: { content: '好' } }],
    [44004, 'an empty text', { msgtype: 'text', text: { content: '' } }],
    [40063, 'no text at all', { msgtype: 'text' }],
    [40058, 'msg_type for msgtype', { msg_type: 'text', text: { content: '好' } }],
  ])('answers %i to %s', async (errcode, _what, body) => {
    const { double, push } = await wecom();
    expect(await push(body)).toMatchObject({ errcode });
    expect(double.lines()).toHaveLength(errcode === 0 ? 1 : 0);
    expect(double.sent).toMatchObject([{ shown: errcode === 0 }]);
  });

  test('knows no foreign key, no other content type, no GET', async () => {
    const { base } = await wecom();
    const body = JSON.stringify({ msgtype: 'text', text: { content: '好' } });
    const send = `${base}/cgi-bin/webhook/send`;
    expect(await answerOf(post(`${send}?key=other`, body))).toMatchObject({ errcode: 93000 });
    expect(await answerOf(post(`${send}?key=k1`, body, { 'Content-Type': 'text/plain' }))).toMatchObject({
      errcode: 40058,
    });
    expect(await answerOf(fetch(`${send}?key=k1`))).toMatchObject({ errcode: 40058 });
  });

  test('refuses the twenty-first message of a minute, for that key alone', async () => {
    const { clock, push } = await wecom();
    const body = { msgtype: 'text', text: { content: '好' } };
    for (let count = 0; count < 20; count += 1) expect(await push(body)).toMatchObject({ errcode: 0 });
    expect(await push(body)).toMatchObject({ errcode: 45009 });
    expect(await push(body, 'k2')).toMatchObject({ errcode: 0 });
    clock.move(MINUTE - 1);
    expect(await push(body)).toMatchObject({ errcode: 45009 });
    clock.move(1);
    expect(await push(body)).toMatchObject({ errcode: 0 });
  });
});

describe('WeCom’s app', () => {
  const words = { touser: 'sec_anquan', msgtype: 'text', agentid: 7, text: { content: '提示' } };

  test('gives its token to the right secret, the same while it lives, and no longer than two hours', async () => {
    const { clock, token, app } = await wecom();
    const first = await token();
    expect(await token()).toBe(first);
    clock.move(120 * MINUTE);
    expect(await app(words, first)).toMatchObject({ errcode: 42001 });
    expect(await app(words, await token())).toMatchObject({ errcode: 0 });
  });

  test('refuses a wrong corp and a wrong secret', async () => {
    const { base } = await wecom();
    const gettoken = (query: string) => answerOf(fetch(`${base}/cgi-bin/gettoken?${query}`));
    expect(await gettoken('corpid=other&corpsecret=s')).toMatchObject({ errcode: 40013 });
    expect(await gettoken('corpid=ww1&corpsecret=other')).toMatchObject({ errcode: 40001 });
  });

  test.each<[number, string, object]>([
    [81013, 'nobody who is known', { touser: 'nobody' }],
    [301002, 'another agent', { agentid: 8 }],
    [40058, 'markdown of 2049 bytes', { msgtype: 'markdown', markdown: { content: '好'.repeat(683) } }],
    [40008, 'the newer markdown', { msgtype: 'markdown_v2', markdown_v2: { content: '好' } }],
    [40063, 'no agent', { agentid: undefined }],
  ])('answers %i to a message for %s', async (errcode, _what, change) => {
    const { double, app, token } = await wecom();
    expect(await app({ ...words, ...change }, await token())).toMatchObject({ errcode });
    expect(double.lines()).toHaveLength(0);
  });

  test('knows no other token', async () => {
    const { app } = await wecom();
    expect(await app(words, 'stale')).toMatchObject({ errcode: 40014 });
    expect(await app(words, '')).toMatchObject({ errcode: 41001 });
  });

  test('writes to everyone it knows, names those it doesn’t, and cuts a long text in silence', async () => {
    const { double, app, token } = await wecom();
    const touser = 'sec_anquan|clk_anquan|nobody';
    const sent = await app({ ...words, touser, text: { content: '好'.repeat(700) } }, await token());
    expect(sent).toMatchObject({ errcode: 0, invaliduser: 'nobody' });
    expect(double.lines().map(({ chat, text }) => [chat, text])).toEqual([
      [{ single: 'sec_anquan' }, '好'.repeat(682)],
      [{ single: 'clk_anquan' }, '好'.repeat(682)],
    ]);
  });

  test('shows the same message once within the interval, where that was asked for', async () => {
    const { clock, double, app, token } = await wecom();
    const once = { ...words, enable_duplicate_check: 1, duplicate_check_interval: 600 };
    await app(once, await token());
    expect(await app(once, await token())).toMatchObject({ errcode: 0 });
    expect(double.lines()).toHaveLength(1);
    expect(double.sent.map(({ shown }) => shown)).toEqual([true, false]);
    await app(words, await token());
    expect(double.lines()).toHaveLength(2);
    clock.move(10 * MINUTE);
    await app(once, await token());
    expect(double.lines()).toHaveLength(3);
  });
});

describe('a person types in DingTalk', () => {
  test('the callback is signed with the secret, lacks the bot’s name, and its answer stands in the chat', async () => {
    const answer = { msgtype: 'markdown', markdown: { title: '已记录', text: '已记录【4.3.2】  \n督查' } };
    const { double, hook, clock } = await dingtalk(() => ({ body: JSON.stringify(answer) }));

    const heard = await double.say({ ...inCid('@督办 4.3.2 隐患+12'), id: 'm1' });

    expect(heard).toEqual({ id: 'm1', tries: 1, status: 200, answer: '已记录【4.3.2】  \n督查' });
    const call = hook.calls[0];
    const timestamp = String(clock.now().getTime());
    expect(call?.headers.timestamp).toBe(timestamp);
    expect(call?.headers.sign).toBe(hmac(timestamp, SECRET));
    const body = JSON.parse(call?.body ?? '');
    expect(body).toMatchObject({
      conversationType: '2',
      conversationId: 'cidAnquan==',
      conversationTitle: '安全管理科群',
      robotCode: 'ding1',
      senderStaffId: 'sec_anquan',
      senderNick: '安全管理科科长',
      msgId: 'm1',
      text: { content: ' 4.3.2 隐患+12' },
    });
    expect(new URL(body.sessionWebhook).host).toBe('oapi.dingtalk.com');
    expect(double.lines()).toMatchObject([
      { fate: 'taken' },
      { from: null, markup: 'markdown', answers: 'm1' },
    ]);
  });

  test('the signature is the one that DingTalk’s own inputs give', async () => {
    const { double, hook, clock } = await dingtalk();
    clock.move(1577262236757 - clock.now().getTime());
    await double.say({ chat: 'single', user: CHIEF.account, text: '我的' });
    expect(hook.calls[0]?.headers.sign).toBe('DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA=');
  });

  test('a quote stands inside the text, and one to one needs no mention', async () => {
    const { double, hook } = await dingtalk();
    await double.say({ chat: 'single', user: CHIEF.account, text: '已整改', quote: '【4.3.2】滞后' });
    expect(JSON.parse(hook.calls[0]?.body ?? '')).toMatchObject({
      conversationType: '1',
      text: { isReplyMsg: true, repliedMsg: { msgType: 'text', content: { text: '【4.3.2】滞后' } } },
    });
  });

  test.each([
    ['{"msgtype":"empty"}', undefined],
    ['', undefined],
    ['<html>', 'no JSON'],
    ['{"msgtype":"markdown","markdown":{"text":"好"}}', 'title'],
  ])('shows nothing for %s', async (body, why) => {
    const { double } = await dingtalk(() => ({ body }));
    const heard = await double.say(inCid('@督办 收到'));
    expect(heard).toMatchObject({ status: 200, answer: null });
    if (why) expect(heard.why).toContain(why);
    else expect(heard).not.toHaveProperty('why');
  });

  test('a refusal is not asked again, and without the bot’s name nothing is sent', async () => {
    const { double, hook } = await dingtalk(() => ({ status: 401 }));
    expect(await double.say(inCid('@督办 我的'))).toMatchObject({ tries: 1, status: 401 });
    expect(await double.say(inCid('下午开会'))).toMatchObject({ tries: 0 });
    expect(hook.calls).toHaveLength(1);
  });
});

describe('DingTalk’s group robot', () => {
  const words = { msgtype: 'text', text: { content: '好' } };

  test('mentions only whom both the list and the text name', async () => {
    const { double, push } = await dingtalk();
    const at = { atUserIds: ['sec_anquan', 'clk_anquan'] };
    expect(
      await push({ msgtype: 'markdown', markdown: { title: '提示', text: '@sec_anquan 请看' }, at }),
    ).toEqual({
      errcode: 0,
      errmsg: 'ok',
    });
    expect(double.lines()).toMatchObject([{ chat: { group: 'cidAnquan==' }, mentions: ['sec_anquan'] }]);
  });

  test('shows a message once for each msgUuid, however often it comes', async () => {
    const { double, push } = await dingtalk();
    for (let count = 0; count < 25; count += 1)
      expect(await push({ ...words, msgUuid: 'u1' })).toMatchObject({ errcode: 0 });
    await push({ ...words, msgUuid: 'u2' });
    expect(double.lines()).toHaveLength(2);
  });

  test('shuts for ten minutes whoever sends a twenty-first message in a minute', async () => {
    const { clock, push } = await dingtalk();
    for (let count = 0; count < 20; count += 1) expect(await push(words)).toMatchObject({ errcode: 0 });
    expect(await push(words)).toMatchObject({ errcode: 410100 });
    clock.move(10 * MINUTE - 1);
    expect(await push(words)).toMatchObject({ errcode: 410100 });
    clock.move(1);
    expect(await push(words)).toMatchObject({ errcode: 0 });
  });

  test('takes 20000 bytes and no more', async () => {
    const { push } = await dingtalk();
    const frame = JSON.stringify({ msgtype: 'text', text: { content: '' } }).length;
    const of = (size: number) => ({ msgtype: 'text', text: { content: 'a'.repeat(size - frame) } });
    expect(await push(of(20_000))).toMatchObject({ errcode: 0 });
    expect(await push(of(20_001))).toMatchObject({ errcode: 460101 });
  });

  test('where it has a secret, wants a fresh signature in the address', async () => {
    const { base, clock } = await dingtalk();
    const now = clock.now().getTime();
    const send = (timestamp: number | string, sign: string) =>
      answerOf(
        post(
          `${base}/robot/send?access_token=t2&timestamp=${timestamp}&sign=${encodeURIComponent(sign)}`,
          JSON.stringify(words),
        ),
      );
    expect(await send(now, hmac(String(now), ROBOT_SECRET))).toMatchObject({ errcode: 0 });
    expect(await send(now, hmac(String(now), 'other'))).toMatchObject({
      errcode: 310000,
      errmsg: 'sign not match',
    });
    const old = now - 60 * MINUTE - 1;
    expect(await send(old, hmac(String(old), ROBOT_SECRET))).toMatchObject({
      errcode: 310000,
      errmsg: 'invalid timestamp',
    });
    expect(await send('', '')).toMatchObject({ errcode: 310000 });
  });

  test('knows no foreign token, no other kind, no other content type', async () => {
    const { base, push } = await dingtalk();
    expect(await push(words, 'other')).toMatchObject({ errcode: 300001 });
    expect(await push({ msgtype: 'letter' })).toMatchObject({ errcode: 400105 });
    expect(await push('{')).toMatchObject({ errcode: 40035 });
    const plain = { 'Content-Type': 'text/plain' };
    expect(await answerOf(post(`${base}/robot/send?access_token=t1`, '{}', plain))).toMatchObject({
      errcode: 43004,
    });
  });
});

describe('DingTalk’s OpenAPI', () => {
  const param = { msgKey: 'sampleMarkdown', msgParam: JSON.stringify({ title: '提示', text: '【4.3.2】' }) };
  const toGroup = { ...param, robotCode: 'ding1', openConversationId: 'cidAnquan==' };
  const toPeople = { ...param, robotCode: 'ding1', userIds: ['sec_anquan', 'nobody'] };
  const GROUP = '/v1.0/robot/groupMessages/send';
  const PEOPLE = '/v1.0/robot/oToMessages/batchSend';

  test('gives its token to the right secret, and writes to groups and people with it', async () => {
    const { double, openApi, token } = await dingtalk();
    expect(await openApi(GROUP, toGroup, await token())).toMatchObject({
      status: 200,
      body: { processQueryKey: expect.any(String) },
    });
    expect(await openApi(PEOPLE, toPeople, await token())).toMatchObject({
      status: 200,
      body: { invalidStaffIdList: ['nobody'], flowControlledStaffIdList: [] },
    });
    expect(double.lines()).toMatchObject([
      { chat: { group: 'cidAnquan==' }, text: '【4.3.2】', markup: 'markdown' },
      { chat: { single: 'sec_anquan' } },
    ]);
  });

  test('refuses a wrong secret, a strange token and one older than two hours', async () => {
    const { clock, openApi, token } = await dingtalk();
    expect(await openApi('/v1.0/oauth2/accessToken', { appKey: 'ding1', appSecret: 'other' })).toMatchObject({
      status: 400,
      body: { code: 'invalidClientIdOrSecret' },
    });
    expect(await openApi(GROUP, toGroup)).toMatchObject({
      status: 400,
      body: { code: 'InvalidAuthentication' },
    });
    const old = await token();
    clock.move(120 * MINUTE);
    expect(await openApi(GROUP, toGroup, old)).toMatchObject({ body: { code: 'InvalidAuthentication' } });
  });

  test.each<[string, object]>([
    ['invalid.openConversationId', { openConversationId: 'cidOther==' }],
    ['invalidParameter.robotCode.notExsit', { robotCode: 'other' }],
    ['invalidParameter.msgKey.invalid', { msgKey: 'sampleLetter' }],
    ['invalidParameter.msgParam.invalid', { msgParam: '{"content":"好"}' }],
    [
      'invalidParameter.msgParam.tooLong',
      { msgParam: JSON.stringify({ title: '', text: 'a'.repeat(15_000) }) },
    ],
    ['invalidParameter', { msgParam: { title: '提示', text: '好' } }],
  ])('answers %s with status 400 and its own body', async (code, change) => {
    const { double, openApi, token } = await dingtalk();
    const { status, body } = await openApi(GROUP, { ...toGroup, ...change }, await token());
    expect(status).toBe(400);
    expect(body).toEqual({ code, message: expect.any(String), requestid: expect.any(String) });
    expect(double.lines()).toHaveLength(0);
  });

  test('writes to twenty people at most', async () => {
    const { openApi, token } = await dingtalk();
    const userIds = Array.from({ length: 21 }, (_, index) => `u${index}`);
    expect(await openApi(PEOPLE, { ...toPeople, userIds }, await token())).toMatchObject({ status: 400 });
  });
});

describe('a double that was told to fail', () => {
  const words = { msgtype: 'text', text: { content: '好' } };
  const calls: [string, () => Promise<{ double: Double; send: () => Promise<Response> }>][] = [
    ['WeCom', async () => withSend(await wecom(), '/cgi-bin/webhook/send?key=k1')],
    ['DingTalk', async () => withSend(await dingtalk(), '/robot/send?access_token=t1')],
  ];
  const withSend = <T extends Double>({ double, base }: { double: T; base: string }, path: string) => ({
    double,
    send: () =>
      fetch(base + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(words),
        redirect: 'manual',
        signal: AbortSignal.timeout(300),
      }),
  });

  describe.each(calls)('%s', (_name, make) => {
    test('says its own no, as often as it was told, and then works again', async () => {
      const { double, send } = await make();
      await double.fail('errcode', { code: 45033, times: 2 });
      expect(double.fault()).toMatchObject({ fault: 'errcode' });
      for (const errcode of [45033, 45033, 0]) expect(await answerOf(send())).toMatchObject({ errcode });
      expect(double.fault()).toBeNull();
      expect(double.sent.map(({ shown, fault }) => [shown, fault])).toEqual([
        [false, 'errcode'],
        [false, 'errcode'],
        [true, undefined],
      ]);
    });

    test.each<[Fault, number, string]>([
      ['status 429', 429, 'application/json; charset=utf-8'],
      ['status 500', 500, 'application/json; charset=utf-8'],
      ['html', 200, 'text/html; charset=utf-8'],
      ['redirect', 302, 'application/json; charset=utf-8'],
    ])('answers with %s and shows nothing, until healed', async (fault, status, type) => {
      const { double, send } = await make();
      await double.fail(fault);
      for (const response of [await send(), await send()]) {
        expect(response.status).toBe(status);
        expect(response.headers.get('content-type')).toBe(type);
      }
      expect(double.lines()).toHaveLength(0);
      await double.heal();
      expect(await answerOf(send())).toMatchObject({ errcode: 0 });
    });

    test.each<[Fault, number]>([
      ['hang after accepting', 1],
      ['reset after accepting', 1],
      ['reset before', 0],
      ['refuse', 0],
    ])('on “%s” no answer comes, and people see %i message', async (fault, shown) => {
      const { double, send } = await make();
      await double.fail(fault);
      await expect(send()).rejects.toThrow();
      expect(double.lines()).toHaveLength(shown);
      await double.heal();
      expect(await answerOf(send())).toMatchObject({ errcode: 0 });
      expect(double.lines()).toHaveLength(shown + 1);
    });
  });

  test('DingTalk’s OpenAPI says no in its own way, and a path can be singled out', async () => {
    const { double, openApi } = await dingtalk();
    await double.fail('errcode', { code: 'send.too.fast' });
    expect(await openApi('/v1.0/robot/groupMessages/send', {})).toMatchObject({
      status: 400,
      body: { code: 'send.too.fast' },
    });
    expect(await openApi('/v1.0/oauth2/accessToken', { appKey: 'ding1', appSecret: SECRET })).toMatchObject({
      status: 200,
    });
    await double.fail('status 500', { path: '/v1.0/oauth2/accessToken' });
    expect(await openApi('/v1.0/oauth2/accessToken', { appKey: 'ding1', appSecret: SECRET })).toMatchObject({
      status: 500,
    });
    expect(await openApi('/v1.0/robot/groupMessages/send', {})).toMatchObject({ status: 400 });
  });

  test('listeners hear of every line, and of how a message fared', async () => {
    const { double } = await dingtalk();
    const heard: (string | undefined)[] = [];
    const stop = double.on((line) => heard.push(line.fate));
    await double.say(inCid('@督办 我的'));
    stop();
    await double.say(inCid('@督办 我的'));
    expect(heard).toEqual(['sending', 'taken']);
  });
});

const inGroup = (words: string) => ({ chat: { group: 'wrAnquan' }, user: CHIEF.account, text: words });
const inCid = (words: string) => ({ chat: { group: 'cidAnquan==' }, user: CHIEF.account, text: words });

interface HookCall {
  url: URL;
  headers: IncomingHttpHeaders;
  body: string;
}
type Hook = (call: { nonce: string }) => { status?: number; body?: string } | 'silence';

/** A product of one line: it answers what it is told to. */
async function startHook(answer: Hook) {
  const calls: HookCall[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://hook');
    calls.push({ url, headers: request.headers, body: await text(request) });
    const said = answer({ nonce: url.searchParams.get('nonce') ?? '' });
    if (said !== 'silence') response.writeHead(said.status ?? 200).end(said.body ?? '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { calls, url: `http://127.0.0.1:${address.port}/hooks` };
}

function standingClock() {
  let at = Date.parse('2026-04-13T08:42:00+08:00');
  return { now: () => new Date(at), move: (by: number) => void (at += by), offset: () => 0 };
}

async function wecom(answer: Hook = () => ({}), patience: { patience?: number; retries?: number } = {}) {
  const hook = await startHook(answer);
  const clock = standingClock();
  const double = createWecomDouble({
    ...patience,
    clock,
    deliver: hook.url,
    botName: '督办',
    token: TOKEN,
    aesKey: AES_KEY,
    app: { corpId: 'ww1', secret: 's', agentId: 7 },
    groups: [
      { chat: 'wrAnquan', name: '安全管理科群', key: 'k1' },
      { chat: 'wrLeaders', name: '领导小组群', key: 'k2' },
    ],
    people: [CHIEF, CLERK],
  });
  const base = await double.listen();
  closing.push(double.close);
  const push = (body: unknown, key = 'k1') =>
    answerOf(post(`${base}/cgi-bin/webhook/send?key=${key}`, JSON.stringify(body)));
  const app = (body: unknown, token: string) =>
    answerOf(post(`${base}/cgi-bin/message/send?access_token=${token}`, JSON.stringify(body)));
  const token = async (): Promise<string> =>
    (await answerOf(fetch(`${base}/cgi-bin/gettoken?corpid=ww1&corpsecret=s`))).access_token;
  return { double, base, hook, clock, push, app, token };
}

async function dingtalk(answer: Hook = () => ({})) {
  const hook = await startHook(answer);
  const clock = standingClock();
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
    people: [CHIEF, CLERK],
  });
  const base = await double.listen();
  closing.push(double.close);
  const push = (body: unknown, token = 't1') =>
    answerOf(
      post(
        `${base}/robot/send?access_token=${token}`,
        typeof body === 'string' ? body : JSON.stringify(body),
      ),
    );
  const openApi = async (path: string, body: unknown, token = '') => {
    const response = await post(base + path, JSON.stringify(body), {
      'Content-Type': 'application/json',
      'x-acs-dingtalk-access-token': token,
    });
    return { status: response.status, body: await response.json() };
  };
  const token = async (): Promise<string> =>
    (await openApi('/v1.0/oauth2/accessToken', { appKey: 'ding1', appSecret: SECRET })).body.accessToken;
  return { double, base, hook, clock, push, openApi, token };
}

const post = (url: string, body: string, headers: HeadersInit = { 'Content-Type': 'application/json' }) =>
  fetch(url, { method: 'POST', headers, body });
const answerOf = async (response: Promise<Response>) => (await response).json();

const hmac = (timestamp: string, secret: string) =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
const sha1 = (...parts: string[]) => createHash('sha1').update(parts.sort().join('')).digest('hex');
const key = Buffer.from(`${AES_KEY}=`, 'base64');

/** Opens a callback with nothing but node:crypto, and checks its signature. */
function openWecom(call: HookCall | undefined) {
  if (!call) throw new Error('no call');
  const xml = call.body.startsWith('<');
  const parser = new XMLParser({ parseTagValue: false, trimValues: false });
  const sealed: string = xml ? parser.parse(call.body).xml.Encrypt : JSON.parse(call.body).encrypt;
  const [signature = '', timestamp = '', nonce = ''] = ['msg_signature', 'timestamp', 'nonce'].map(
    (name) => call.url.searchParams.get(name) ?? '',
  );
  expect(signature).toBe(sha1(TOKEN, timestamp, nonce, sealed));
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()]);
  const whole = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
  expect(20 + whole.readUInt32BE(16)).toBe(whole.length);
  const plain = whole.subarray(20).toString('utf8');
  if (xml) {
    const { MsgId, From, Text } = parser.parse(plain).xml;
    return { plain, id: MsgId, user: From.UserId, text: Text.Content };
  }
  const { msgid, from, text: words } = JSON.parse(plain);
  return { plain, id: msgid, user: from.userid, text: words.content };
}

function wecomAnswer(
  via: 'bot' | 'robot-xml' | 'robot-json',
  words: string,
  nonce: string,
  { token = TOKEN, receiveId = '', finish = true } = {},
): string {
  const plain = {
    bot: JSON.stringify({ msgtype: 'stream', stream: { id: 's1', finish, content: words } }),
    'robot-json': JSON.stringify({ msgtype: 'markdown', markdown: { content: words } }),
    'robot-xml': `<xml><MsgType>markdown</MsgType><Markdown><Content><![CDATA[${words}]]></Content></Markdown></xml>`,
  }[via];
  const message = Buffer.from(plain);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  const whole = Buffer.concat([randomBytes(16), length, message, Buffer.from(receiveId)]);
  const pad = 32 - (whole.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const sealed = Buffer.concat([cipher.update(whole), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]);
  const encrypt = sealed.toString('base64');
  const msgsignature = sha1(token, '1776040920', nonce, encrypt);
  return via === 'robot-xml'
    ? `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt><MsgSignature><![CDATA[${msgsignature}]]></MsgSignature><TimeStamp>1776040920</TimeStamp><Nonce><![CDATA[${nonce}]]></Nonce></xml>`
    : JSON.stringify({ encrypt, msgsignature, timestamp: 1776040920, nonce });
}
