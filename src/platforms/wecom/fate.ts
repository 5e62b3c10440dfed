import type { Attempt } from '../connection/answers.ts';
import { type Ack, UNSUBSCRIBED } from './speech.ts';

const TRIES = 5;

/** The stream is over, or the call was of a kind that takes no such answer: it can still be said as a message. */
const UNANSWERABLE = [846_605, 846_608];
/** WeCom can't take it now. */
export const BUSY = [-1, 45_033, 846_601, 846_602];
export const TOO_OFTEN = 45_009;

/** What has become of an answer so far. */
export interface Fate {
  tries: number;
  /** An earlier attempt may have arrived. */
  doubt: boolean;
  /** It goes as a message of its own, because it no longer can as an answer. */
  anew: boolean;
  welcome: boolean;
}

/** By a call's number and a stream's id WeCom shows the same answer once, so that one in doubt may be sent again. */
export function next(ack: Ack, fate: Fate, odd: (what: string) => void): Attempt {
  if (ack.is !== 'said') {
    fate.doubt = true;
    if (fate.anew || fate.welcome || fate.tries >= TRIES) return 'done';
    // By then it is known whether the line still lives.
    return ack.is === 'cut' ? 'parked' : { wait: 15_000 };
  }
  if (ack.code === 0) return 'done';
  if (!fate.welcome && fate.tries < TRIES) {
    if (ack.code === UNSUBSCRIBED) return 'parked';
    if (ack.code === TOO_OFTEN) return { wait: 60_000 };
    if (BUSY.includes(ack.code)) return { wait: 2_000 * 2 ** fate.tries };
    if (UNANSWERABLE.includes(ack.code) && !fate.doubt && !fate.anew) {
      fate.anew = true;
      return { wait: 0 };
    }
  }
  odd(`WeCom did not take an answer: errcode ${ack.code}`);
  return 'done';
}
