import { describe, expect, test } from 'vitest';
import type { Target } from '../../src/chat/reply.ts';
import { gaps, openWorld, type World } from './world.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Moments at which attempts began, second by second. */
async function attemptsOver({ hands, attempts }: World, seconds: number): Promise<number[]> {
  const counts: number[] = [];
  for (let second = 0; second < seconds; second += 1) {
    const before = attempts();
    await hands.pass(SECOND);
    counts.push(attempts() - before);
  }
  return counts;
}

const most = (counts: number[]) => Math.max(...counts);
const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);

describe.each(['wecom', 'dingtalk'] as const)('a long connection (%s)', (name) => {
  const enter = async () => {
    const world = await openWorld(name);
    await world.hands.pass(3 * SECOND);
    expect(world.link.status().state).toBe('ready');
    return world;
  };

  test('opens, is accepted, shows that it lives, and only then is ready', async () => {
    const { states } = await enter();
    expect(states).toEqual(['waiting', 'opening', 'open', 'subscribed', 'ready']);
  });

  test('brings a message and takes back its answer, into its chat', async () => {
    const { say, hands, answers, double } = await enter();
    say('4.3.2 演练+1');
    await hands.pass(0);
    expect(answers()).toHaveLength(1);
    expect(answers()[0]).toContain('4.3.2 演练+1 已记录');
    expect(double.lines().at(-1)).toMatchObject({ chat: { group: 'wrGroup' }, from: null });
  });

  test('that is refused is tried for ever, never twice in a second, and stands within 3 s when it can', async () => {
    const world = await enter();
    world.memory.refuse(true);
    world.double.sockets.drop();
    const counts = await attemptsOver(world, 600);
    expect(most(counts)).toBe(1);
    expect(sum(counts)).toBeGreaterThan(200);
    world.memory.refuse(false);
    await world.hands.pass(3 * SECOND);
    expect(world.link.status().state).toBe('ready');
  });

  test('that is cut stands again within 3 s', async () => {
    const world = await enter();
    for (let cut = 0; cut < 20; cut += 1) {
      world.double.sockets.drop();
      expect(most(await attemptsOver(world, 3))).toBeLessThanOrEqual(1);
      expect(world.link.status().state).toBe('ready');
    }
  });

  test('that is cut as soon as it stands is not tried twice in a second either', async () => {
    const { double, hands, tries } = await openWorld(name);
    await hands.pass(0);
    for (let moment = 0; moment < 600; moment += 1) {
      double.sockets.drop();
      await hands.pass(SECOND / 10);
    }
    expect(tries.length).toBeGreaterThan(20);
    expect(Math.min(...gaps(tries))).toBeGreaterThanOrEqual(SECOND);
  });

  test('that is neither taken nor refused is given up after ten seconds, and tried again', async () => {
    const { double, hands, memory, link, attempts } = await enter();
    memory.swallow(true);
    double.sockets.drop();
    await hands.pass(60 * SECOND);
    expect(attempts()).toBeGreaterThan(4);
    expect(memory.standing()).toBeLessThanOrEqual(1);
    memory.swallow(false);
    await hands.pass(15 * SECOND);
    expect(link.status().state).toBe('ready');
  });

  test('that falls silent is given up within 40 s, and another brings what is said then', async () => {
    const { double, hands, link, say, answers } = await enter();
    double.sockets.mute(true);
    await hands.pass(41 * SECOND);
    expect(link.status().state).not.toBe('ready');
    double.sockets.mute(false);
    await hands.pass(15 * SECOND);
    expect(link.status().state).toBe('ready');
    say('总览');
    await hands.pass(0);
    expect(answers()).toHaveLength(1);
  });

  test('is none the worse for frames that are none', async () => {
    const { double, hands, link, say, answers } = await enter();
    const junk = [
      '',
      '{',
      'null',
      '[]',
      '{"headers":7}',
      '{"cmd":{},"headers":{"req_id":"x"}}',
      '"'.repeat(9),
    ];
    const deep = `${'{"a":'.repeat(90)}1${'}'.repeat(90)}`;
    for (const text of [...junk, deep, '{"type":"CALLBACK"}', '\u0000\u0001']) double.sockets.shout(text);
    await hands.pass(SECOND);
    expect(link.status()).toMatchObject({ state: 'ready', attempts: 1 });
    say('总览');
    await hands.pass(0);
    expect(answers()).toHaveLength(1);
  });

  test('that brings a message twice has it answered once', async () => {
    const { double, say, hands, answers, heard } = await enter();
    say('4.3.2 演练+1', 'twice');
    await hands.pass(0);
    for (let copy = 0; copy < 3; copy += 1) void double.again('twice');
    await hands.pass(MINUTE);
    expect(heard).toEqual(['twice', 'twice', 'twice', 'twice']);
    expect(answers()).toHaveLength(1);
  });

  test('keeps the messages of one person in their order', async () => {
    const { say, hands, answers, slow } = await enter();
    slow(SECOND);
    say('第1条');
    await hands.pass(0);
    slow(0);
    for (let each = 2; each <= 20; each += 1) say(`第${each}条`);
    await hands.pass(2 * SECOND);
    expect(answers().map((text) => text.split(' ')[0])).toEqual(
      Array.from({ length: 20 }, (_, each) => `第${each + 1}条`),
    );
  });

  test('uses one timer, and leaves neither timer nor socket when it is closed', async () => {
    const { hands, link, memory, double } = await enter();
    expect(hands.pending()).toBe(1);
    const closing = link.close(SECOND);
    await hands.pass(3 * SECOND);
    await closing;
    expect([hands.pending(), memory.standing(), double.sockets.standing()]).toEqual([0, 0, 0]);
    expect(link.status().state).toBe('off');
  });

  test('that is closed while nobody answers leaves nothing either', async () => {
    const { hands, link, memory, double } = await enter();
    memory.refuse(true);
    double.sockets.drop();
    await hands.pass(10 * SECOND);
    const closing = link.close(0);
    await hands.pass(3 * SECOND);
    await closing;
    expect([hands.pending(), memory.standing()]).toEqual([0, 0]);
  });
});

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

