import { describe, expect, test } from 'vitest';
import { attemptsOver, MINUTE, most, SECOND, sum } from './beats.ts';
import { gaps, openWorld } from './world.ts';

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
