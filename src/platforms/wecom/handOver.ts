import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Enclosure } from '../platform.ts';
import type { Ack, WecomSpeech } from './speech.ts';

const PART = 512 * 1024;
const MOST_PARTS = 100;
const TRIES = 3;

const begun = z.object({ upload_id: z.string().min(1) });
const finished = z.object({ media_id: z.string().min(1) });

/** A file by the id that it can be sent by, or the acknowledgement that it didn't come to one. */
export type HandedOver = { is: 'media'; type: 'image' | 'file'; id: string } | Ack;

/**
 * Hands a picture or a file over, part by part; sending a part again does no harm. However it ends, nobody has been
 * shown anything yet.
 */
export async function handOver(speech: WecomSpeech, { kind, name, bytes }: Enclosure): Promise<HandedOver> {
  const type = kind === 'picture' ? 'image' : 'file';
  const parts = Math.ceil(bytes.length / PART);
  if (parts > MOST_PARTS) return { is: 'said', code: 45_001, body: null };
  const md5 = createHash('md5').update(bytes).digest('hex');
  const size = { total_size: bytes.length, total_chunks: parts, md5 };
  const begin = await speech.ask('aibot_upload_media_init', { type, filename: name, ...size });
  const session = begin.is === 'said' ? begun.safeParse(begin.body).data : undefined;
  if (!session) return begin;
  for (let part = 0; part < parts; part += 1) {
    const data = bytes.subarray(part * PART, (part + 1) * PART).toString('base64');
    const ack = await again(() =>
      speech.ask('aibot_upload_media_chunk', {
        upload_id: session.upload_id,
        ...{ chunk_index: part, base64_data: data },
      }),
    );
    if (ack.is !== 'said' || ack.code !== 0) return ack;
  }
  const end = await speech.ask('aibot_upload_media_finish', { upload_id: session.upload_id });
  const media = end.is === 'said' ? finished.safeParse(end.body).data : undefined;
  return media ? { is: 'media', type, id: media.media_id } : end;
}

async function again(ask: () => Promise<Ack>): Promise<Ack> {
  let ack = await ask();
  for (let tries = 1; tries < TRIES && ack.is === 'silent'; tries += 1) ack = await ask();
  return ack;
}