describe("a chat with the bot that somebody opens, over WeCom's long connection,", () => {
  const enter = async () => {
    const world = await openWorld('wecom');
    await world.hands.pass(3 * SECOND);
    world.wecom.gateway.enter('chief');
    return world;
  };

  test('is greeted, once, without anything having been said', async () => {
    const { hands, double, heard } = await enter();
    await hands.pass(MINUTE);
    expect(double.lines()).toMatchObject([
      { chat: { single: 'chief' }, from: null, text: '你好', markup: 'text' },
    ]);
    expect(heard).toEqual([]);
  });

  test('is greeted within five seconds or not at all', async () => {
    const { hands, double, slow, wecom, oddities } = await enter();
    await hands.pass(MINUTE);
    for (const [milliseconds, lines] of [
      [4_900, 2],
      [5_100, 2],
    ] as const) {
      slow(milliseconds);
      wecom.gateway.enter('clerk');
      await hands.pass(MINUTE);
      expect(double.lines()).toHaveLength(lines);
    }
    expect(oddities).toEqual([]);
  });

  test.each<[string, (world: World) => void]>([
    ['lost', ({ wecom }) => wecom.sockets.drop()],
    ['refused', ({ wecom }) => wecom.gateway.refuse(846_605, 1)],
    ['not confirmed', ({ wecom }) => wecom.gateway.hold(true)],
    [
      'in doubt',
      ({ wecom, hands }) => {
        wecom.gateway.hold(true);
        hands.after(SECOND, () => {
          wecom.sockets.drop();
          wecom.gateway.hold(false);
        });
      },
    ],
  ])('is not greeted twice, nor in another way, where the greeting is %s', async (fate, befall) => {
    const world = await enter();
    befall(world);
    await world.hands.pass(20 * SECOND);
    world.wecom.gateway.hold(false);
    await world.hands.pass(MINUTE);
    expect(world.double.lines().length).toBeLessThanOrEqual(1);
    expect(world.wecom.sent).toEqual([]);
    expect(world.oddities).toHaveLength(['refused', 'not confirmed'].includes(fate) ? 1 : 0);
  });
});

