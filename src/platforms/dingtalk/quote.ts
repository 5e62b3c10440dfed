import { z } from 'zod';
import type { SentFile } from '../../chat/message.ts';
import { readJson } from '../incoming.ts';
import { wordsOf } from './richText.ts';

/**
 * What a quoted message says, and the code by which its file or each of its pictures is given out; neither where
 * DingTalk brings of it only that there is one.
 */
export interface Quoted {
  text?: string | undefined;
  codes: { kind: SentFile['kind']; code: string; name?: string | undefined }[];
}

/**
 * A quoted message, for which DingTalk has no documentation: these are the shapes that implementers have met. What
 * fits none of them says nothing; the message itself is never lost over it.
 */
export function quoteOf(json: unknown): Quoted | undefined {
  const read = carrier.safeParse(json);
  if (!read.success) return undefined;
  const { text, content, quoteMessage } = read.data;
  const replied = text ?? content;
  if (replied !== undefined) return replied;
  return quoteMessage && { text: quoteMessage.text.content, codes: [] };
}

/** A picture or a file that is quoted is sent along, and points at no task. */
export const isOfWords = ({ text, codes }: Quoted): boolean => text !== undefined || codes.length === 0;

export const filesIn = (quoted: Quoted | undefined): SentFile[] =>
  (quoted?.codes ?? []).map(({ kind, code, name }) => ({ kind, source: code, ...(name ? { name } : {}) }));

/** An object may come as its own JSON in a string. */
export function unfold(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const json = readJson(value);
  return typeof json === 'object' && json !== null ? json : value;
}

const word = z.string().optional().catch(undefined);
const nodes = z
  .array(z.object({ type: word, msgType: word, text: word, content: word, downloadCode: word }))
  .max(500);
const whole = z.object({
  text: word,
  richText: nodes.optional().catch(undefined),
  downloadCode: word,
  fileName: word,
});
const kinds: Record<string, SentFile['kind']> = { picture: 'picture', video: 'video', file: 'file' };

/** `isReplyMsg` alone says that a message is a reply; an original's id also comes with others. */
const replying = z
  .object({
    isReplyMsg: z.literal(true),
    repliedMsg: z
      .object({ msgType: word, content: z.preprocess(unfold, z.union([z.string(), whole])) })
      .optional()
      .catch(undefined),
  })
  .transform(({ repliedMsg }): Quoted => {
    if (repliedMsg === undefined) return { codes: [] };
    const { msgType, content } = repliedMsg;
    if (typeof content === 'string') return { text: content, codes: [] };
    const { text, richText = [], downloadCode, fileName } = content;
    const kind = kinds[msgType ?? ''];
    const pictures = richText.flatMap((node) =>
      node.downloadCode ? [{ kind: 'picture' as const, code: node.downloadCode }] : [],
    );
    return {
      text: text ?? (wordsOf(richText) || undefined),
      codes: kind && downloadCode ? [{ kind, code: downloadCode, name: fileName }] : pictures,
    };
  })
  .optional()
  .catch(undefined);

const carrier = z.object({
  text: replying,
  content: z.preprocess(unfold, replying),
  quoteMessage: z
    .object({ text: z.object({ content: z.string() }) })
    .optional()
    .catch(undefined),
});
