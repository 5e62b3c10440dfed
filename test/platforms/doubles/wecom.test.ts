import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { inWecom, MINUTE, opened, openWecom, post, sealed } from './world.ts';

describe('a person types in WeCom', () => {
  test.each(['bot', 'robot-json', 'robot-xml'] as const)(
    'the %s callback opens with the token and the key alone, and its sealed answer stands in the chat',
    async (via) => {
      const { double, hook } = await openWecom(({ nonce }) => ({
        body: sealed(via, '已记录【4.3.2】', nonce),
      }));

      const heard = await double.say({ ...inWecom('@督办 4.3.2 隐患+12'), via, id: 'M1' });

      expect(heard).toEqual({ id: 'M1', tries: 1, status: 200, answer: '已记录【4.3.2】' });
      const plain = opened(hook.calls[0]);
      for (const told of ['M1', 'wrAnquan', 'group', 'sec_anquan', '@督办 4.3.2 隐患+12'])
        expect(plain).toContain(told);
      expect(double.lines()).toMatchObject([
        { id: 'M1', chat: { group: 'wrAnquan' }, from: 'sec_anquan', fate: 'taken' },
        { chat: { group: 'wrAnquan' }, from: null, text: '已记录【4.3.2】', answers: 'M1' },
      ]);
    },
  );

  test('one to one, the AI bot’s callback names no chat and needs no mention', async () => {
    const { double, hook } = await openWecom();
    await double.say({ chat: 'single', user: 'sec_anquan', text: '我的' });
    const plain = JSON.parse(opened(hook.calls[0]));
    expect(plain).toMatchObject({
      aibotid: 'aibSandbox',
      chattype: 'single',
      from: { userid: 'sec_anquan' },
    });
    expect(plain).not.toHaveProperty('chatid');
    expect(double.lines()[0]?.chat).toEqual({ single: 'sec_anquan' });
  });

  test('a quote travels with the AI bot’s callback', async () => {
    const { double, hook } = await openWecom();
    await double.say({ ...inWecom('@督办 已整改'), quote: '【4.3.2】滞后' });
    expect(JSON.parse(opened(hook.calls[0]))).toMatchObject({
      quote: { msgtype: 'text', text: { content: '【4.3.2】滞后' } },
    });
  });

  test('group words that end a CDATA section arrive whole', async () => {
    const { double, hook } = await openWecom();
    await double.say({ ...inWecom('@督办 ]]></Content> <x>&'), via: 'robot-xml' });
    const { xml } = new XMLParser({ parseTagValue: false }).parse(opened(hook.calls[0]));
    expect(xml.Text.Content).toBe('@督办 ]]></Content> <x>&');
  });

  test('a group message without the bot’s name reaches nobody', async () => {
    const { double, hook } = await openWecom();
    expect(await double.say(inWecom('下午开会'))).toMatchObject({ tries: 0, status: null, answer: null });
    expect(hook.calls).toHaveLength(0);
    expect(double.lines()).toMatchObject([{ fate: 'unheard' }]);
  });

  test('an answer other than 200 is asked for again, three times in all, and then the message is lost', async () => {
    const { double, hook } = await openWecom(() => ({ status: 302 }));
    expect(await double.say(inWecom('@督办 我的'))).toMatchObject({ tries: 3, status: 302, answer: null });
    expect(new Set(hook.calls.map(({ body }) => body)).size).toBe(1);
    expect(double.lines()).toMatchObject([{ fate: 'lost' }]);
  });

  test('an answer that comes too late is none', async () => {
    const { double } = await openWecom(() => 'silence', { patience: 40, retries: 1 });
    expect(await double.say(inWecom('@督办 我的'))).toMatchObject({ tries: 2, status: null });
  });

  test('a redelivery is the same message signed anew, and its answer is marked', async () => {
    const { double, hook } = await openWecom(({ nonce }) => ({ body: sealed('bot', '已记录', nonce) }));
    await double.say({ ...inWecom('@督办 4.3.2 隐患+12'), id: 'M1' });
    await double.again('M1');
    expect(opened(hook.calls[1])).toBe(opened(hook.calls[0]));
    expect(hook.calls[1]?.body).not.toBe(hook.calls[0]?.body);
    expect(double.lines().map(({ again, answers }) => [answers, again])).toEqual([
      [undefined, undefined],
      ['M1', undefined],
      ['M1', true],
    ]);
  });

  test('an empty body says nothing and is no fault', async () => {
    const { double } = await openWecom(() => ({ body: '' }));
    expect(await double.say(inWecom('@督办 收到'))).toEqual({
      id: double.lines()[0]?.id,
      tries: 1,
      status: 200,
      answer: null,
    });
  });

  test.each<[string, (nonce: string) => string]>([
    ['not signed with the token', (nonce) => sealed('bot', '好', nonce, { token: 'other' })],
    ['nonce', () => sealed('bot', '好', '1')],
    ['receiveid', (nonce) => sealed('bot', '好', nonce, { receiveId: 'ww1' })],
    ['longer than 20480 bytes', (nonce) => sealed('bot', '好'.repeat(6827), nonce)],
    ['stream', (nonce) => sealed('robot-json', '好', nonce)],
    ['finish', (nonce) => sealed('bot', '好', nonce, { finish: false })],
    ['no JSON', () => '<html></html>'],
  ])('WeCom would not show an answer with a fault in it: %s', async (why, body) => {
    const { double } = await openWecom(({ nonce }) => ({ body: body(nonce) }));
    const heard = await double.say(inWecom('@督办 我的'));
    expect(heard).toMatchObject({ status: 200, answer: null });
    expect(heard.why).toContain(why);
    expect(double.lines()).toHaveLength(1);
  });
});

