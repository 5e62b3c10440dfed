import { describe, expect, test } from 'vitest';
import type { Double, Fault } from '../../../src/platforms/sandbox/double.ts';
import { inDingtalk, openDingtalk, openWecom, SECRET } from './world.ts';

describe('a double that was told to fail', () => {
  const words = { msgtype: 'text', text: { content: '好' } };
  const robots: [string, () => Promise<{ double: Double; base: string }>, string][] = [
    ['WeCom', openWecom, '/cgi-bin/webhook/send?key=k1'],
    ['DingTalk', openDingtalk, '/robot/send?access_token=t1'],
  ];

  describe.each(robots)('%s', (_name, open, path) => {
    async function make() {
      const { double, base } = await open();
      const send = (signal: AbortSignal | null = null) =>
        fetch(base + path, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(words),
          redirect: 'manual',
          signal,
        });
      return { double, base, send };
    }

    test('says its own no, as often as it was told, and then works again', async () => {
      const { double, send } = await make();
      await double.fail('errcode', { code: 45033, times: 2 });
      expect(double.fault()).toMatchObject({ fault: 'errcode' });
      for (const errcode of [45033, 45033, 0]) expect(await (await send()).json()).toMatchObject({ errcode });
      expect(double.fault()).toBeNull();
      expect(double.sent.map(({ shown, fault }) => [shown, fault])).toEqual([
        [false, 'errcode'],
        [false, 'errcode'],
        [true, undefined],
      ]);
    });

    test.each<[Fault, number, string]>([
      ['status 429', 429, 'application/json; charset=utf-8'],
      ['status 500', 500, 'application/json; charset=utf-8'],
      ['html', 200, 'text/html; charset=utf-8'],
      ['redirect', 302, 'application/json; charset=utf-8'],
    ])('answers with %s and shows nothing, until healed', async (fault, status, type) => {
      const { double, send } = await make();
      await double.fail(fault);
      for (const response of [await send(), await send()]) {
        expect(response.status).toBe(status);
        expect(response.headers.get('content-type')).toBe(type);
      }
      expect(double.lines()).toHaveLength(0);
      await double.heal();
      expect(await (await send()).json()).toMatchObject({ errcode: 0 });
    });

    test.each<[Fault, number]>([
      ['reset after accepting', 1],
      ['reset before', 0],
      ['refuse', 0],
    ])('on “%s” no answer comes, and people see %i message', async (fault, shown) => {
      const { double, send } = await make();
      await double.fail(fault);
      await expect(send()).rejects.toThrow();
      expect(double.lines()).toHaveLength(shown);
      await double.heal();
      expect(await (await send()).json()).toMatchObject({ errcode: 0 });
      expect(double.lines()).toHaveLength(shown + 1);
    });

    test('on “hang after accepting” people see the message, and no answer comes', async () => {
      const { double, base, send } = await make();
      await double.fail('hang after accepting');
      const patience = new AbortController();
      const shown = new Promise((resolve) => double.on(resolve));
      const sent = send(patience.signal);
      await shown;
      // By the time that another call is answered, this one would have been.
      await fetch(base);
      patience.abort();
      await expect(sent).rejects.toThrow();
      expect(double.lines()).toHaveLength(1);
    });
  });

  test('one fault takes another’s place', async () => {
    const { double, send } = await openWecom();
    await double.fail('refuse');
    await double.fail('errcode', { code: 45033 });
    expect(await send(words)).toMatchObject({ errcode: 45033 });
  });

  test('DingTalk’s OpenAPI says no in its own way, and a path can be singled out', async () => {
    const { double, openApi } = await openDingtalk();
    await double.fail('errcode', { code: 'send.too.fast' });
    expect(await openApi('/v1.0/robot/groupMessages/send', {})).toMatchObject({
      status: 400,
      body: { code: 'send.too.fast' },
    });
    expect(await openApi('/v1.0/oauth2/accessToken', { appKey: 'ding1', appSecret: SECRET })).toMatchObject({
      status: 200,
    });
    await double.fail('status 500', { path: '/v1.0/oauth2/accessToken' });
    expect(await openApi('/v1.0/oauth2/accessToken', { appKey: 'ding1', appSecret: SECRET })).toMatchObject({
      status: 500,
    });
    expect(await openApi('/v1.0/robot/groupMessages/send', {})).toMatchObject({ status: 400 });
  });

  test('listeners hear of every line, and of how a message fared', async () => {
    const { double } = await openDingtalk();
    const heard: (string | undefined)[] = [];
    const stop = double.on((line) => heard.push(line.fate));
    await double.say(inDingtalk('@督办 我的'));
    stop();
    await double.say(inDingtalk('@督办 我的'));
    expect(heard).toEqual(['sending', 'taken']);
  });
});
