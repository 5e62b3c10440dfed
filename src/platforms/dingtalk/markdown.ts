import { plain } from '../../chat/plain.ts';
import { type Reply, shorten, textOf } from '../../chat/reply.ts';
import { page } from '../page.ts';

/**
 * UTF-8 bytes of one text. A robot's address takes 20,000 bytes of JSON and the OpenAPI 15,000 of JSON within
 * JSON, in which a character may double; and nobody reads 2,300 characters in a chat.
 */
export const LIMIT = 7000;

/** The title is what a list of chats shows, and not part of the body. */
export function markdown(reply: Reply, publicUrl: string | undefined): { title: string; text: string } {
  const text = page(reply, { limit: LIMIT, lineEnd: '  ', mention: (account) => `@${account}`, publicUrl });
  const title = plain(textOf(reply).split('\n')[0] ?? '') || '督办';
  return { title: shorten(title, 64), text };
}

/** A message's answer. Nobody is mentioned in it: the platform shows it under the question. */
export function written(reply: Reply | null, publicUrl: string | undefined): unknown {
  if (reply === null) return { msgtype: 'empty' };
  return { msgtype: 'markdown', markdown: markdown({ ...reply, mention: [] }, publicUrl) };
}