describe('WeCom’s group robot', () => {
  test('takes markdown for the chat that its key belongs to, mentions and all', async () => {
    const { double, send } = await openWecom();
    expect(await send({ msgtype: 'markdown', markdown: { content: '【4.3.2】<@sec_anquan>' } })).toEqual({
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
    const { double, send } = await openWecom();
    expect(await send(body)).toMatchObject({ errcode });
    expect(double.lines()).toHaveLength(errcode === 0 ? 1 : 0);
    expect(double.sent).toMatchObject([{ shown: errcode === 0 }]);
  });

  test('knows no foreign key, no other content type, no GET', async () => {
    const { base, send } = await openWecom();
    const words = { msgtype: 'text', text: { content: '好' } };
    const own = `${base}/cgi-bin/webhook/send?key=k1`;
    expect(await send(words, 'other')).toMatchObject({ errcode: 93000 });
    const plain = await post(own, words, { 'Content-Type': 'text/plain' });
    expect(plain.body).toMatchObject({ errcode: 40058 });
    expect(await (await fetch(own)).json()).toMatchObject({ errcode: 40058 });
  });

  test('refuses the twenty-first message of a minute, for that key alone', async () => {
    const { clock, send } = await openWecom();
    const body = { msgtype: 'text', text: { content: '好' } };
    for (let count = 0; count < 20; count += 1) expect(await send(body)).toMatchObject({ errcode: 0 });
    expect(await send(body)).toMatchObject({ errcode: 45009 });
    expect(await send(body, 'k2')).toMatchObject({ errcode: 0 });
    clock.move(MINUTE - 1);
    expect(await send(body)).toMatchObject({ errcode: 45009 });
    clock.move(1);
    expect(await send(body)).toMatchObject({ errcode: 0 });
  });

  test('forgets what it was sent later than now, when the clock is set back', async () => {
    const { clock, send } = await openWecom();
    const body = { msgtype: 'text', text: { content: '好' } };
    for (let count = 0; count < 20; count += 1) await send(body);
    clock.move(-60 * MINUTE);
    expect(await send(body)).toMatchObject({ errcode: 0 });
  });
});

describe('WeCom’s app', () => {
  const words = { touser: 'sec_anquan', msgtype: 'text', agentid: 7, text: { content: '提示' } };

  test('gives its token to the right secret, the same while it lives, and no longer than two hours', async () => {
    const { clock, token, sendApp } = await openWecom();
    const first = await token();
    expect(await token()).toBe(first);
    clock.move(120 * MINUTE);
    expect(await sendApp(words, first)).toMatchObject({ errcode: 42001 });
    expect(await sendApp(words, await token())).toMatchObject({ errcode: 0 });
  });

  test('refuses a wrong corp and a wrong secret', async () => {
    const { ask } = await openWecom();
    expect(await ask('corpid=other&corpsecret=s')).toMatchObject({ errcode: 40013 });
    expect(await ask('corpid=ww1&corpsecret=other')).toMatchObject({ errcode: 40001 });
  });

  test.each<[number, string, object]>([
    [81013, 'nobody who is known', { touser: 'nobody' }],
    [301002, 'another agent', { agentid: 8 }],
    [40058, 'markdown of 2049 bytes', { msgtype: 'markdown', markdown: { content: '好'.repeat(683) } }],
    [40008, 'the newer markdown', { msgtype: 'markdown_v2', markdown_v2: { content: '好' } }],
    [40063, 'no agent', { agentid: undefined }],
  ])('answers %i to a message for %s', async (errcode, _what, change) => {
    const { double, sendApp, token } = await openWecom();
    expect(await sendApp({ ...words, ...change }, await token())).toMatchObject({ errcode });
    expect(double.lines()).toHaveLength(0);
  });

  test('knows no other token', async () => {
    const { sendApp } = await openWecom();
    expect(await sendApp(words, 'stale')).toMatchObject({ errcode: 40014 });
    expect(await sendApp(words, '')).toMatchObject({ errcode: 41001 });
  });

  test('writes to everyone it knows, names those it doesn’t, and cuts a long text in silence', async () => {
    const { double, sendApp, token } = await openWecom();
    const touser = 'sec_anquan|clk_anquan|nobody';
    const sent = await sendApp({ ...words, touser, text: { content: '好'.repeat(700) } }, await token());
    expect(sent).toMatchObject({ errcode: 0, invaliduser: 'nobody' });
    expect(double.lines().map(({ chat, text }) => [chat, text])).toEqual([
      [{ single: 'sec_anquan' }, '好'.repeat(682)],
      [{ single: 'clk_anquan' }, '好'.repeat(682)],
    ]);
  });

  test('shows the same message once within the interval, where that was asked for', async () => {
    const { clock, double, sendApp, token } = await openWecom();
    const once = { ...words, enable_duplicate_check: 1, duplicate_check_interval: 600 };
    await sendApp(once, await token());
    expect(await sendApp(once, await token())).toMatchObject({ errcode: 0 });
    expect(double.lines()).toHaveLength(1);
    expect(double.sent.map(({ shown }) => shown)).toEqual([true, false]);
    await sendApp(words, await token());
    expect(double.lines()).toHaveLength(2);
    clock.move(10 * MINUTE);
    await sendApp(once, await token());
    expect(double.lines()).toHaveLength(3);
    clock.move(-1);
    await sendApp(once, await token());
    expect(double.lines()).toHaveLength(4);
  });
});
