import { z } from 'zod';
import { readJson } from '../incoming.ts';

/** A frame of Stream mode. */
export interface Frame {
  type: string;
  topic: string;
  messageId: string;
  /** JSON in a string. */
  data: string;
}

const word = z.string().max(512);
const frame = z
  .object({
    type: word,
    headers: z.object({ topic: word.default(''), messageId: word.default('') }),
    data: z.string().default(''),
  })
  .transform(({ type, headers, data }): Frame => ({ type, ...headers, data }));

/** Undefined for what is no frame. */
export const readFrame = (text: string): Frame | undefined => frame.safeParse(readJson(text)).data;

/** What a frame is answered with: its own number, and that it has been dealt with. */
export const ack = ({ messageId }: Frame, code: number, data: string) => ({
  code,
  headers: { contentType: 'application/json', messageId },
  message: code === 200 ? 'OK' : 'not handled',
  data,
});
