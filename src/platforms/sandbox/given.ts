import { randomBytes } from 'node:crypto';
import type { Clock } from '../../time.ts';
import type { Media } from './double.ts';
import type { Call, Said } from './server.ts';

/** What people sent, given out for five minutes under an id that is good for whoever has it. */
export interface Giving {
  put(media: Pick<Media, 'name' | 'bytes'>): string;
  knows(id: string): boolean;
  /** Answers a GET with `id` in its query. */
  give(call: Call): Said;
}

const LIFE = 5 * 60_000;

export function createGiving(clock: Clock): Giving {
  const kept = new Map<string, { name: string; bytes: Buffer; at: number }>();
  const knows = (id: string): boolean => {
    const age = clock.now().getTime() - (kept.get(id)?.at ?? Number.NEGATIVE_INFINITY);
    return age >= 0 && age < LIFE;
  };
  return {
    put(media) {
      const id = randomBytes(18).toString('base64url');
      kept.set(id, { ...media, at: clock.now().getTime() });
      return id;
    },
    knows,
    give({ query }) {
      const id = query.get('id') ?? '';
      const file = kept.get(id);
      return file && knows(id) ? { status: 200, body: {}, file } : { status: 404, body: {} };
    },
  };
}
