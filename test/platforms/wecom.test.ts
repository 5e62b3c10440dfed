import { describe, expect, test } from 'vitest';
import { Forged } from '../../src/platforms/platform.ts';
import type { WecomSettings } from '../../src/platforms/wecom/wecom.ts';
import {
  aiBotText,
  robotTextJson,
  robotTextXml,
  type WecomKeys,
  wecomCall,
  wecomEcho,
} from '../clients/wecom.ts';
import { keys, messageOf, wecom } from './wecomDoor.ts';

const now = new Date('2026-04-13T01:00:00Z');

function receive(plaintext: string, settings: Partial<WecomSettings> = {}, call: Partial<WecomKeys> = {}) {
  const sent = wecomCall({ ...keys, ...call, plaintext, now });
  return wecom(settings).receive(sent, now);
}

describe('what people send', () => {
  const base = { msgid: 'M', aibotid: 'AIBOTID', chattype: 'single', from: { userid: 'li' } };
  const sent = (more: object) => messageOf(receive(JSON.stringify({ ...base, ...more }))).message;

  test('a quoted alert arrives with the words that quote it', () => {
    const text = aiBotText({
      id: 'M',
      chat: 'wr1',
      sender: 'li',
      text: '已整改到位',
      quote: '【3.2.1】临期',
    });
    expect(messageOf(receive(text)).message).toMatchObject({ text: '已整改到位', quote: '【3.2.1】临期' });
  });

  test('a voice message is its transcript', () => {
    expect(sent({ msgtype: 'voice', voice: { content: '再开展一次' } })).toMatchObject({
      text: '再开展一次',
      media: 'voice',
    });
  });

  test.each([{}, { content: null }, null])(
    'a voice that has not become words (%j) is a voice all the same',
    (voice) => {
      expect(sent({ msgtype: 'voice', voice })).toMatchObject({ text: '', media: 'voice' });
    },
  );

  test.each([
    ['image', 'picture'],
    ['file', 'file'],
    ['video', 'video'],
  ])('a bare %s is a message without words', (msgtype, media) => {
    expect(sent({ msgtype, [msgtype]: { url: 'https://example.com/x' } })).toMatchObject({ text: '', media });
  });

  test('words around a picture stay together', () => {
    const msg_item = [
      { msgtype: 'text', text: { content: '@督办 4.3.2' } },
      { msgtype: 'image', image: { url: 'u' } },
      { msgtype: 'text', text: { content: '演练+1' } },
    ];
    expect(sent({ msgtype: 'mixed', mixed: { msg_item } })).toMatchObject({
      text: '@督办 4.3.2\n演练+1',
      media: 'picture',
    });
  });

  test('a quote that cannot be read never costs the message', () => {
    const message = sent({ msgtype: 'text', text: { content: '收到' }, quote: { msgtype: 7, text: [] } });
    expect(message.text).toBe('收到');
    expect(message).not.toHaveProperty('quote');
  });

  test('what a message has not got may be null or empty', () => {
    const absent = { voice: null, mixed: null, image: null, event: null, quote: null, chatid: null };
    expect(sent({ ...absent, msgtype: 'text', text: { content: '收到' } })).toMatchObject({ text: '收到' });
    const msg_item = [{ msgtype: 'text', text: { content: '收到' }, image: null }];
    expect(sent({ ...absent, msgtype: 'mixed', mixed: { msg_item } })).toMatchObject({ text: '收到' });
    const empty = { mixed: { msg_item: null }, voice: { content: null } };
    expect(sent({ ...empty, msgtype: 'text', text: { content: '收到' } })).toMatchObject({ text: '收到' });
    for (const chattype of ['single', undefined]) {
      const message = sent({ chattype, chatid: '', msgtype: 'text', text: { content: '收到' } });
      expect(message.chat).toEqual({ kind: 'single' });
    }
  });

  test('a quoted picture is no quote', () => {
    const message = sent({
      msgtype: 'text',
      text: { content: '收到' },
      quote: { msgtype: 'image', image: { url: 'u' } },
    });
    expect(message).not.toHaveProperty('quote');
  });

  test('an account of digits keeps its zeros, in XML too', () => {
    const xml = robotTextXml({ id: '0012345678901234567', chat: 'wr1', sender: '007', text: '4.3.2 演练+1' });
    expect(messageOf(receive(xml)).message).toMatchObject({ sender: '007', id: '0012345678901234567' });
  });

  test('the robot says the same in XML and in JSON', () => {
    const said = { id: 'M1', chat: 'wr1', sender: 'zhangsan', text: '我的 <xml> & "引号"' };
    const { proof: _, ...fromXml } = messageOf(receive(robotTextXml(said))).message;
    const { proof: __, ...fromJson } = messageOf(receive(robotTextJson(said))).message;
    expect(fromXml).toEqual(fromJson);
  });

  test('a chat with a name and of no kind is taken for a group, where more people read', () => {
    const message = sent({ chattype: undefined, chatid: 'wr1', msgtype: 'text', text: { content: '我的' } });
    expect(message.chat).toEqual({ kind: 'group', id: 'wr1' });
    expect(sent({ chattype: undefined, msgtype: 'text', text: { content: '我的' } }).chat).toEqual({
      kind: 'single',
    });
  });

  test('somebody may write about a DOCTYPE', () => {
    const said = { id: 'M1', chat: 'wr1', sender: 'zhangsan', text: '<!DOCTYPE html> 是什么' };
    expect(messageOf(receive(robotTextXml(said))).message.text).toBe('<!DOCTYPE html> 是什么');
  });

  test.each([1, 2])('a mixed message to the group robot may have %i parts', (count) => {
    const item = '<MsgItem><MsgType>text</MsgType><Text><Content><![CDATA[一]]></Content></Text></MsgItem>';
    const xml = `<xml><MsgId>M</MsgId><ChatId>wr1</ChatId><ChatType>group</ChatType><From><UserId>li</UserId></From><MsgType>mixed</MsgType><MixedMessage>${item.repeat(count)}</MixedMessage></xml>`;
    expect(messageOf(receive(xml)).message.text).toBe(Array(count).fill('一').join('\n'));
  });

  test.each([
    ['the AI bot is opened', { ...base, msgtype: 'event', event: { eventtype: 'enter_chat' } }, 'greeting'],
    [
      'the robot is opened',
      { from: base.from, msgtype: 'event', event: { event_type: 'enter_chat' } },
      'greeting',
    ],
    [
      'the robot joins a group',
      { from: base.from, msgtype: 'event', event: { event_type: 'add_to_chat' } },
      'greeting',
    ],
    [
      'the robot leaves',
      { from: base.from, msgtype: 'event', event: { event_type: 'delete_from_chat' } },
      'settled',
    ],
    [
      'a button is pressed',
      { from: base.from, msgtype: 'attachment', attachment: { callbackid: 'x' } },
      'settled',
    ],
    [
      'a card’s button is pressed by whom it doesn’t say',
      { aibotid: 'AIBOTID', msgid: 'M', msgtype: 'event', event: { eventtype: 'template_card_event' } },
      'settled',
    ],
    ['feedback is given', { ...base, msgtype: 'event', event: { eventtype: 'feedback_event' } }, 'settled'],
    ['a finished answer is asked for again', { ...base, msgtype: 'stream', stream: { id: 'x' } }, 'settled'],
    [
      'a board is written on',
      { ...base, chattype: 'blackboard', msgtype: 'text', text: { content: 'x' } },
      'settled',
    ],
  ])('when %s, the call is one of: message, greeting, settled', (_, plaintext, is) => {
    const received = receive(JSON.stringify(plaintext));
    expect(received.is).toBe(is);
    if (received.is === 'settled')
      expect(received.answer).toEqual({ status: 200, type: 'text/plain', body: '' });
  });

  test.each([
    ['image', 'picture'],
    ['voice', 'voice'],
    ['location', 'other'],
    ['link', 'other'],
  ])('a member may send the app a bare %s', (type, media) => {
    const xml = appXml(type, '<MediaId>x</MediaId>');
    const received = receive(xml, { receiveId: 'corp' }, { receiveId: 'corp' });
    expect(messageOf(received).message).toMatchObject({ text: '', media, chat: { kind: 'single' } });
  });

  test.each([
    [
      '<MediaId>M1</MediaId><PicUrl><![CDATA[http://p.qpic.cn/a?b=1&c=2]]></PicUrl>',
      { media: 'M1', url: 'http://p.qpic.cn/a?b=1&c=2' },
    ],
    ['<PicUrl><![CDATA[http://p.qpic.cn/a]]></PicUrl>', { url: 'http://p.qpic.cn/a' }],
  ])('a picture sent to the app can be fetched: %s', (more, source) => {
    const received = receive(appXml('image', more), { receiveId: 'corp' }, { receiveId: 'corp' });
    const [file] = messageOf(received).message.files ?? [];
    expect(file?.kind).toBe('picture');
    expect(JSON.parse(file?.source ?? '')).toMatchObject(source);
  });

  test("the app's menu and its opening want no words", () => {
    const received = receive(
      appXml('event', '<Event>enter_agent</Event>'),
      { receiveId: 'corp' },
      { receiveId: 'corp' },
    );
    expect(received.is).toBe('settled');
  });
});

