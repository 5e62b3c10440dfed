import { createHash } from 'node:crypto';
import { z } from 'zod';
import { call, type Door, formOf, later, place, unread } from '../http.ts';
import type { Enclosure, Outcome } from '../platform.ts';
import { judge, stale } from './ask.ts';

/** A picture as a group robot takes it: at most 2 MB, with its MD5 over the raw bytes. */
export const imageOf = ({ bytes }: Enclosure) => ({
  base64: bytes.toString('base64'),
  md5: createHash('md5').update(bytes).digest('hex'),
});

const uploaded = z.object({ errcode: z.literal(0).optional(), media_id: z.string().min(1) });
const refused = z.object({ errcode: z.number() });

/** What keeps a file from being handed over; `stale` if the platform no longer knows the token. */
type Kept = { is: 'stale' } | Exclude<Outcome, { is: 'sent' }>;

/** A message's body, with what it encloses handed over. */
export type Composed = { is: 'message'; body: Record<string, unknown> } | Kept;

/** Hands a file over; what it gives is good for three days. However it ends, nobody has been shown anything yet. */
export async function upload(
  door: Door,
  url: URL,
  enclosure: Enclosure,
  now: Date,
): Promise<{ is: 'media'; id: string } | Kept> {
  const heard = await call(door, { url, body: formOf(enclosure) }, now);
  if (heard.is === 'unknown') return later(now, 60, heard.why);
  if (heard.is !== 'said') return heard;
  const media = uploaded.safeParse(heard.json).data;
  if (media) return { is: 'media', id: media.media_id };
  const code = refused.safeParse(heard.json).data?.errcode;
  if (code === undefined) return later(now, 60, unread(heard.status, url, now).why);
  if (stale.includes(code)) return { is: 'stale' };
  const outcome = judge(code, `errcode ${code} ${place(url)}`, now);
  return outcome.is === 'sent' ? later(now, 60, `no media_id ${place(url)}`) : outcome;
}
