import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Target } from '../../src/chat/reply.ts';
import { createDingtalk } from '../../src/platforms/dingtalk/dingtalk.ts';
import type { Outcome, Post } from '../../src/platforms/platform.ts';
import { createWecom } from '../../src/platforms/wecom/wecom.ts';
import { dingtalkSign } from '../clients/dingtalk.ts';
import { breaksOff, hangs, openRemote, type Play, resets, says, shows } from './remote.ts';

const now = new Date('2026-04-13T00:42:00Z');
const post: Post = {
  uuid: 'uuid-1',
  reply: {
    title: '【安全管理科·整改提示】',
    lines: ['【4.3.2】差1次'],
    footer: '【无需回复】',
    mention: ['li'],
  },
};
const SECRET = 'SECRETSECRET';

let remote: Awaited<ReturnType<typeof openRemote>>;
let wecom: ReturnType<typeof createWecom>;
let dingtalk: ReturnType<typeof createDingtalk>;
beforeAll(async () => {
  remote = await openRemote();
});
afterAll(() => remote.close());
beforeEach(() => {
  remote.asked.length = 0;
  remote.play = says({ errcode: 0, errmsg: 'ok' });
  const base = { timeout: 300, appSecret: SECRET };
  wecom = createWecom({ ...base, receiveId: '', apiBase: remote.url, corpId: 'corp', agentId: 7 }, fetch);
  dingtalk = createDingtalk(
    { ...base, apiBase: remote.url, oapiBase: remote.url, appKey: 'key', robotCode: 'ding1' },
    fetch,
  );
});

const robotOf = (url: string): Target => ({
  to: 'group',
  platform: 'wecom',
  chatId: 'wr1',
  address: `${url}/cgi-bin/webhook/send?key=${SECRET}`,
});
const hookOf = (url: string, secret?: string): Target => ({
  to: 'group',
  platform: 'dingtalk',
  chatId: 'cid1',
  address: `${url}/robot/send?access_token=${SECRET}`,
  ...(secret === undefined ? {} : { secret }),
});
const member: Target = { to: 'person', platform: 'wecom', account: 'li' };
const staff: Target = { to: 'person', platform: 'dingtalk', account: 'dt-li' };
const bare: Target = { to: 'group', platform: 'dingtalk', chatId: 'cid1' };
const plus = (seconds: number) => new Date(now.getTime() + seconds * 1000);

/** Plays the token's part itself, and the given one for the send. */
const withToken =
  (play: Play): Play =>
  (asked, response) => {
    if (asked.path === '/cgi-bin/gettoken')
      return says({ errcode: 0, access_token: 'T1', expires_in: 7200 })(asked, response);
    if (asked.path === '/v1.0/oauth2/accessToken')
      return says({ accessToken: 'T1', expireIn: 7200 })(asked, response);
    return play(asked, response);
  };

/** Every way to send there is, with the answer that means sent. */
const ways: [string, () => Promise<Outcome>, unknown][] = [
  ["WeCom's group robot", () => wecom.send(robotOf(remote.url), post, now), { errcode: 0, errmsg: 'ok' }],
  ["WeCom's app", () => wecom.send(member, post, now), { errcode: 0, errmsg: 'ok', msgid: 'm' }],
  [
    "DingTalk's group robot",
    () => dingtalk.send(hookOf(remote.url), post, now),
    { errcode: '0', errmsg: 'ok' },
  ],
  ["DingTalk's group send", () => dingtalk.send(bare, post, now), { processQueryKey: 'k' }],
  [
    "DingTalk's single send",
    () => dingtalk.send(staff, post, now),
    { processQueryKey: 'k', invalidStaffIdList: [] },
  ],
];

