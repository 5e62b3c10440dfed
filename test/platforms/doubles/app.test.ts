import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { MINUTE, opened, openWecom, sealed } from './world.ts';

const parse = (xml: string) => new XMLParser({ parseTagValue: false }).parse(xml).xml;
const chief = { chat: 'single', user: 'sec_anquan', via: 'app' } as const;
const picture = { kind: 'picture', name: '现场.png', bytes: Buffer.from('a picture') } as const;

describe('a member writes to WeCom’s self-built app', () => {
  const answer =
    (words: string, wrong = {}) =>
    ({ nonce }: { nonce: string }) => ({ body: sealed('app', words, nonce, { receiveId: 'ww1', ...wrong }) });

  test('the callback is XML for the corp and the agent, and its answer stands in the chat', async () => {
    const { double, hook } = await openWecom(answer('已记录【4.3.2】'));
    expect(await double.say({ ...chief, text: '4.3.2 隐患+12', id: 'M1' })).toEqual({
      ...{ id: 'M1', tries: 1, status: 200, answer: '已记录【4.3.2】' },
    });
    expect(parse(hook.calls[0]?.body ?? '')).toMatchObject({ ToUserName: 'ww1', AgentID: '7' });
    expect(parse(opened(hook.calls[0], 'ww1'))).toEqual({
      ...{ ToUserName: 'ww1', FromUserName: 'sec_anquan', AgentID: '7', CreateTime: '1776040920' },
      ...{ MsgType: 'text', Content: '4.3.2 隐患+12', MsgId: expect.stringMatching(/^\d{10,19}$/) },
    });
    expect(double.lines()).toMatchObject([{ fate: 'taken' }, { markup: 'text', answers: 'M1' }]);
  });

  test('an answer of more than 2048 bytes is cut in silence', async () => {
    const { double } = await openWecom(answer('好'.repeat(700)));
    expect(await double.say({ ...chief, text: '清单' })).toMatchObject({ answer: '好'.repeat(682) });
  });

  test('an answer for a robot’s receiver is not shown', async () => {
    const { double } = await openWecom(answer('好', { receiveId: '' }));
    expect(await double.say({ ...chief, text: '清单' })).toMatchObject({
      answer: null,
      why: expect.stringContaining('ww1'),
    });
  });

  test('a picture comes alone, lies open, and is there for the app’s token', async () => {
    const { double, base, hook, token } = await openWecom();
    await double.say({ ...chief, text: '', files: [picture] });
    const { MsgType, MediaId, PicUrl, ...more } = parse(opened(hook.calls[0], 'ww1'));
    expect([MsgType, 'Content' in more]).toEqual(['image', false]);
    expect(await (await fetch(PicUrl)).text()).toBe('a picture');
    const kept = await fetch(`${base}/cgi-bin/media/get?access_token=${await token()}&media_id=${MediaId}`);
    expect(await kept.text()).toBe('a picture');
    await expect(double.say({ ...chief, text: '演练+1', files: [picture] })).rejects.toThrow('of its own');
  });

  test('an app hears of no group, and of no file', async () => {
    const { double, hook } = await openWecom();
    const inGroup = { ...chief, chat: { group: 'wrAnquan' }, text: '@督办 我的' };
    expect(await double.say(inGroup)).toMatchObject({ tries: 0 });
    expect(await double.say({ ...chief, text: '', files: [{ ...picture, kind: 'file' }] })).toMatchObject({
      tries: 0,
    });
    expect(hook.calls).toHaveLength(0);
    expect(double.lines()).toMatchObject([{ fate: 'unheard' }, { fate: 'unheard' }]);
  });
});

test('what a member is sent by an app beyond 30 a minute is dropped in silence, and his alone', async () => {
  const { clock, double, sendApp, token } = await openWecom();
  const send = async (number: number, touser = 'sec_anquan') =>
    sendApp({ touser, msgtype: 'text', agentid: 7, text: { content: `提示${number}` } }, await token());
  for (let number = 1; number <= 31; number += 1) expect(await send(number)).toMatchObject({ errcode: 0 });
  expect(double.lines()).toHaveLength(30);
  expect(double.sent.at(-1)).toMatchObject({ shown: false });
  await send(32, 'sec_anquan|clk_anquan');
  expect(double.lines().at(-1)).toMatchObject({ chat: { single: 'clk_anquan' } });
  clock.move(MINUTE);
  await send(33);
  expect(double.lines()).toHaveLength(32);
});
