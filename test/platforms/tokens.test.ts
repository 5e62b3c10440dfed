import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/platforms/platform.ts';
import { sourceOf } from '../../src/platforms/wecom/sent.ts';
import { hangs, openRemote, type Play, resets, says, shows, withToken } from './remote.ts';
import { IMPATIENT, member, now, platformsAt, plus, post, staff } from './senders.ts';

const remote = await openRemote();
afterAll(() => remote.close());
let { wecom, dingtalk } = platformsAt(remote.url);
beforeEach(() => {
  remote.reset();
  ({ wecom, dingtalk } = platformsAt(remote.url));
});

describe('the access token', () => {
  const tokens = () => remote.asked.filter((asked) => /token/i.test(asked.path)).length;

  /** Knows only the token it issued last, and not that either once it is forgotten. */
  const forgotten = new Set<string>();
  beforeEach(() => forgotten.clear());
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
      const known = given === `T${issued}` && !forgotten.has(given);
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
      for (let token = 1; token <= 2; token += 1) {
        expect(await send()).toEqual({ is: 'sent' });
        expect(tokens()).toBe(token);
        forgotten.add(`T${token}`);
      }
    },
  );

  test('whose life is nearly over is used for half of what is left, and not asked for with each letter', async () => {
    remote.play = (asked, response) =>
      says({ errcode: 0, access_token: 'T1', expires_in: asked.path.endsWith('gettoken') ? 200 : 0 })(
        asked,
        response,
      );
    const send = (seconds: number) => wecom.send(member, post, plus(seconds));
    for (const seconds of [0, 60, 99]) expect(await send(seconds)).toEqual({ is: 'sent' });
    expect(tokens()).toBe(1);
    await send(101);
    expect(tokens()).toBe(2);
  });

  test.each(senders)(
    'of %s that is never taken is not asked for without end',
    async (_, send, stale, status) => {
      remote.play = withToken(says(stale, status));
      expect(await send()).toMatchObject({ is: 'later', pause: false });
      expect(remote.asked).toHaveLength(2);
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

  test('that many letters find stale at a time costs one of them one call, and is replaced once', async () => {
    remote.play = forgetful({ errcode: 42001 }, 200);
    await wecom.send(member, post, now);
    forgotten.add('T1');
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => wecom.send(member, post, now)));
    expect(outcomes).toEqual(Array(10).fill({ is: 'sent' }));
    expect(tokens()).toBe(2);
    expect(remote.asked).toHaveLength(2 + 1 + 1 + 10);
  });

  test('that is not taken even fresh costs many letters one call', async () => {
    remote.play = withToken(says({ errcode: 42001 }));
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => wecom.send(member, post, now)));
    expect(new Set(outcomes.map(({ is }) => is))).toEqual(new Set(['later']));
    expect(remote.asked).toHaveLength(2);
  });

  test('that one letter has replaced already is not replaced again by another', async () => {
    let issued = 0;
    let isStale = false;
    let release: () => void = () => undefined;
    remote.play = (asked, response) => {
      if (/token/i.test(asked.path)) {
        issued += 1;
        return says({ errcode: 0, access_token: `T${issued}`, expires_in: 7200 })(asked, response);
      }
      const isFirst = asked.query.get('access_token') === 'T1';
      const answer = () => says({ errcode: isFirst && isStale ? 42001 : 0 })(asked, response);
      if (asked.body.touser !== 'slow' || !isFirst) return answer();
      release = answer;
    };
    const first = wecom.send(member, post, now);
    const slow = wecom.send({ to: 'person', platform: 'wecom', account: 'slow' }, post, now);
    await first;
    await expect.poll(() => remote.asked.length).toBe(3);
    isStale = true;
    expect(await wecom.send(member, post, now)).toEqual({ is: 'sent' });
    release();
    expect(await slow).toEqual({ is: 'sent' });
    expect(issued).toBe(2);
  });

  test('is not kept from letters by a file that does not come', async () => {
    remote.play = (asked, response) =>
      asked.path.includes('media/get')
        ? hangs(asked, response)
        : withToken(says({ errcode: 0 }))(asked, response);
    const source = sourceOf({ url: '', key: undefined, open: true, media: 'MEDIA' });
    void wecom.take(source, now);
    await expect.poll(() => remote.asked.some(({ path }) => path.includes('media/get'))).toBe(true);
    const soon = { ...post, until: performance.now() + 20_000 };
    expect(await wecom.send(member, soon, now)).toEqual({ is: 'sent' });
  });

  test.each([
    ['refused', says({ errcode: 40001, code: 'invalidClientIdOrSecret' }), { pause: true, at: plus(600) }],
    [
      'not to be had just now',
      says({ errcode: 45009, code: 'Forbidden.AccessDenied.QpsLimitForApi' }),
      { pause: true, at: plus(60) },
    ],
    ['unreadable', shows('<html>'), { pause: false, at: plus(60) }],
    ['late', hangs, { pause: false, at: plus(60) }],
    ['lost', resets, { pause: false, at: plus(60) }],
  ])('that is %s leaves the letter surely unsent', async (_, play, wanted) => {
    remote.play = play;
    if (play === hangs) ({ wecom, dingtalk } = platformsAt(remote.url, { timeout: IMPATIENT }));
    expect(await wecom.send(member, post, now)).toMatchObject({ is: 'later', ...wanted });
    expect(await dingtalk.send(staff, post, now)).toMatchObject({ is: 'later', ...wanted });
    expect(tokens()).toBe(2);
  });
});
