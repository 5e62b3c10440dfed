import { z } from 'zod';
import { type Door, errcode, formOf, later, never, place } from '../http.ts';
import type { Enclosure, Outcome } from '../platform.ts';
import { ask } from './ask.ts';

/** The older calls say 88 where anything is wrong with who calls, and by another code what that is. */
const answer = z.object({
  errcode,
  sub_code: z.coerce.number().optional().catch(undefined),
  media_id: z.string().optional(),
});

export type Uploaded = { is: 'media'; id: string } | { is: 'stale' } | Exclude<Outcome, { is: 'sent' }>;

/** Hands a picture or a file over, by the older family of calls, which takes the newer one's token too. */
export async function upload(
  door: Door,
  oapiBase: string,
  token: string,
  enclosure: Enclosure,
  now: Date,
): Promise<Uploaded> {
  const type = enclosure.kind === 'picture' ? 'image' : 'file';
  const query = new URLSearchParams({ access_token: token, type });
  const url = new URL(`${oapiBase.replace(/\/$/, '')}/media/upload?${query}`);
  const body = formOf(enclosure);
  body.set('type', type);
  const heard = await ask(door, { url, body }, now);
  // Nobody has been shown anything yet, however it ended.
  if (heard.is === 'unknown') return later(now, 60, heard.why);
  if (heard.is !== 'said') return heard;
  const said = answer.safeParse(heard.json).data;
  const code = said?.errcode === 88 && said.sub_code ? said.sub_code : said?.errcode;
  const why = `errcode ${code ?? 'unreadable'} ${place(url)}`;
  switch (code) {
    case 0:
      return said?.media_id === undefined ? later(now, 60, why) : { is: 'media', id: said.media_id };
    case 40014:
    case 42001:
    case 88:
      return { is: 'stale' };
    // No permission, or a foreign address: of files alone, so that words go on meanwhile.
    case 60011:
    case 60020:
      return later(now, 600, why);
    case undefined:
    case -1:
      return later(now, 60, why);
    case 90002:
    case 90018:
      return later(now, 60, why, true);
    default:
      return never(why);
  }
}