const appXml = (type: string, more: string, agent = '1', to = 'corp') =>
  `<xml><ToUserName>${to}</ToUserName><FromUserName>li</FromUserName><CreateTime>1348831860</CreateTime><MsgType>${type}</MsgType>${more}<MsgId>12</MsgId><AgentID>${agent}</AgentID></xml>`;

describe('whom a call is for', () => {
  const text = aiBotText({ id: 'M', sender: 'li', text: '我的' }, 'aibA');

  test.each([
    ['another receiver', receive(text, { receiveId: 'corp' })],
    ['another bot', receive(text, { botId: 'aibB' })],
    [
      'another company',
      receive(
        appXml('text', '<Content>x</Content>', '1', 'other'),
        { receiveId: 'corp' },
        { receiveId: 'corp' },
      ),
    ],
    ['an app, where robots only are set up', receive(appXml('text', '<Content>x</Content>'))],
    [
      'another app',
      receive(
        appXml('text', '<Content>x</Content>', '2'),
        { receiveId: 'corp', agentId: 1 },
        { receiveId: 'corp' },
      ),
    ],
  ])('one for %s is put aside with its reason', (_, received) => {
    expect(received).toMatchObject({
      is: 'unusable',
      reason: expect.stringMatching(/ID不符$/),
      answer: { status: 200, body: '' },
    });
  });

  test('one for the configured bot is taken', () => {
    expect(receive(text, { botId: 'aibA' }).is).toBe('message');
  });

  test('without credentials every call is forged', () => {
    const call = wecomCall({ ...keys, plaintext: text, now });
    expect(() => wecom({ token: undefined }).receive(call, now)).toThrow(Forged);
    expect(() => wecom({ aesKey: undefined }).receive(call, now)).toThrow(Forged);
  });

  test('an address check for somebody else is forged, so that entering the address does not succeed', () => {
    const call = wecomEcho({ ...keys, receiveId: 'other', plaintext: '123', now });
    expect(() => wecom().receive(call, now)).toThrow(Forged);
  });
});
