import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Media } from '../double.ts';
import type { MediaShelf } from '../media.ts';

const MOST_PART = 512 * 1024;
const MOST_PARTS = 100;

const begin = z.object({
  type: z.enum(['image', 'file']),
  filename: z.string().min(1),
  total_size: z.number().int().min(6),
  total_chunks: z.number().int().min(1).max(MOST_PARTS),
  md5: z.string().regex(/^[0-9a-f]{32}$/),
});
const part = z.object({
  upload_id: z.string(),
  chunk_index: z.number().int().min(0),
  base64_data: z.string(),
});
const end = z.object({ upload_id: z.string() });

/** What a command comes to: a code, and the body that goes with it. */
export interface Said {
  code: number;
  body?: object;
}

/** Files that are handed over in parts, in any order; a part that comes twice is one. */
export function createUploads(shelf: MediaShelf): Record<string, (body: unknown) => Said> {
  const open = new Map<string, { wanted: z.infer<typeof begin>; parts: Map<number, Buffer> }>();

  const wrong: Said = { code: 40_058 };
  return {
    aibot_upload_media_init(body) {
      const wanted = begin.safeParse(body).data;
      if (!wanted) return wrong;
      const id = randomUUID();
      open.set(id, { wanted, parts: new Map() });
      return { code: 0, body: { upload_id: id } };
    },
    aibot_upload_media_chunk(body) {
      const sent = part.safeParse(body).data;
      const upload = sent && open.get(sent.upload_id);
      const bytes = Buffer.from(sent?.base64_data ?? '', 'base64');
      if (!upload || bytes.length === 0 || bytes.length > MOST_PART) return wrong;
      upload.parts.set(sent.chunk_index, bytes);
      return { code: 0 };
    },
    aibot_upload_media_finish(body) {
      const upload = open.get(end.safeParse(body).data?.upload_id ?? '');
      if (!upload) return wrong;
      const { wanted, parts } = upload;
      const bytes = Buffer.concat([...parts].sort(([one], [other]) => one - other).map(([, each]) => each));
      const md5 = createHash('md5').update(bytes).digest('hex');
      const whole = parts.size === wanted.total_chunks && bytes.length === wanted.total_size;
      if (!whole || md5 !== wanted.md5) return wrong;
      const kind: Media['kind'] = wanted.type === 'image' ? 'picture' : 'file';
      const id = shelf.put({ kind, name: wanted.filename, type: '', bytes });
      return { code: 0, body: { type: wanted.type, media_id: id, created_at: '1380000000' } };
    },
  };
}
