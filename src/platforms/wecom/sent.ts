import { z } from 'zod';
import { download, type Fetched, type Sources } from '../download.ts';
import { readJson, Unusable } from '../incoming.ts';
import { decipher } from './envelope.ts';

/** Where a file lies; `open`: not under the callbacks' key, and without `key` under that one. */
const source = z.object({ url: z.string(), key: z.string().optional(), open: z.boolean() });

export const sourceOf = (file: { url: string; key: string | undefined; open: boolean }): string =>
  JSON.stringify(file);

/** WeCom keeps files for five minutes, as cipher text without the frame that messages have. */
export async function takeSent(told: string, aesKey: string | undefined, sources: Sources): Promise<Fetched> {
  const read = source.safeParse(readJson(told));
  if (!read.success) return { is: 'over', why: 'no source' };
  const { url, key = aesKey, open } = read.data;
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