describe("a paper over WeCom's long connection", () => {
  const target = { to: 'group', platform: 'wecom', chatId: 'wrGroup', met: true } as const;
  const enter = async () => {
    const world = await openWorld('wecom');
    await world.hands.pass(3 * SECOND);
    world.say('总览');
    await world.hands.pass(0);
    const send = async (kind: 'picture' | 'file', size: number) => {
      const bytes = Buffer.alloc(size, 'paper');
      const name = kind === 'picture' ? '通报.png' : '通报.docx';
      const post = { uuid: 'u', reply: { lines: [] }, enclosure: { kind, name, type: 'x/y', bytes } };
      const outcome = world.platform.send(target, post, world.clock.now());
      await world.hands.pass(30 * SECOND);
      return outcome;
    };
    return { ...world, send };
  };

  test('goes in parts and arrives whole, a picture as a picture and a file as a file', async () => {
    const { send, double, platform } = await enter();
    expect(platform.carries(target, 'file')).toBe(true);
    expect(await send('picture', 700_000)).toEqual({ is: 'sent' });
    expect(await send('file', 1_500_000)).toEqual({ is: 'sent' });
    const [picture, file] = double
      .lines()
      .slice(-2)
      .map(({ enclosed }) => enclosed);
    expect(picture).toMatchObject({ kind: 'picture', name: '通报.png' });
    expect(picture?.bytes.equals(Buffer.alloc(700_000, 'paper'))).toBe(true);
    expect(file).toMatchObject({ kind: 'file', name: '通报.docx' });
    expect(file?.bytes.equals(Buffer.alloc(1_500_000, 'paper'))).toBe(true);
  });

  test('that could not be handed over has not been shown, and waits', async () => {
    const { send, double, wecom } = await enter();
    const before = double.lines().length;
    wecom.gateway.hold(true);
    expect(await send('file', 2_000)).toMatchObject({ is: 'later' });
    wecom.gateway.hold(false);
    wecom.gateway.refuse(40_058, 1);
    expect(await send('file', 2_000)).toMatchObject({ is: 'never', why: 'errcode 40058 aibot_upload' });
    expect(double.lines()).toHaveLength(before);
  });
});

