import { describe, expect, test } from 'vitest';
import { readCallback } from '../../src/platforms/dingtalk/callback.ts';
import { dingtalkText } from '../clients/dingtalk.ts';

const plain = dingtalkText(
  { id: 'msg1', chat: 'cidA==', sender: '007', text: '4.3.2 演练+1' },
  new Date('2026-04-13T01:00:00Z'),
);
const sent = (more: object) =>
  readCallback(JSON.stringify({ ...plain, ...more }), { oapiBase: 'https://oapi.dingtalk.com' }, 'proof');

describe('a quoted message', () => {
  const quoting = (repliedMsg: unknown) =>
    sent({ text: { content: ' 已办', isReplyMsg: true, repliedMsg } }).quote;

  test.each([
    ['of text', { msgType: 'text', content: { text: '【3.2.1】临期' } }],
    ['of the bot’s markdown', { msgType: 'markdown', content: { text: '【3.2.1】临期' } }],
    ['with its content in a string of JSON', { msgType: 'text', content: '{"text":"【3.2.1】临期"}' }],
    ['with its content in a bare string', { msgType: 'text', content: '【3.2.1】临期' }],
    [
      'of formatted text',
      {
        msgType: 'richText',
        content: {
          richText: [{ msgType: 'text', content: '【3.2.1】' }, { msgType: 'picture' }, { text: '临期' }],
        },
      },
    ],
  ])('%s is read', (_, repliedMsg) => {
    expect(quoting(repliedMsg)?.replace('\n', '')).toBe('【3.2.1】临期');
  });

  test('whose words stand around a picture is no one figure, and a mention in it no part of a word', () => {
    const richText = [
      { content: '@督办' },
      { content: '4.3.2 演练1' },
      { msgType: 'picture' },
      { content: '2次' },
    ];
    expect(quoting({ msgType: 'richText', content: { richText } })).toBe('@督办 4.3.2 演练1\n2次');
  });

  test('is read from formatted text, and in its old form', () => {
    const content = {
      richText: [{ text: '已办' }],
      isReplyMsg: true,
      repliedMsg: { content: { text: '甲' } },
    };
    for (const form of [content, JSON.stringify(content)]) {
      expect(sent({ msgtype: 'richText', text: undefined, content: form })).toMatchObject({
        text: '已办',
        quote: '甲',
      });
    }
    expect(sent({ quoteMessage: { msgtype: 'text', text: { content: '乙' } } }).quote).toBe('乙');
  });

  test('that is a picture is sent along, and no quote', () => {
    const repliedMsg = { msgType: 'picture', content: { downloadCode: 'x' } };
    const message = sent({ text: { content: ' 已办', isReplyMsg: true, repliedMsg } });
    expect(message).toMatchObject({ text: '已办', files: [{ kind: 'picture' }] });
    expect(message).not.toHaveProperty('quote');
  });

  test.each([
    ['a card without a body', { msgType: 'interactiveCard', senderId: 'x' }],
    ['nothing but an id', undefined],
    ['a number', 7],
    ['a broken string of JSON in a list', { content: ['{'] }],
    ['text that is no text', { content: { text: { a: 1 }, richText: 'no' } }],
  ])('that is %s says nothing, and never costs the message', (_, repliedMsg) => {
    const message = sent({ originalMsgId: 'x', text: { content: ' 已办', isReplyMsg: true, repliedMsg } });
    expect(message).toMatchObject({ text: '已办', quote: '' });
  });

  test('is none where the message only names an original', () => {
    expect(sent({ text: { content: '已办', repliedMsg: { content: { text: '甲' } } } })).not.toHaveProperty(
      'quote',
    );
  });
});
