import { z } from 'zod';

const MOST_BYTES = 20_480;
const MOST_WELCOME_BYTES = 2_048;

/** The command that says something unasked. */
export const PUSH = 'aibot_send_msg';

export const frame = z.object({
  cmd: z.string(),
  headers: z.object({ req_id: z.string() }),
  body: z.unknown().optional(),
});
export type Frame = z.infer<typeof frame>;

const content = z.string().refine((text) => Buffer.byteLength(text) <= MOST_BYTES);
const markdown = z.object({ msgtype: z.literal('markdown'), markdown: z.object({ content }) });
const stream = z.object({
  msgtype: z.literal('stream'),
  stream: z.object({ id: z.string().min(1), finish: z.literal(true), content }),
});
export const answering = z.discriminatedUnion('msgtype', [stream, markdown]);
const mediaId = z.object({ media_id: z.string() });
export const push = z
  .discriminatedUnion('msgtype', [
    markdown,
    z.object({ msgtype: z.literal('image'), image: mediaId }),
    z.object({ msgtype: z.literal('file'), file: mediaId }),
  ])
  .and(z.object({ chatid: z.string() }));
export const welcome = z.object({
  msgtype: z.literal('text'),
  text: z.object({ content: z.string().refine((text) => Buffer.byteLength(text) <= MOST_WELCOME_BYTES) }),
});
export const subscription = z.object({ bot_id: z.string(), secret: z.string() });
