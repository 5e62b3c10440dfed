import { createHash } from 'node:crypto';
import type { Message } from '../../chat/message.ts';
import type { Reply } from '../../chat/reply.ts';
import { type Format, page } from '../page.ts';
import type { Heard, Surface } from './callback.ts';
import { element } from './fields.ts';

/** Bytes that WeCom takes of each kind of text. */
export const limits = { stream: 20_480, markdown: 4096, text: 2048 };

/** Taken off what a text may hold, for words that grow when they are made harmless, mentions, and how to go on. */
export const RESERVE = 512;

/** What an answer may hold, where that is less than a screen. */
export const roomOf = ({ kind }: Surface): Pick<Message, 'room'> =>
  kind === 'app' ? { room: limits.text - RESERVE } : {};

/** The group robots' markdown is the only one with mentions. */
export const markdown = (publicUrl: string | undefined): Format => ({
  limit: limits.markdown,
  mention: (account) => `<@${account}>`,
  publicUrl,
});

/** The plaintext of a passive reply, in the one form that each kind of callback takes. */
export function write(
  heard: Exclude<Heard, { is: 'settled' }>,
  reply: Reply,
  now: Date,
  publicUrl: string | undefined,
): string {
  const { surface } = heard;
  if (surface.kind === 'aibot') return writeAiBot(heard, reply, publicUrl);
  if (surface.kind === 'robot') {
    const content = page(reply, markdown(publicUrl));
    if (surface.notation === 'json') return JSON.stringify({ msgtype: 'markdown', markdown: { content } });
    return `<xml><MsgType>markdown</MsgType><Markdown>${element('Content', content)}</Markdown></xml>`;
  }
  const content = page(reply, { limit: limits.text, publicUrl });
  const names = element('ToUserName', surface.sender) + element('FromUserName', surface.corp);
  const created = `<CreateTime>${Math.floor(now.getTime() / 1000)}</CreateTime>`;
  return `<xml>${names}${created}<MsgType>text</MsgType>${element('Content', content)}</xml>`;
}

/** A greeting may only be text; an answer in one piece is a stream that is finished with its first word. */
function writeAiBot(
  heard: Exclude<Heard, { is: 'settled' }>,
  reply: Reply,
  publicUrl: string | undefined,
): string {
  if (heard.is === 'greeting') {
    return JSON.stringify({
      msgtype: 'text',
      text: { content: page(reply, { limit: limits.text, publicUrl }) },
    });
  }
  const id = createHash('sha256').update(heard.message.id).digest('hex').slice(0, 32);
  const content = page(reply, { limit: limits.stream, lineEnd: '  ', publicUrl });
  return JSON.stringify({ msgtype: 'stream', stream: { id, finish: true, content } });
}