describe.each(ways)('%s', (_, send, success) => {
  test('sends', async () => {
    remote.play = withToken(says(success));
    expect(await send()).toEqual({ is: 'sent' });
  });

  const faults: [string, Play, Partial<Outcome>][] = [
    ['answers too many requests', shows('slow down', 429), { is: 'later', pause: true, at: plus(60) }],
    [
      'says how long to wait',
      shows('slow down', 429, { 'retry-after': '120' }),
      { is: 'later', pause: true, at: plus(120) },
    ],
    ['redirects', shows('', 302, { location: 'http://127.0.0.1:1/' }), { is: 'later', pause: false }],
    ['is hidden behind a login page', shows('<html>login</html>'), { is: 'unknown' }],
    ['answers JSON of no kind', says({ hello: 1 }), { is: 'unknown' }],
    ['answers JSON that is null', says(null), { is: 'unknown' }],
    ['answers without end', shows(' '.repeat(100_000)), { is: 'unknown' }],
    ['is not there', shows('not found', 404), { is: 'later', pause: false }],
    ['breaks', shows('oops', 500), { is: 'unknown' }],
    ['breaks with JSON', says({ errcode: 0, code: 'system.error' }, 500), { is: 'unknown' }],
    ['is behind a gateway that lost it', shows('bad gateway', 502), { is: 'unknown' }],
    ['hangs', hangs, { is: 'unknown' }],
    ['resets the line', resets, { is: 'unknown' }],
    ['breaks off in the middle', breaksOff, { is: 'unknown' }],
  ];

  test.each(faults)('when it %s', async (__, play, wanted) => {
    remote.play = withToken(play);
    const outcome = await send();
    expect(outcome).toMatchObject(wanted);
    expect(JSON.stringify(outcome)).not.toMatch(/SECRET|T1|\?/);
    const sends = remote.asked.filter((asked) => !/token/i.test(asked.path));
    expect(sends).toHaveLength(1);
  });

  test('when nobody is there, surely sent nothing', async () => {
    const gone = await openRemote();
    await gone.close();
    const settings = {
      timeout: 300,
      appSecret: SECRET,
      receiveId: '',
      apiBase: gone.url,
      oapiBase: gone.url,
    };
    const [far, ding] = [
      createWecom({ ...settings, corpId: 'corp', agentId: 7 }, fetch),
      createDingtalk({ ...settings, appKey: 'key' }, fetch),
    ];
    const outcomes = [
      await far.send(robotOf(gone.url), post, now),
      await far.send(member, post, now),
      await ding.send(hookOf(gone.url), post, now),
      await ding.send(bare, post, now),
    ];
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        is: 'later',
        pause: false,
        why: expect.stringMatching(/^ECONNREFUSED 127\.0\.0\.1:/),
      });
    }
  });
});

