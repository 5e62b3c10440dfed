import { describe, expect, test } from 'vitest';
import type { Reply } from '../../src/chat/reply.ts';
import type { Answer, Received } from '../../src/platforms/platform.ts';
import { createWecom } from '../../src/platforms/wecom/wecom.ts';
import {
  aiBotText,
  openWecomAnswer,
  robotTextJson,
  robotTextXml,
  shownIn,
  wecomCall,
} from '../clients/wecom.ts';
import { now, options, said, wecom } from './spoilt.ts';

function answerOf(received: Received, reply: Reply | null): Answer {
  if (received.is !== 'message' && received.is !== 'greeting') throw new Error(received.is);
  return received.answer(reply);
}

describe('the answer', () => {
  const reply: Reply = {
    title: '已记录【4.3.2】',
    lines: ['演练:1→2次', '佐证:督查通报'],
    footer: '【无需回复】',
  };
  const answered = (plaintext: string, format: 'json' | 'xml', words: Reply | null = reply) =>
    answerOf(wecom.receive(wecomCall({ ...options, plaintext, format, nonce: 'n-7' }), now), words);

  test("goes to the AI bot as a stream that is finished at once, under the call's nonce", () => {
    const { status, type, body } = answered(aiBotText(said), 'json');
    const { format, nonce, timestamp, plaintext } = openWecomAnswer(options, body);
    expect({ status, type, format, nonce, timestamp }).toEqual({
      status: 200,
      type: 'application/json',
      format: 'json',
      nonce: 'n-7',
      timestamp: now.getTime() / 1000,
    });
    expect(JSON.parse(plaintext)).toEqual({
      msgtype: 'stream',
      stream: {
        id: expect.stringMatching(/^\w+$/),
        finish: true,
        content: '已记录【4.3.2】  \n演练:1→2次  \n佐证:督查通报  \n【无需回复】',
      },
    });
  });

  test.each(['json', 'xml'] as const)(
    'goes to the group robot as markdown, in an envelope of %s',
    (format) => {
      const xml = openWecomAnswer(options, answered(robotTextXml(said), format).body);
      expect(xml.format).toBe(format);
      expect(xml.plaintext).toMatch(/^<xml><MsgType>markdown<\/MsgType><Markdown><Content><!\[CDATA\[/);
      const json = openWecomAnswer(options, answered(robotTextJson(said), format).body);
      expect(JSON.parse(json.plaintext)).toMatchObject({ msgtype: 'markdown' });
      expect(shownIn(xml.plaintext)).toBe('已记录【4.3.2】\n演练:1→2次\n佐证:督查通报\n【无需回复】');
      expect(shownIn(json.plaintext)).toBe(shownIn(xml.plaintext));
    },
  );

  test('goes to the member who wrote to the app, as text', () => {
    const keys = { ...options, receiveId: 'corp' };
    const xml =
      '<xml><ToUserName>corp</ToUserName><FromUserName>li</FromUserName><MsgType>text</MsgType><Content>我的</Content><MsgId>12</MsgId><AgentID>1</AgentID></xml>';
    const app = createWecom({ ...keys, apiBase: 'https://qyapi.weixin.qq.com' }, fetch);
    const received = app.receive(wecomCall({ ...keys, plaintext: xml, format: 'xml' }), now);
    const { plaintext } = openWecomAnswer(keys, answerOf(received, reply).body);
    expect(plaintext).toBe(
      `<xml><ToUserName><![CDATA[li]]></ToUserName><FromUserName><![CDATA[corp]]></FromUserName><CreateTime>${now.getTime() / 1000}</CreateTime><MsgType>text</MsgType><Content><![CDATA[已记录【4.3.2】\n演练:1→2次\n佐证:督查通报\n【无需回复】]]></Content></xml>`,
    );
  });

  test('echoes any nonce, also one that would end its own CDATA', () => {
    const call = wecomCall({ ...options, plaintext: robotTextXml(said), format: 'xml', nonce: 'a]]>b' });
    const { nonce } = openWecomAnswer(options, answerOf(wecom.receive(call, now), reply).body);
    expect(nonce).toBe('a]]>b');
  });

  test('to somebody who opens the AI bot is text, the one kind allowed there', () => {
    const opened = JSON.stringify({
      msgid: 'M',
      aibotid: 'B',
      from: { userid: 'li' },
      msgtype: 'event',
      event: { eventtype: 'enter_chat' },
    });
    const { plaintext } = openWecomAnswer(options, answered(opened, 'json').body);
    expect(JSON.parse(plaintext)).toMatchObject({
      msgtype: 'text',
      text: { content: expect.stringContaining('4.3.2') },
    });
  });

  test('is an empty 200 where there is nothing to say', () => {
    expect(answered(aiBotText(said), 'json', null)).toEqual({ status: 200, type: 'text/plain', body: '' });
  });

  test.each([
    ['AI bot', aiBotText(said), 20_480],
    ['group robot', robotTextXml(said), 4096],
  ])(
    'to the %s stays within its bytes, keeps its last line and says that more is left out',
    (_, plaintext, limit) => {
      const long: Reply = {
        ...reply,
        lines: Array.from({ length: 900 }, (__, n) => `【${n}】安全管理科责任清单`),
      };
      const shown = shownIn(openWecomAnswer(options, answered(plaintext, 'json', long).body).plaintext);
      expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(limit);
      expect(Buffer.byteLength(shown)).toBeGreaterThan(limit * 0.9);
      expect(shown).toMatch(/安全管理科责任清单\s+其余略。\s+【无需回复】$/);
    },
  );
});
