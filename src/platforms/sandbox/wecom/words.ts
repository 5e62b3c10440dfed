import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Media, Shown } from '../double.ts';
import { parseJson } from '../json.ts';
import type { MediaShelf } from '../media.ts';
import type { Call, Said } from '../server.ts';
import { mentioned } from './answer.ts';
import { no } from './said.ts';

const content = z.object({ content: z.string(), mentioned_list: z.array(z.string()).default([]) });
export const post = z.object({
  msgtype: z.string(),
  text: content.optional(),
  markdown: content.optional(),
  markdown_v2: content.optional(),
});
type Kind = 'text' | 'markdown' | 'markdown_v2';
type Words = Shown & { kind: Kind | 'image' | 'file' };

const MOST_PICTURE_BYTES = 2 * 1024 * 1024;
export const mediaPost = z.object({
  msgtype: z.enum(['image', 'file']),
  image: z
    .union([z.object({ base64: z.base64(), md5: z.string() }), z.object({ media_id: z.string() })])
    .optional(),
  file: z.object({ media_id: z.string() }).optional(),
});

/** A picture or a file; null for words. */
export function enclosed(call: Call, shelf: MediaShelf): Words | Said | null {
  const posted = mediaPost.safeParse(parseJson(call.body)).data;
  if (!posted) return null;
  const { msgtype } = posted;
  const given = posted[msgtype];
  if (!given) return no(40063, `${msgtype} missing`);
  const media = 'media_id' in given ? shelf.media(given.media_id) : pictureOf(given);
  if (!media) return no(40007, 'invalid media_id');
  if (media.bytes.length > MOST_PICTURE_BYTES && msgtype === 'image') return no(40009, 'invalid image size');
  return { kind: msgtype, text: captionOf(media), markup: 'text', mentions: [], enclosed: media };
}

/** What a chat's list shows of it. */
export const captionOf = ({ kind, name }: Media): string => (kind === 'picture' ? '[图片]' : `[文件]${name}`);

function pictureOf({ base64, md5 }: { base64: string; md5: string }): Media | undefined {
  const bytes = Buffer.from(base64, 'base64');
  if (createHash('md5').update(bytes).digest('hex') !== md5) return undefined;
  return { kind: 'picture', name: '图片.png', type: 'image/png', bytes };
}

/** The words of a post within its limits in bytes, or the platform's no. */
export function read(call: Call, limits: Partial<Record<Kind, number>>): Words | Said {
  if (!call.headers['content-type']?.startsWith('application/json')) return no(40058, 'not application/json');
  const posted = post.safeParse(parseJson(call.body)).data;
  if (!posted) return no(40058, 'invalid json');
  const kind = (['text', 'markdown', 'markdown_v2'] as const).find((each) => each === posted.msgtype);
  const limit = kind && limits[kind];
  if (!kind || limit === undefined) return no(40008, 'invalid message type');
  const said = posted[kind];
  if (!said) return no(40063, `${kind} missing`);
  if (said.content === '') return no(44004, 'text content empty');
  if (Buffer.byteLength(said.content) > limit) return no(40058, `${kind}.content exceed max length ${limit}`);
  // The newer markdown knows no mentions.
  const mentions =
    kind === 'markdown_v2'
      ? []
      : [...mentioned(said.content), ...(kind === 'text' ? said.mentioned_list : [])];
  return { kind, text: said.content, markup: kind === 'text' ? 'text' : 'markdown', mentions };
}