describe("the platforms' own words", () => {
  const gone = { is: 'never', gone: true };
  const never = { is: 'never', gone: false };

  test.each([
    [-1, { is: 'later', pause: false }],
    [45009, { is: 'later', pause: true, at: plus(60) }],
    [45033, { is: 'later', pause: false }],
    [93000, gone],
    [93004, gone],
    [93008, gone],
    [93017, never],
    [40058, never],
    [45002, never],
    [44004, never],
    [40008, never],
    [40014, never],
    [123456, never],
  ])("WeCom's group robot: %i", async (errcode, wanted) => {
    remote.play = says({ errcode, errmsg: `hint: [${SECRET}]` });
    const outcome = await wecom.send(robotOf(remote.url), post, now);
    expect(outcome).toMatchObject({
      ...wanted,
      why: `errcode ${errcode} ${new URL(remote.url).host}/cgi-bin/webhook/send`,
    });
  });

  test.each([
    [{ errcode: 0, invaliduser: 'li' }, never],
    [{ errcode: 81013 }, never],
    [{ errcode: 60020 }, never],
    [{ errcode: 45009 }, { is: 'later', pause: true }],
    [{ errcode: -1 }, { is: 'later', pause: false }],
  ])("WeCom's app: %o", async (json, wanted) => {
    remote.play = withToken(says(json));
    expect(await wecom.send(member, post, now)).toMatchObject(wanted);
  });

  const slow = { is: 'later', pause: true, at: plus(600) };
  test.each([
    [410100, '', slow],
    [130101, '', slow],
    ['302033', '', slow],
    [-1, '', { is: 'later', pause: false }],
    [88, '', { is: 'later', pause: false }],
    [310000, 'invalid timestamp', { is: 'later', pause: false }],
    [310000, 'sign not match', never],
    [310000, 'keywords not in content', never],
    [400013, '', gone],
    [400101, '', gone],
    [400102, '', gone],
    [400106, '', gone],
    [300001, 'token is not exist', gone],
    [300005, 'token is not exist', gone],
    [460101, '', never],
    [430102, '', never],
    [90020, '', never],
    ['400101', '', gone],
    [999999, '', never],
  ])("DingTalk's group robot: %s %s", async (errcode, errmsg, wanted) => {
    remote.play = says({ errcode, errmsg });
    expect(await dingtalk.send(hookOf(remote.url), post, now)).toMatchObject(wanted);
  });

  test.each([
    ['send.too.fast', 400, slow],
    ['send.byToken.tooFast', 400, slow],
    ['too.many.group', 400, { is: 'later', pause: true }],
    ['Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 403, { is: 'later', pause: true }],
    ['Forbidden.AccessDenied.ApiCountLimitForOrg', 403, never],
    ['group.disbanded', 400, gone],
    ['bot.stopped', 400, gone],
    ['bot.forbidden.sendMessage', 400, gone],
    ['invalid.openConversationId', 400, gone],
    ['invalidParameter.msgParam.tooLong', 400, never],
  ])("DingTalk's OpenAPI: %s", async (code, status, wanted) => {
    remote.play = withToken(says({ code, message: SECRET, requestid: 'r' }, status));
    const outcome = await dingtalk.send(bare, post, now);
    expect(outcome).toMatchObject({ ...wanted, why: expect.stringMatching(new RegExp(`^${code} 127`)) });
  });

  test.each([
    [{ invalidStaffIdList: ['dt-li'] }, never],
    [{ flowControlledStaffIdList: ['dt-li'] }, { is: 'later', pause: false, at: plus(600) }],
  ])("DingTalk's single send: %o", async (lists, wanted) => {
    remote.play = withToken(says({ processQueryKey: 'k', ...lists }));
    expect(await dingtalk.send(staff, post, now)).toMatchObject(wanted);
  });

  test.each([bare, 'robot'])('a caller that DingTalk shuts out waits five minutes', async (target) => {
    remote.play = withToken(says({ status: 1111, wait: 5, source: 'x5', punish: 'deny', uuid: 'u' }));
    const outcome = await dingtalk.send(target === 'robot' ? hookOf(remote.url) : bare, post, now);
    expect(outcome).toMatchObject({ is: 'later', pause: true, at: plus(300) });
  });
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

  test('fits, whatever a letter within a target’s room turns into', async () => {
    remote.play = withToken(says({ errcode: 0, processQueryKey: 'k' }));
    for (const words of ['<', '"', '\\', '学', '\n。']) {
      for (const [platform, target] of [
        [wecom, robotOf(remote.url)],
        [wecom, member],
        [dingtalk, hookOf(remote.url)],
        [dingtalk, bare],
      ] as const) {
        const line = words.repeat(40);
        const lines = Array.from(
          { length: Math.floor(platform.room(target) / Buffer.byteLength(`${line}\n`)) },
          () => line,
        );
        await platform.send(target, { ...post, reply: { lines } }, now);
      }
    }
    const bodies = remote.asked.map((asked) => asked.body).filter((body) => body?.msgtype || body?.msgParam);
    expect(bodies).toHaveLength(20);
    for (const body of bodies) {
      expect(Buffer.byteLength(body.markdown?.content ?? '')).toBeLessThanOrEqual(4096);
      expect(Buffer.byteLength(body.text?.content ?? '')).toBeLessThanOrEqual(2048);
      if (body.msgUuid) expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(20_000);
      expect(Buffer.byteLength(body.msgParam ?? '')).toBeLessThanOrEqual(15_000);
    }
  });
});

describe('the access token', () => {
  const tokens = () => remote.asked.filter((asked) => /token/i.test(asked.path)).length;

  /** Knows only the token it issued last. */
  function forgetful(stale: unknown, status: number): Play {
    let issued = 0;
    return (asked, response) => {
      if (/token/i.test(asked.path)) {
        issued += 1;
        const token = `T${issued}`;
        return says({
          errcode: 0,
          access_token: token,
          expires_in: 7200,
          accessToken: token,
          expireIn: 7200,
        })(asked, response);
      }
      const given = asked.query.get('access_token') ?? asked.headers['x-acs-dingtalk-access-token'];
      const known = given === `T${issued}` && issued > 1;
      return (known ? says({ errcode: 0, processQueryKey: 'k' }) : says(stale, status))(asked, response);
    };
  }
  const senders: [string, () => Promise<Outcome>, unknown, number][] = [
    ['WeCom (40014)', () => wecom.send(member, post, now), { errcode: 40014 }, 200],
    ['WeCom (42001)', () => wecom.send(member, post, now), { errcode: 42001 }, 200],
    ['DingTalk (400)', () => dingtalk.send(staff, post, now), { code: 'InvalidAuthentication' }, 400],
    ['DingTalk (401)', () => dingtalk.send(staff, post, now), { code: 'whatever' }, 401],
  ];

  test.each(senders)(
    'of %s that is no longer known is replaced once, and the letter sent',
    async (_, send, stale, status) => {
      remote.play = forgetful(stale, status);
      expect(await send()).toEqual({ is: 'sent' });
      expect(tokens()).toBe(2);
    },
  );

  test.each(senders)(
    'of %s that is never taken is not asked for without end',
    async (_, send, stale, status) => {
      remote.play = withToken(says(stale, status));
      expect(await send()).toMatchObject({ is: 'later', pause: false });
      expect(tokens()).toBe(2);
    },
  );

  test('is fetched once for many letters at a time, and kept', async () => {
    remote.play = withToken(says({ errcode: 0 }));
    await Promise.all(Array.from({ length: 10 }, () => wecom.send(member, post, now)));
    expect(await wecom.send(member, post, plus(6800))).toEqual({ is: 'sent' });
    expect(tokens()).toBe(1);
    await wecom.send(member, post, plus(7000));
    expect(tokens()).toBe(2);
  });

  test('that many letters find stale at a time is replaced once', async () => {
    remote.play = forgetful({ errcode: 42001 }, 200);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => wecom.send(member, post, now)));
    expect(outcomes).toEqual(Array(10).fill({ is: 'sent' }));
    expect(tokens()).toBe(2);
  });

  test.each([
    ['refused', says({ errcode: 40001, code: 'invalidClientIdOrSecret' }), { pause: true, at: plus(600) }],
    ['unreadable', shows('<html>'), { pause: false, at: plus(60) }],
    ['late', hangs, { pause: false, at: plus(60) }],
    ['lost', resets, { pause: false, at: plus(60) }],
  ])('that is %s leaves the letter surely unsent', async (_, play, wanted) => {
    remote.play = play;
    expect(await wecom.send(member, post, now)).toMatchObject({ is: 'later', ...wanted });
    expect(await dingtalk.send(staff, post, now)).toMatchObject({ is: 'later', ...wanted });
    expect(tokens()).toBe(2);
  });
});

describe('where a letter may go', () => {
  const official = createWecom({ receiveId: '', apiBase: 'https://qyapi.weixin.qq.com' }, () => {
    throw new Error('must not be called');
  });
  const group = (address: string): Target => ({ to: 'group', platform: 'wecom', chatId: 'wr1', address });

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
    expect(official.reaches(group(address))).toBe(false);
    expect(await official.send(group(address), post, now)).toEqual({
      is: 'never',
      gone: false,
      why: 'no permitted address',
    });
  });

  test('plain http only to this machine', () => {
    const far = createWecom({ receiveId: '', apiBase: 'http://10.0.0.1' }, fetch);
    expect(far.reaches(group('http://10.0.0.1/cgi-bin/webhook/send?key=K'))).toBe(false);
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
    expect([member, { ...group(''), address: '' }].map((target) => official.reaches(target))).toEqual([
      false,
      false,
    ]);
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
    expect(wecom.robot(group(`https://x/send?debug=1&key=${SECRET}`))).toBe(names[0]);
    expect(wecom.robot(group('https://x/send?key=other'))).not.toBe(names[0]);
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
