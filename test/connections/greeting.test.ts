import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from './beats.ts';
import { openWorld, type World } from './world.ts';

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
