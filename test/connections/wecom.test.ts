import { describe, expect, test } from 'vitest';
import type { Target } from '../../src/chat/reply.ts';
import { attemptsOver, MINUTE, most, SECOND, sum } from './beats.ts';
import { openWorld } from './world.ts';

describe("WeCom's long connection", () => {
  const enter = async (settings: Record<string, string> = {}) => {
    const world = await openWorld('wecom', settings);
    await world.hands.pass(3 * SECOND);
    return world;
  };

  test('that another takes over is not fought for', async () => {
    const world = await enter();
    const { wecom, hands, attempts, link } = world;
    const before = attempts();
    const other = wecom.sockets.join(new URL('ws://other'), {
      send: () => {},
      close: () => {},
      cut: () => {},
    });
    const body = { bot_id: 'aibTest', secret: 'another one' };
    const takeOver = () =>
      other?.heard(JSON.stringify({ cmd: 'aibot_subscribe', headers: { req_id: 'other' }, body }));
    takeOver();
    await hands.pass(30 * SECOND);
    expect(attempts()).toBe(before);
    expect(link.status()).toMatchObject({ state: 'waiting', why: 'another connection' });
    for (let minute = 0; minute < 180; minute += 1) {
      await hands.pass(MINUTE);
      takeOver();
    }
    expect(attempts() - before).toBeLessThan(15);
  });

  test('with a wrong secret asks once a minute at most, and says what is wrong', async () => {
    const world = await enter({ WECOM_BOT_SECRET: 'a wrong one' });
    expect(sum(await attemptsOver(world, 600))).toBeLessThan(6);
    expect(world.link.status()).toMatchObject({ state: 'waiting', why: 'errcode 853000' });
  });

  test.each([
    ['the signature', 853_004],
    ['the tool', 853_006],
    ['something unheard of', 1_234_567],
  ])('of which WeCom refuses %s tries ever more seldom, and says what it heard', async (_, code) => {
    const world = await enter();
    world.wecom.gateway.refuse(code, Number.POSITIVE_INFINITY, 'aibot_subscribe');
    world.double.sockets.drop();
    expect(sum(await attemptsOver(world, 600))).toBeLessThan(30);
    expect(world.link.status()).toMatchObject({ state: 'waiting', why: `errcode ${code}` });
    world.wecom.gateway.refuse(0, 0);
    await world.hands.pass(MINUTE);
    expect(world.link.status().state).toBe('ready');
  });

  test('that is told at a heartbeat that it is not subscribed opens another', async () => {
    const { wecom, hands, link, attempts } = await enter();
    wecom.gateway.refuse(846_609, 1, 'ping');
    await hands.pass(34 * SECOND);
    expect([link.status().state, attempts()]).toEqual(['ready', 2]);
  });

  test('that is cut each time it has subscribed tries ever more seldom', async () => {
    const world = await enter();
    world.double.sockets.drop();
    world.wecom.gateway.cutSubscribers(true);
    const counts = await attemptsOver(world, 600);
    expect(most(counts)).toBe(1);
    expect(sum(counts)).toBeLessThan(30);
  });

  test('gives an answer whose line was cut before WeCom had it, once, when the line is back', async () => {
    const { wecom, say, hands, answers } = await enter();
    say('4.3.2 演练+1');
    // It has come in, and the house is still at it.
    await Promise.resolve();
    wecom.sockets.drop();
    await hands.pass(0);
    expect(answers()).toEqual([]);
    await hands.pass(3 * SECOND);
    expect(answers()).toHaveLength(1);
  });

  test('gives an answer again that was lost with its line', async () => {
    const { wecom, say, hands, answers, slow } = await enter();
    slow(SECOND);
    say('4.3.2 演练+1');
    await hands.pass(0);
    wecom.sockets.mute(true);
    await hands.pass(2 * SECOND);
    wecom.sockets.drop();
    wecom.sockets.mute(false);
    await hands.pass(3 * SECOND);
    expect(answers()).toHaveLength(1);
  });

  test('gives up an answer that WeCom will never take, and tells the operator', async () => {
    const { wecom, say, hands, answers, oddities } = await enter();
    wecom.gateway.refuse(40_058, 1);
    say('4.3.2 演练+1');
    await hands.pass(10 * MINUTE);
    expect(answers()).toEqual([]);
    expect(wecom.sent).toEqual([]);
    expect(oddities).toEqual(['WeCom did not take an answer: errcode 40058']);
  });

  test('repeats no answer whose acknowledgement is late', async () => {
    const { wecom, say, hands, answers } = await enter();
    wecom.gateway.hold(true);
    say('4.3.2 演练+1');
    say('4.3.2 演练+2');
    await hands.pass(8 * SECOND);
    wecom.gateway.hold(false);
    await hands.pass(MINUTE);
    expect(answers().map((text) => text.split(' 已')[0])).toEqual(['4.3.2 演练+1', '4.3.2 演练+2']);
  });

  test.each([
    ['that it is not subscribed', 846_609, 4 * SECOND],
    ['that the stream is over', 846_608, SECOND],
    ['that the number is of no call', 846_605, SECOND],
    ['that it is busy', -1, 5 * SECOND],
    ['that it is transient', 846_601, 5 * SECOND],
    ['that it is transient in another way', 846_602, 5 * SECOND],
    ['that too many ask at once', 45_033, 5 * SECOND],
    ['that it is too often', 45_009, 61 * SECOND],
  ])('gives an answer once although WeCom says %s', async (_, code, within) => {
    const { wecom, say, hands, answers } = await enter();
    wecom.gateway.refuse(code, 1);
    say('4.3.2 演练+1');
    await hands.pass(within);
    expect(answers()).toHaveLength(1);
  });

  test('says no more than 30 a minute in a chat, and the rest in the next', async () => {
    const { say, hands, answers } = await enter();
    for (let each = 1; each <= 40; each += 1) say(`第${each}条`);
    await hands.pass(50 * SECOND);
    expect(answers()).toHaveLength(30);
    await hands.pass(15 * SECOND);
    expect(answers()).toHaveLength(40);
  });

  test('pushes no more than 30 times a minute and 1,000 an hour to a chat, and no other waits for it', async () => {
    const { platform, say, hands, clock, wecom } = await enter();
    wecom.gateway.know(['wrGroup', 'chief']);
    const started = hands.now();
    const push = async (to: 'group' | 'person' = 'group') => {
      const target =
        to === 'group'
          ? { to, platform: 'wecom', chatId: 'wrGroup' }
          : { to, platform: 'wecom', account: 'chief' };
      const post = { uuid: 'u', reply: { lines: ['提示'] } };
      const outcome = platform.send({ ...target, met: true } as Target, post, clock.now());
      await hands.pass(0);
      return outcome;
    };
    const sentIn = async (tries: number) => {
      let sent = 0;
      for (let each = 0; each < tries; each += 1) sent += (await push()).is === 'sent' ? 1 : 0;
      return sent;
    };
    say('总览');
    await hands.pass(0);
    // An answer counts as well.
    expect(await sentIn(40)).toBe(29);
    expect(await push()).toMatchObject({ is: 'later', pause: true, why: 'budget of the chat' });
    expect(await push('person')).toEqual({ is: 'sent' });
    await hands.pass(MINUTE);
    let all = 30;
    while (hands.now() - started < 59 * MINUTE) {
      all += await sentIn(31);
      await hands.pass(MINUTE);
    }
    expect(all).toBe(1_000);
    expect(wecom.sent.every(({ shown }) => shown)).toBe(true);
    await hands.pass(2 * MINUTE);
    expect(await sentIn(31)).toBe(30);
  });

  test('pushes only where somebody has spoken before, and tells what WeCom says of it', async () => {
    const { platform, say, hands, clock, answers, wecom } = await enter();
    const group = { to: 'group', platform: 'wecom', chatId: 'wrGroup' } as const;
    const push = () =>
      platform.send({ ...group, met: true }, { uuid: 'u', reply: { lines: ['提示'] } }, clock.now());
    const pushed = async () => {
      const outcome = push();
      await hands.pass(6 * SECOND);
      return outcome;
    };
    expect(platform.reaches(group)).toBe(false);
    expect(platform.reaches({ ...group, met: true })).toBe(true);
    expect(await pushed()).toMatchObject({ is: 'never', gone: true, why: 'errcode 93006 aibot_send_msg' });
    say('总览');
    await hands.pass(0);
    expect(await pushed()).toEqual({ is: 'sent' });
    expect(answers().at(-1)).toBe('提示');
    for (const [code, outcome] of [
      [45_009, { is: 'later', pause: true }],
      [-1, { is: 'later', pause: false }],
      [45_033, { is: 'later', pause: false }],
      [846_601, { is: 'later', pause: false }],
      [846_602, { is: 'later', pause: false }],
      [40_058, { is: 'never', gone: false }],
      [93_008, { is: 'never', gone: true }],
      [846_609, { is: 'later', pause: false }],
    ] as const) {
      wecom.gateway.refuse(code, 1);
      expect(await pushed()).toMatchObject({ ...outcome, why: `errcode ${code} aibot_send_msg` });
    }
    expect(answers()).toHaveLength(2);
    wecom.gateway.hold(true);
    expect(await pushed()).toMatchObject({ is: 'unknown' });
    wecom.sockets.drop();
    await hands.pass(0);
    expect(platform.ready({ ...group, met: true })).toBe(false);
    expect(await push()).toMatchObject({ is: 'later' });
  });
});
