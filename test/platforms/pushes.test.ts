import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createDingtalk } from '../../src/platforms/dingtalk/dingtalk.ts';
import { createWecom } from '../../src/platforms/wecom/wecom.ts';
import { dingtalkSign } from '../clients/dingtalk.ts';
import { openRemote, type Play, says, withToken } from './remote.ts';
import {
  bare,
  hookOf,
  member,
  now,
  platformsAt,
  plus,
  post,
  robotAt,
  robotOf,
  SECRET,
  staff,
} from './senders.ts';

const remote = await openRemote();
afterAll(() => remote.close());
let { wecom, dingtalk } = platformsAt(remote.url);
beforeEach(() => {
  remote.reset();
  ({ wecom, dingtalk } = platformsAt(remote.url));
});

describe('what is sent', () => {
  test("to WeCom's group robot is markdown with its mentions", async () => {
    await wecom.send(robotOf(remote.url), post, now);
    expect(remote.asked[0]).toMatchObject({
      method: 'POST',
      path: '/cgi-bin/webhook/send',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: {
        msgtype: 'markdown',
        markdown: { content: '【安全管理科·整改提示】\n【4.3.2】差1次\n<@li>\n【无需回复】' },
      },
    });
    expect(remote.asked[0]?.query.get('key')).toBe(SECRET);
  });

  test("through WeCom's app is text that the platform itself shows once", async () => {
    remote.play = withToken(says({ errcode: 0 }));
    await wecom.send(member, post, now);
    expect(remote.asked.map((asked) => asked.path)).toEqual(['/cgi-bin/gettoken', '/cgi-bin/message/send']);
    expect(Object.fromEntries(remote.asked[0]?.query ?? [])).toEqual({ corpid: 'corp', corpsecret: SECRET });
    expect(remote.asked[1]?.query.get('access_token')).toBe('T1');
    expect(remote.asked[1]?.body).toMatchObject({
      touser: 'li',
      msgtype: 'text',
      agentid: 7,
      text: { content: '【安全管理科·整改提示】\n【4.3.2】差1次\n【无需回复】' },
      enable_duplicate_check: 1,
    });
  });

  test.each(['robotOf', 'member', 'hookOf', 'bare', 'staff'])(
    'is nothing once its time is over (%s)',
    async (to) => {
      const target =
        { robotOf: robotOf(remote.url), member, hookOf: hookOf(remote.url), bare, staff }[to] ?? bare;
      remote.play = withToken(says({ errcode: 0, processQueryKey: 'k' }));
      const late = { ...post, until: performance.now() };
      expect(await { wecom, dingtalk }[target.platform].send(target, late, now)).toMatchObject({
        is: 'later',
        why: expect.stringContaining('out of time'),
      });
      expect(remote.asked.filter(({ path }) => !/token/i.test(path))).toEqual([]);
      const inTime = { ...post, until: performance.now() + 60_000 };
      expect(await { wecom, dingtalk }[target.platform].send(target, inTime, now)).toEqual({ is: 'sent' });
    },
  );

  test("to DingTalk's group robot mentions in both places, is signed afresh and names its letter", async () => {
    await dingtalk.send(hookOf(remote.url, 'SEC1'), post, now);
    await dingtalk.send(hookOf(remote.url, 'SEC1'), post, plus(60));
    const [first, second] = remote.asked;
    expect(first?.body).toEqual({
      msgUuid: 'uuid-1',
      msgtype: 'markdown',
      markdown: {
        title: '【安全管理科·整改提示】',
        text: '【安全管理科·整改提示】  \n【4.3.2】差1次  \n@li  \n【无需回复】',
      },
      at: { atUserIds: ['li'], isAtAll: false },
    });
    expect(second?.body).toEqual(first?.body);
    for (const [asked, at] of [
      [first, now],
      [second, plus(60)],
    ] as const) {
      const { access_token, timestamp, sign } = Object.fromEntries(asked?.query ?? []);
      expect({ access_token, timestamp }).toEqual({
        access_token: SECRET,
        timestamp: at.getTime().toString(),
      });
      expect(sign).toBe(dingtalkSign(at.getTime(), 'SEC1'));
    }
  });

  test("through DingTalk's OpenAPI names robot and chat, and mentions nobody", async () => {
    remote.play = withToken(says({ processQueryKey: 'k' }));
    await dingtalk.send(bare, post, now);
    await dingtalk.send(staff, post, now);
    const [token, group, person] = remote.asked;
    expect(token?.body).toEqual({ appKey: 'key', appSecret: SECRET });
    expect(group).toMatchObject({
      path: '/v1.0/robot/groupMessages/send',
      headers: { 'x-acs-dingtalk-access-token': 'T1' },
      body: { robotCode: 'ding1', openConversationId: 'cid1', msgKey: 'sampleMarkdown' },
    });
    expect(JSON.parse(group?.body.msgParam)).toEqual({
      title: '【安全管理科·整改提示】',
      text: '【安全管理科·整改提示】  \n【4.3.2】差1次  \n【无需回复】',
    });
    expect(person).toMatchObject({ path: '/v1.0/robot/oToMessages/batchSend', body: { userIds: ['dt-li'] } });
  });

  /** As many lines as a letter may have that is cut to its target's room. */
  const full = (room: number, words: string) =>
    Array<string>(Math.floor(room / Buffer.byteLength(`${words}\n`))).fill(words);
  const ways = () =>
    [
      [wecom, robotOf(remote.url)],
      [wecom, member],
      [dingtalk, hookOf(remote.url)],
      [dingtalk, bare],
    ] as const;

  test.each(['<', '"', '\\', '学', '\n。'])(
    'fits, whatever a letter full of %s turns into',
    async (words) => {
      remote.play = withToken(says({ errcode: 0, processQueryKey: 'k' }));
      for (const [platform, target] of ways()) {
        const lines = full(platform.room(target), words.repeat(40));
        expect(await platform.send(target, { ...post, reply: { lines } }, now)).toEqual({ is: 'sent' });
      }
      for (const { body } of remote.asked) {
        expect(Buffer.byteLength(body?.markdown?.content ?? '')).toBeLessThanOrEqual(4096);
        expect(Buffer.byteLength(body?.text?.content ?? '')).toBeLessThanOrEqual(2048);
        if (body?.msgUuid) expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(20_000);
        expect(Buffer.byteLength(body?.msgParam ?? '')).toBeLessThanOrEqual(15_000);
      }
    },
  );

  test('leaves nothing out of ordinary words that fill a room', async () => {
    remote.play = withToken(says({ errcode: 0, processQueryKey: 'k' }));
    for (const [platform, target] of ways()) {
      const lines = full(platform.room(target), `【4.3.2】${'学'.repeat(30)}`);
      await platform.send(target, { ...post, reply: { lines, mention: ['li', 'wang'] } }, now);
      const sent = JSON.stringify(remote.asked.at(-1)?.body);
      expect(sent.match(/【4\.3\.2】/g)?.length).toBeGreaterThanOrEqual(lines.length);
      expect(sent).not.toContain('其余略');
    }
  });
});

