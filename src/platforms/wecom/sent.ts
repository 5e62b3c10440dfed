import { z } from 'zod';
import { download, type Fetched, type Sources } from '../download.ts';
import { readJson, Unusable } from '../incoming.ts';
import { decipher } from './envelope.ts';

/**
 * Where a file lies; `open`: not under the callbacks' key, and without `key` under that one. `media`: what an app's own
 * token gets it by.
 */
const source = z.object({
  url: z.string(),
  key: z.string().optional(),
  open: z.boolean(),
  media: z.string().optional(),
});

export const sourceOf = (file: {
  url: string;
  key: string | undefined;
  open: boolean;
  media?: string | undefined;
}): string => JSON.stringify(file);

/** Gets a file by its media id. */
export type Collect = (media: string, sources: Sources, now: Date) => Promise<Fetched>;

/** WeCom keeps files for five minutes, as cipher text without the frame that messages have. */
export async function takeSent(
  told: string,
  { aesKey, collect }: { aesKey: string | undefined; collect: Collect | undefined },
  sources: Sources,
  now: Date,
): Promise<Fetched> {
  const read = source.safeParse(readJson(told));
  if (!read.success) return { is: 'over', why: 'no source' };
  const { url, key = aesKey, open, media } = read.data;
  if (media !== undefined && collect) return collect(media, sources, now);
  const fetched = await download(url, sources);
  if (fetched.is !== 'file' || open) return fetched;
  if (key === undefined) return { is: 'over', why: 'no key' };
  try {
    return { ...fetched, bytes: decipher(key, fetched.bytes) };
  } catch (error) {
    if (error instanceof Unusable) return { is: 'over', why: 'does not decrypt' };
    throw error;
  }
}
