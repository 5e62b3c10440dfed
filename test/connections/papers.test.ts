import { describe, expect, test } from 'vitest';
import { SECOND } from './beats.ts';
import { openWorld } from './world.ts';

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
