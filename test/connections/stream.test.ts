import { describe, expect, test } from 'vitest';
import { attemptsOver, MINUTE, most, SECOND, sum } from './beats.ts';
import { gaps, openWorld } from './world.ts';

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

  test('has an address for an answer of a message for ninety minutes', async () => {
    const { base, hands, say, clock } = await enter();
    say('总览', 'm1');
    await hands.pass(SECOND);
    const answer = async () => {
      const body = JSON.stringify({ msgtype: 'text', text: { content: '好' } });
      const said = await fetch(`${base}/robot/sendBySession?session=m1`, { method: 'POST', body });
      return said.json();
    };
    expect(await answer()).toMatchObject({ errcode: 0 });
    clock.move(90 * MINUTE);
    expect(await answer()).toMatchObject({ errcode: 300_001 });
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
