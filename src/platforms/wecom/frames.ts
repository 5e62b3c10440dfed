import { z } from 'zod';
import { errcode } from '../http.ts';
import { readJson } from '../incoming.ts';

/** A frame of the long connection; a response carries no `cmd`, only the `req_id` of what it answers. */
export interface Frame {
  cmd?: string | undefined;
  reqId: string;
  body: unknown;
  code?: number | undefined;
}

const frame = z
  .object({
    cmd: z.string().max(100).optional(),
    headers: z.object({ req_id: z.string().max(512) }),
    body: z.unknown().optional(),
    errcode: errcode.optional(),
  })
  .transform(({ cmd, headers, body, errcode: code }): Frame => ({ cmd, reqId: headers.req_id, body, code }));

/** Undefined for what is no frame. WeCom's own client takes out control characters that would make it no JSON. */
export function readFrame(text: string): Frame | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters meant.
  const json = readJson(text) ?? readJson(text.replace(/[\u0000-\u001f]/g, ' '));
  return frame.safeParse(json).data;
}

const event = z.object({ event: z.object({ eventtype: z.string() }) });

export const eventOf = (body: unknown): string | undefined => event.safeParse(body).data?.event.eventtype;
