import { later } from './http.ts';
import type { Outcome } from './platform.ts';

/** A fresh token, or how asking for one ended. */
export type Issued = { is: 'token'; value: string; seconds: number } | Exclude<Outcome, { is: 'sent' }>;

/** One use of a token: how it ended, or `stale` if the platform no longer knows the token. */
export type Use = (token: string) => Promise<Outcome | 'stale'>;

/** Platforms may end a token's life a little before its time. */
const MARGIN = 300;

type Unsent = Exclude<Outcome, { is: 'sent' }>;

const ROUNDS = 3;

/**
 * Keeps one access token. Of those who send at once the first tries it for all: one that is stale is replaced once, so
 * that neither the token's door nor the robot's minute is spent on refusals. One that isn't taken fresh as it is stays
 * unreplaced.
 */
export function createTokens(
  issue: (now: Date) => Promise<Issued>,
): (now: Date, use: Use) => Promise<Outcome> {
  let kept: { value: string; until: number } | undefined;
  /** Resolves to why there is no token to use; null where there is one. */
  let trial: Promise<Unsent | null> | undefined;

  async function use(value: string, send: Use): Promise<Outcome | 'stale'> {
    const outcome = await send(value);
    // Another send may have replaced it meanwhile.
    if (outcome === 'stale' && kept?.value === value) kept = undefined;
    return outcome;
  }

  async function tryFirst(send: Use, now: Date): Promise<{ outcome: Outcome; why: Unsent | null }> {
    if (kept && now.getTime() < kept.until) {
      const outcome = await use(kept.value, send);
      if (outcome !== 'stale') return { outcome, why: null };
    }
    const issued = await issue(now);
    if (issued.is !== 'token') return { outcome: issued, why: issued };
    // Asked for once more WeCom gives the same token with the rest of its life, which may be shorter than the margin.
    const until = now.getTime() + Math.max(issued.seconds - MARGIN, issued.seconds / 2) * 1000;
    kept = { value: issued.value, until };
    const outcome = await use(issued.value, send);
    if (outcome !== 'stale') return { outcome, why: null };
    const why = later(now, 60, 'token refused');
    return { outcome: why, why };
  }

  return async (now, send) => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      if (trial === undefined) {
        const trying = tryFirst(send, now).finally(() => {
          trial = undefined;
        });
        trial = trying.then(({ why }) => why);
        return (await trying).outcome;
      }
      const why = await trial;
      if (why) return why;
      const outcome = kept ? await use(kept.value, send) : 'stale';
      if (outcome !== 'stale') return outcome;
    }
    return later(now, 60, 'token refused');
  };
}
