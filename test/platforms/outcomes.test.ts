import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/platforms/platform.ts';
import { breaksOff, hangs, openRemote, type Play, resets, says, shows, withToken } from './remote.ts';
import {
  bare,
  hookOf,
  IMPATIENT,
  member,
  now,
  platformsAt,
  plus,
  post,
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
    ['answers without end', says({ errcode: 0, processQueryKey: 'k'.repeat(100_000) }), { is: 'unknown' }],
    ['is not there', shows('not found', 404), { is: 'later', pause: false }],
    ['breaks', shows('oops', 500), { is: 'unknown' }],
    ['breaks with JSON', says({ errcode: 0, code: 'system.error' }, 500), { is: 'unknown' }],
    ['is behind a gateway that lost it', shows('bad gateway', 502), { is: 'unknown' }],
    ['hangs', hangs, { is: 'unknown', why: expect.stringMatching(/^timeout 127/) }],
    ['resets the line', resets, { is: 'unknown', why: expect.stringMatching(/^UND_ERR_SOCKET 127/) }],
    ['breaks off in the middle', breaksOff, { is: 'unknown' }],
  ];

  test.each(faults)('when it %s', async (__, play, wanted) => {
    remote.play = withToken(play);
    if (play === hangs) ({ wecom, dingtalk } = platformsAt(remote.url, { timeout: IMPATIENT }));
    const outcome = await send();
    expect(outcome).toMatchObject(wanted);
    expect(JSON.stringify(outcome)).not.toMatch(/SECRET|T1|\?/);
    const sends = remote.asked.filter((asked) => !/token/i.test(asked.path));
    expect(sends).toHaveLength(1);
  });
});

test('when nobody is there, surely nothing was sent', async () => {
  const gone = await openRemote();
  await gone.close();
  const far = platformsAt(gone.url);
  const outcomes = [
    await far.wecom.send(robotOf(gone.url), post, now),
    await far.wecom.send(member, post, now),
    await far.dingtalk.send(hookOf(gone.url), post, now),
    await far.dingtalk.send(bare, post, now),
  ];
  const refused = {
    is: 'later',
    pause: false,
    at: plus(60),
    why: expect.stringMatching(/^ECONNREFUSED 127\.0\.0\.1:/),
  };
  for (const outcome of outcomes) expect(outcome).toMatchObject(refused);
});

/** As Node tells of a name's addresses: of its own it has the code of one, and what was being done stands with each. */
const several = (...syscalls: string[]) =>
  Object.assign(new AggregateError(syscalls.map((syscall) => Object.assign(new Error(), { syscall }))), {
    code: 'ETIMEDOUT',
  });

test.each([
  ['no way there', { code: 'EHOSTUNREACH', syscall: 'connect' }, 'later'],
  ['a connection that is not made in time', { code: 'ETIMEDOUT', syscall: 'connect' }, 'later'],
  ['a name nobody knows', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'later'],
  ['a certificate that has run out', { code: 'CERT_HAS_EXPIRED' }, 'later'],
  ['several addresses that all refuse', { code: 'ECONNREFUSED' }, 'later'],
  ['several addresses that can’t be reached', several('connect', 'connect'), 'later'],
  ['several addresses, to one of which the line stood', several('connect', 'read'), 'unknown'],
  ['several addresses of which nothing is told', several(), 'unknown'],
  ['a line that goes quiet', { code: 'ETIMEDOUT', syscall: 'read' }, 'unknown'],
  ['a line that the other side closes', { code: 'UND_ERR_SOCKET' }, 'unknown'],
  ['a fault without a name', undefined, 'unknown'],
])('with %s, only what failed before the line stood is surely unsent', async (_, cause, is) => {
  const through = () => Promise.reject(new TypeError('fetch failed', { cause }));
  const { wecom: far } = platformsAt(remote.url, { through });
  expect(await far.send(robotOf(remote.url), post, now)).toMatchObject({ is });
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
    [40007, { is: 'later', pause: false }],
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
    [{ errcode: 0, unlicenseduser: 'li' }, never],
    [{ errcode: 60020 }, { is: 'later', pause: true, at: plus(600) }],
    [{ errcode: 48002 }, { is: 'later', pause: true, at: plus(600) }],
    [{ errcode: 301002 }, { is: 'later', pause: true, at: plus(600) }],
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
    [310000, 'sign not match', slow],
    [310000, 'ip 1.2.3.4 not in whitelist', slow],
    [310000, 'description:机器人发送签名不匹配;solution:;link:', slow],
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
    ['Forbidden.AccessDenied.ApiCountLimitForOrg', 403, slow],
    ['Forbidden.AccessDenied.IpNotInWhiteList', 403, slow],
    ['invalidParameter.robotCode.auth', 400, slow],
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