describe("DingTalk's Stream mode", () => {
  const enter = async () => {
    const world = await openWorld('dingtalk');
    await world.hands.pass(3 * SECOND);
    return world;
  };

  test('opens each connection with a ticket of its own, and asks for another when one has expired', async () => {
    const world = await enter();
    world.dingtalk.gateway.expireNext(3);
    world.dingtalk.sockets.drop();
    expect(most(await attemptsOver(world, 9))).toBe(1);
    expect(world.link.status()).toMatchObject({ state: 'ready', attempts: 5 });
  });

  test('with a wrong secret asks once a minute at most, and says what is wrong', async () => {
    const world = await openWorld('dingtalk', { DINGTALK_APP_SECRET: 'a wrong one' });
    expect(sum(await attemptsOver(world, 600))).toBeLessThan(6);
    expect(world.link.status()).toMatchObject({
      state: 'waiting',
      why: expect.stringContaining('invalidClientIdOrSecret'),
    });
    expect(world.link.status().why).not.toContain('a wrong one');
  });

  test.each(['status 429', 'status 500', 'html', 'redirect', 'reset before'] as const)(
    'whose ticket can’t be had (%s) tries for as long as it takes, never twice in a second',
    async (fault) => {
      const world = await enter();
      await world.dingtalk.fail(fault, { path: '/v1.0/gateway/connections/open' });
      world.dingtalk.sockets.drop();
      expect(most(await attemptsOver(world, 120))).toBe(1);
      expect(world.link.status().state).not.toBe('ready');
      await world.dingtalk.heal();
      await world.hands.pass(61 * SECOND);
      expect(world.link.status().state).toBe('ready');
    },
  );

  test('acknowledges a message by its number, after its effect', async () => {
    const { dingtalk, hands, heard, slow } = await enter();
    let acks = 0;
    dingtalk.gateway.onAck(() => {
      acks += 1;
    });
    slow(2 * SECOND);
    const said = dingtalk.say({ chat: 'single', user: 'chief', text: '我的', id: 'm1' });
    await hands.pass(SECOND);
    expect(acks).toBe(0);
    await hands.pass(SECOND);
    expect(acks).toBe(1);
    slow(0);
    expect(await said).toMatchObject({ status: 200 });
    expect(heard).toEqual(['m1']);
    expect((await dingtalk.again('m1')).status).toBe(200);
  });

  test('answers what DingTalk asks of every client', async () => {
    const { dingtalk, hands } = await enter();
    const pongs: object[] = [];
    dingtalk.gateway.onAck((frame) => pongs.push(frame));
    dingtalk.gateway.ping();
    dingtalk.gateway.send('EVENT', '*', '{}');
    dingtalk.gateway.send('CALLBACK', '/v1.0/card/instances/callback', '{}');
    await hands.pass(0);
    expect(pongs).toMatchObject([
      { code: 200, data: expect.stringContaining('opaque') },
      { code: 200, data: expect.stringContaining('SUCCESS') },
      { code: 404 },
    ]);
  });

  test('that is told to reconnect has the next one standing first, and finishes what the old one brought', async () => {
    const { dingtalk, hands, memory, say, answers, link } = await enter();
    say('第1条');
    dingtalk.gateway.disconnect();
    await hands.pass(3 * SECOND);
    expect(link.status().state).toBe('ready');
    expect(memory.standing()).toBe(2);
    say('第2条');
    await hands.pass(10 * SECOND);
    expect(memory.standing()).toBe(1);
    expect(answers().map((text) => text.split(' ')[0])).toEqual(['第1条', '第2条']);
  });

  test('that is told to reconnect again and again is not tried twice in a second', async () => {
    const { dingtalk, hands, memory, tries } = await enter();
    for (let moment = 0; moment < 100; moment += 1) {
      dingtalk.gateway.disconnect();
      await hands.pass(SECOND / 10);
      expect(memory.standing()).toBeLessThanOrEqual(2);
    }
    expect(tries.length).toBeGreaterThan(10);
    expect(Math.min(...gaps(tries))).toBeGreaterThanOrEqual(SECOND);
  });

  test('that answers pings and brings nothing is replaced within four minutes', async () => {
    const { dingtalk, hands, memory, say, answers, attempts, link } = await enter();
    dingtalk.gateway.deaden();
    say('总览', 'lost');
    await hands.pass(4 * MINUTE);
    expect([link.status().state, attempts(), memory.standing()]).toEqual(['ready', 2, 1]);
    expect(answers()).toEqual([]);
    void dingtalk.again('lost');
    await hands.pass(0);
    expect(answers()).toHaveLength(1);
  });

  test('that is only quiet is replaced without a message lost, by whichever of the two it comes', async () => {
    const { hands, memory, say, answers, attempts } = await enter();
    await hands.pass(3 * MINUTE);
    while (memory.standing() < 2) await hands.pass(SECOND);
    for (let each = 1; each <= 4; each += 1) say(`第${each}条`);
    await hands.pass(20 * SECOND);
    expect([attempts(), memory.standing()]).toEqual([2, 1]);
    expect(answers().map((text) => text.split(' ')[0])).toEqual(['第1条', '第2条', '第3条', '第4条']);
  });

  test('on which DingTalk says anything stays as it is', async () => {
    const { dingtalk, hands, attempts } = await enter();
    for (let minute = 0; minute < 60; minute += 1) {
      dingtalk.gateway.ping();
      await hands.pass(MINUTE);
    }
    expect(attempts()).toBe(1);
  });

  test("gives an answer by the OpenAPI where the message's own address no longer takes it", async () => {
    const { dingtalk, say, hands, answers } = await enter();
    await dingtalk.fail('errcode', { code: 300_001, path: '/robot/sendBySession' });
    say('总览');
    await hands.pass(SECOND);
    expect(answers()).toHaveLength(1);
    expect(dingtalk.sent.map(({ path, shown }) => [path, shown])).toEqual([
      ['/robot/sendBySession', false],
      ['/v1.0/robot/groupMessages/send', true],
    ]);
  });

  test('repeats no answer that may have arrived', async () => {
    const { dingtalk, say, hands, answers } = await enter();
    await dingtalk.fail('reset after accepting');
    say('总览');
    await hands.pass(MINUTE);
    expect(answers()).toHaveLength(1);
    expect(dingtalk.sent).toHaveLength(1);
  });
});
