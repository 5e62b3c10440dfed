import { z } from 'zod';
import { readJson } from '../incoming.ts';

/**
 * The words of a quoted message, for which DingTalk has no documentation: these are the shapes that implementers
 * have met. Whatever fits none of them is no quote; the message itself is never lost over it.
 */
export function quoteOf(json: unknown): string | undefined {
  const read = carrier.safeParse(json);
  if (!read.success) return undefined;
  const { text, content, quoteMessage } = read.data;
  const replied = text?.repliedMsg ?? content?.repliedMsg;
  return replied ?? quoteMessage?.text.content;
}

/** An object may come as its own JSON in a string. */
export function unfold(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const json = readJson(value);
  return typeof json === 'object' && json !== null ? json : value;
}

const word = z.string().optional().catch(undefined);
const nodes = z
  .array(z.object({ text: word, content: word }))
  .max(500)
  .transform((parts) => parts.map((part) => part.text ?? part.content ?? '').join(''));
const words = z.preprocess(
  unfold,
  z.union([
    z.string(),
    z
      .object({ text: word, richText: nodes.optional().catch(undefined) })
      .transform(({ text, richText }) => text ?? richText),
  ]),
);

/** `isReplyMsg` alone says that a message is a reply; an original's id also comes with others. */
const replying = z
  .object({ isReplyMsg: z.literal(true), repliedMsg: z.object({ content: words }) })
  .transform(({ repliedMsg }) => ({ repliedMsg: repliedMsg.content }))
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
