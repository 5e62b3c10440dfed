import { describe, expect, test } from 'vitest';
import { dingtalkSign } from '../../clients/dingtalk.ts';
import { inDingtalk, MINUTE, openDingtalk, post, ROBOT_SECRET, SECRET } from './world.ts';

describe('a person types in DingTalk', () => {
  test('the callback is signed with the secret, lacks the bot’s name, and its answer stands in the chat', async () => {
    const answer = { msgtype: 'markdown', markdown: { title: '已记录', text: '已记录【4.3.2】  \n督查' } };
    const { double, hook, clock } = await openDingtalk(() => ({ body: JSON.stringify(answer) }));

    const heard = await double.say({ ...inDingtalk('@督办 4.3.2 隐患+12'), id: 'm1' });

    expect(heard).toEqual({ id: 'm1', tries: 1, status: 200, answer: '已记录【4.3.2】  \n督查' });
    const call = hook.calls[0];
    const timestamp = String(clock.now().getTime());
    expect(call?.headers.timestamp).toBe(timestamp);
    expect(call?.headers.sign).toBe(dingtalkSign(timestamp, SECRET));
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

  test('a mention may be typed full width, and anywhere', async () => {
    const { double, hook } = await openDingtalk();
    await double.say(inDingtalk('4.3.2 隐患+12 ＠督办'));
    expect(JSON.parse(hook.calls[0]?.body ?? '').text.content).toBe('4.3.2 隐患+12 ');
  });

  test('the signature is the one that DingTalk’s own inputs give', async () => {
    const { double, hook, clock } = await openDingtalk();
    clock.move(1577262236757 - clock.now().getTime());
    await double.say({ chat: 'single', user: 'sec_anquan', text: '我的' });
    expect(hook.calls[0]?.headers.sign).toBe('DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA=');
  });

  test('a quote stands inside the text, and one to one needs no mention', async () => {
    const { double, hook } = await openDingtalk();
    await double.say({ chat: 'single', user: 'sec_anquan', text: '已整改', quote: '【4.3.2】滞后' });
    expect(JSON.parse(hook.calls[0]?.body ?? '')).toMatchObject({
      conversationType: '1',
      text: { isReplyMsg: true, repliedMsg: { msgType: 'text', content: { text: '【4.3.2】滞后' } } },
    });
  });

  test('words with a picture are rich text, in which the bot’s name stays as a piece of its own', async () => {
    const { double, hook } = await openDingtalk();
    const files = [{ kind: 'picture' as const, name: '现场.png', bytes: Buffer.from('a picture') }];
    const came = async (words: string) => {
      await double.say({ ...inDingtalk(words), files });
      return JSON.parse(hook.calls.at(-1)?.body ?? '');
    };
    const image = { type: 'picture', downloadCode: expect.any(String) };
    expect(await came('4.3.2 ＠督办 演练+1')).toMatchObject({
      msgtype: 'richText',
      content: { richText: [{ text: '4.3.2 ' }, { text: '＠督办' }, { text: ' 演练+1' }, image] },
    });
    expect((await came('@督办')).content.richText).toEqual([{ text: '@督办' }, image]);
    await double.say({ chat: 'single', user: 'sec_anquan', text: '', files });
    expect(JSON.parse(hook.calls.at(-1)?.body ?? '')).toMatchObject({ msgtype: 'picture' });
  });

  test('a file is a message of its own', async () => {
    const { double } = await openDingtalk();
    const files = [{ kind: 'file' as const, name: '简报.pdf', bytes: Buffer.from('%PDF') }];
    expect(() => double.say({ ...inDingtalk('@督办 佐证'), files })).toThrow('of its own');
    expect(await double.say({ ...inDingtalk(''), files })).toMatchObject({ tries: 0 });
  });

  test.each([
    ['{"msgtype":"empty"}', undefined],
    ['', undefined],
    ['<html>', 'no JSON'],
    ['{"msgtype":"markdown","markdown":{"text":"好"}}', 'title'],
  ])('shows nothing for %s', async (body, why) => {
    const { double } = await openDingtalk(() => ({ body }));
    const heard = await double.say(inDingtalk('@督办 收到'));
    expect(heard).toMatchObject({ status: 200, answer: null });
    if (why) expect(heard.why).toContain(why);
    else expect(heard).not.toHaveProperty('why');
  });

  test('a refusal is not asked again, and without the bot’s name nothing is sent', async () => {
    const { double, hook } = await openDingtalk(() => ({ status: 401 }));
    expect(await double.say(inDingtalk('@督办 我的'))).toMatchObject({ tries: 1, status: 401 });
    expect(await double.say(inDingtalk('下午开会'))).toMatchObject({ tries: 0 });
    expect(hook.calls).toHaveLength(1);
  });
});

describe('DingTalk’s group robot', () => {
  const words = { msgtype: 'text', text: { content: '好' } };

  test('mentions only whom both the list and the text name', async () => {
    const { double, send } = await openDingtalk();
    const at = { atUserIds: ['sec_anquan', 'clk_anquan'] };
    expect(
      await send({ msgtype: 'markdown', markdown: { title: '提示', text: '@sec_anquan 请看' }, at }),
    ).toEqual({
      errcode: 0,
      errmsg: 'ok',
    });
    expect(double.lines()).toMatchObject([{ chat: { group: 'cidAnquan==' }, mentions: ['sec_anquan'] }]);
  });

  test('mentions fifty at most', async () => {
    const { send } = await openDingtalk();
    const at = (count: number) => ({ atUserIds: Array.from({ length: count }, (_, index) => `u${index}`) });
    expect(await send({ ...words, at: at(50) })).toMatchObject({ errcode: 0 });
    expect(await send({ ...words, at: at(51) })).toMatchObject({ errcode: 40035 });
  });

  test('shows a message once for each msgUuid, however often it comes', async () => {
    const { double, send } = await openDingtalk();
    for (let count = 0; count < 25; count += 1)
      expect(await send({ ...words, msgUuid: 'u1' })).toMatchObject({ errcode: 0 });
    await send({ ...words, msgUuid: 'u2' });
    expect(double.lines()).toHaveLength(2);
  });

  test('shuts for ten minutes whoever sends a twenty-first message in a minute', async () => {
    const { clock, send } = await openDingtalk();
    for (let count = 0; count < 20; count += 1) expect(await send(words)).toMatchObject({ errcode: 0 });
    expect(await send(words)).toMatchObject({ errcode: 410100 });
    clock.move(10 * MINUTE - 1);
    expect(await send(words)).toMatchObject({ errcode: 410100 });
    clock.move(1);
    expect(await send(words)).toMatchObject({ errcode: 0 });
  });

  test('takes 20000 bytes and no more', async () => {
    const { send } = await openDingtalk();
    const frame = JSON.stringify({ msgtype: 'text', text: { content: '' } }).length;
    const of = (size: number) => ({ msgtype: 'text', text: { content: 'a'.repeat(size - frame) } });
    expect(await send(of(20_000))).toMatchObject({ errcode: 0 });
    expect(await send(of(20_001))).toMatchObject({ errcode: 460101 });
  });

  test('where it has a secret, wants a fresh signature in the address', async () => {
    const { clock, send } = await openDingtalk();
    const now = clock.now().getTime();
    const signed = (timestamp: number | string, sign: string) =>
      send(words, `t2&timestamp=${timestamp}&sign=${encodeURIComponent(sign)}`);
    expect(await signed(now, dingtalkSign(now, ROBOT_SECRET))).toMatchObject({ errcode: 0 });
    const old = now - 60 * MINUTE - 1;
    for (const [timestamp, secret, errmsg] of [
      [now, 'other', 'sign not match'],
      [old, ROBOT_SECRET, 'invalid timestamp'],
      ['', ROBOT_SECRET, 'invalid timestamp'],
    ] as const)
      expect(await signed(timestamp, dingtalkSign(timestamp, secret))).toEqual({ errcode: 310000, errmsg });
  });

  test('knows no foreign token, no other kind, no other content type', async () => {
    const { base, send } = await openDingtalk();
    expect(await send(words, 'other')).toMatchObject({ errcode: 300001 });
    expect(await send({ msgtype: 'letter' })).toMatchObject({ errcode: 400105 });
    expect(await send('{')).toMatchObject({ errcode: 40035 });
    const plain = await post(`${base}/robot/send?access_token=t1`, words, { 'Content-Type': 'text/plain' });
    expect(plain.body).toMatchObject({ errcode: 43004 });
  });
});

describe('DingTalk’s OpenAPI', () => {
  const param = { msgKey: 'sampleMarkdown', msgParam: JSON.stringify({ title: '提示', text: '【4.3.2】' }) };
  const toGroup = { ...param, robotCode: 'ding1', openConversationId: 'cidAnquan==' };
  const toPeople = { ...param, robotCode: 'ding1', userIds: ['sec_anquan', 'nobody'] };
  const GROUP = '/v1.0/robot/groupMessages/send';
  const PEOPLE = '/v1.0/robot/oToMessages/batchSend';

  test('gives its token to the right secret, and writes to groups and people with it', async () => {
    const { double, openApi, token } = await openDingtalk();
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
    const { clock, openApi, token } = await openDingtalk();
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
    const { double, openApi, token } = await openDingtalk();
    const { status, body } = await openApi(GROUP, { ...toGroup, ...change }, await token());
    expect(status).toBe(400);
    expect(body).toEqual({ code, message: expect.any(String), requestid: expect.any(String) });
    expect(double.lines()).toHaveLength(0);
  });

  test('lets an app call twenty times a second, and its robot send twenty times a minute', async () => {
    const { clock, openApi, token } = await openDingtalk();
    const own = await token();
    const send = async () => openApi(GROUP, toGroup, own);
    for (let count = 0; count < 20; count += 1) expect(await send()).toMatchObject({ status: 200 });
    const tooQuick = { code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi' };
    expect(await send()).toMatchObject({ status: 403, body: tooQuick });
    clock.move(1_000);
    expect(await send()).toMatchObject({ status: 400, body: { code: 'send.too.fast' } });
    expect(await openApi(PEOPLE, toPeople, own)).toMatchObject({ body: { code: 'send.too.fast' } });
    clock.move(MINUTE);
    expect(await send()).toMatchObject({ status: 200 });
  });

  test('writes to twenty people at most', async () => {
    const { openApi, token } = await openDingtalk();
    const userIds = Array.from({ length: 21 }, (_, index) => `u${index}`);
    expect(await openApi(PEOPLE, { ...toPeople, userIds }, await token())).toMatchObject({ status: 400 });
  });
});
