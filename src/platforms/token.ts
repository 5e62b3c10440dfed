import { later } from './http.ts';
import type { Outcome } from './platform.ts';

/** A fresh token, or how asking for one ended. */
export type Issued = { is: 'token'; value: string; seconds: number } | Exclude<Outcome, { is: 'sent' }>;

/** One use of a token: how it ended, or `stale` if the platform no longer knows the token. */
export type Use = (token: string) => Promise<Outcome | 'stale'>;

/** Platforms may end a token's life a little before its time. */
const MARGIN = 300;

/**
 * Keeps one access token. Whoever needs it while it is being fetched waits for the same fetch; one that turns
 * out stale is replaced once for each send.
 */
export function createTokens(
  issue: (now: Date) => Promise<Issued>,
): (now: Date, use: Use) => Promise<Outcome> {
  let kept: { value: string; until: number } | undefined;
  let fetching: Promise<Issued> | undefined;

  async function fetchOne(now: Date): Promise<Issued> {
    const issued = await issue(now);
    if (issued.is === 'token') {
      kept = { value: issued.value, until: now.getTime() + (issued.seconds - MARGIN) * 1000 };
    }
    fetching = undefined;
    return issued;
  }

  async function take(now: Date): Promise<{ is: 'token'; value: string } | Exclude<Outcome, { is: 'sent' }>> {
    if (kept !== undefined && now.getTime() < kept.until) return { is: 'token', value: kept.value };
    fetching ??= fetchOne(now);
    return fetching;
  }

  return async (now, use) => {
    for (let round = 1; round <= 2; round += 1) {
      const token = await take(now);
      if (token.is !== 'token') return token;
      const outcome = await use(token.value);
      if (outcome !== 'stale') return outcome;
      // Another send may have replaced it meanwhile.
      if (kept?.value === token.value) kept = undefined;
    }
    return later(now, 60, 'token refused twice');
  };
}
