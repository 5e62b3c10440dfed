import { randomBytes } from 'node:crypto';
import type { Clock } from '../../time.ts';

/** Seconds that an access token lives, on both platforms. */
export const TOKEN_LIFE = 7200;

export interface Tokens {
  issue(): string;
  state(shown: string): 'valid' | 'expired' | 'unknown';
}

/** The access token of the one app: asked for again while it lives, it stays the same and is renewed. */
export function createTokens(clock: Clock): Tokens {
  let token = '';
  let at = 0;
  const live = () => token !== '' && clock.now().getTime() - at < TOKEN_LIFE * 1000;
  return {
    issue() {
      if (!live()) token = randomBytes(24).toString('hex');
      at = clock.now().getTime();
      return token;
    },
    state(shown) {
      if (shown === '' || shown !== token) return 'unknown';
      return live() ? 'valid' : 'expired';
    },
  };
}