describe('where a letter may go', () => {
  const official = createWecom({ receiveId: '', apiBase: 'https://qyapi.weixin.qq.com' }, () => {
    throw new Error('must not be called');
  });

  test.each([
    'https://evil.example/cgi-bin/webhook/send?key=K',
    'http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=K',
    'https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key=K',
    'https://qyapi.weixin.qq.com.evil.example/send?key=K',
    'https://qyapi.weixin.qq.com@evil.example/send?key=K',
    'https://user:word@qyapi.weixin.qq.com/send?key=K',
    'file:///etc/passwd',
    'no address',
    '',
  ])('not to %s', async (address) => {
    expect(official.reaches(robotAt(address))).toBe(false);
    expect(await official.send(robotAt(address), post, now)).toEqual({
      is: 'never',
      gone: false,
      why: 'no permitted address',
    });
  });

  test('plain http only to this machine', () => {
    const far = createWecom({ receiveId: '', apiBase: 'http://10.0.0.1' }, fetch);
    expect(far.reaches(robotAt('http://10.0.0.1/cgi-bin/webhook/send?key=K'))).toBe(false);
    expect(wecom.reaches(robotOf(remote.url))).toBe(true);
  });

  test('only by a way that is set up', async () => {
    const blank = createDingtalk({ apiBase: remote.url, oapiBase: remote.url }, fetch);
    expect([bare, staff, hookOf(remote.url)].map((target) => blank.reaches(target))).toEqual([
      false,
      false,
      true,
    ]);
    expect([bare, staff, hookOf(remote.url)].map((target) => dingtalk.reaches(target))).toEqual([
      true,
      true,
      true,
    ]);
    expect([member, robotAt('')].map((target) => official.reaches(target))).toEqual([false, false]);
    expect(wecom.reaches(member)).toBe(true);
    expect(await blank.send(staff, post, now)).toMatchObject({ is: 'never', gone: false });
    expect(await official.send(member, post, now)).toMatchObject({ is: 'never', gone: false });
  });

  test('each robot has a budget under a name that gives nothing away', () => {
    const names = [
      wecom.robot(robotOf(remote.url)),
      wecom.robot(member),
      dingtalk.robot(hookOf(remote.url)),
      dingtalk.robot(bare),
      dingtalk.robot(staff),
    ];
    expect(names).toEqual([
      expect.stringMatching(/^wecom:[0-9a-f]{12}$/),
      'wecom:app',
      expect.stringMatching(/^dingtalk:[0-9a-f]{12}$/),
      'dingtalk:openapi',
      'dingtalk:openapi',
    ]);
    expect(wecom.robot(robotAt(`https://x/send?debug=1&key=${SECRET}`))).toBe(names[0]);
    expect(wecom.robot(robotAt('https://x/send?key=other'))).not.toBe(names[0]);
  });

  test('a repeat is harmless where the platform says so', () => {
    expect([robotOf(remote.url), member].map((target) => wecom.repeats(target))).toEqual([false, true]);
    expect([hookOf(remote.url), bare, staff].map((target) => dingtalk.repeats(target))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('what a member sent to the app', () => {
  const source = JSON.stringify({ media: 'M1', url: '', open: true });
  const bytes = Buffer.from('\x89PNG picture', 'latin1');
  const gives: Play = (_, response) =>
    response
      .writeHead(200, { 'content-type': 'image/png', 'content-disposition': 'attachment; filename="a.png"' })
      .end(bytes);

  test('is got by its media id with the app’s token, afresh where the platform no longer knows it', async () => {
    let calls = 0;
    remote.play = withToken((asked, response) =>
      (++calls === 2 ? says({ errcode: 42001, errmsg: 'expired' }) : gives)(asked, response),
    );
    for (let times = 0; times < 2; times++) {
      expect(await wecom.take(source, now)).toEqual({ is: 'file', bytes, name: 'a.png' });
    }
    expect(remote.asked.map(({ path }) => path.slice('/cgi-bin/'.length))).toEqual([
      ...['gettoken', 'media/get', 'media/get', 'gettoken', 'media/get'],
    ]);
    expect(remote.asked[1]?.query.get('media_id')).toBe('M1');
  });

  test('is over once the platform has it no more, and tried again while it is troubled; no token is told', async () => {
    remote.play = withToken(says({ errcode: 40007, errmsg: 'invalid media_id' }));
    expect(await wecom.take(source, now)).toMatchObject({
      is: 'over',
      why: expect.stringContaining('40007'),
    });
    remote.play = withToken(says({}, 503));
    const { is, why } = { why: '', ...(await wecom.take(source, now)) };
    expect(is).toBe('later');
    expect(why).not.toContain('T1');
  });
});
