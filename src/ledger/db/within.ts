import { setTimeout as after } from 'node:timers/promises';
import { type Deadline, withDeadline } from './deadline.ts';
import { away, isLost, isRefused, isRepeatable, unknown } from './faults.ts';
import type { Db } from './store.ts';

/** Begins, runs the work, commits; gives up when the deadline passes. */
export type Transact = <T>(deadline: Deadline, work: (tx: Db) => Promise<T>) => Promise<T>;

const TRIES = 3;
/** Milliseconds in which the one that won may take what it waited for, or both would wait for each other again. */
const PAUSE = 20;

/** `Store.within` over either driver. */
export function within<T>(
  milliseconds: number,
  transact: Transact,
  work: (tx: Db) => Promise<T>,
): Promise<T> {
  return withDeadline(milliseconds, async (deadline) => {
    for (let tried = 1; ; tried++) {
      let committing = false;
      try {
        return await transact(deadline, async (tx) => {
          const result = await deadline.race(() => work(tx));
          deadline.check();
          // COMMIT leaves before any timer can fire, so from here on its fate is the server's to tell.
          committing = true;
          return result;
        });
      } catch (error) {
        if (isRepeatable(error) && tried < TRIES) {
          await after(PAUSE);
          continue;
        }
        if (isLost(error)) throw committing ? unknown(error) : away(error);
        throw isRefused(error) ? away(error) : error;
      }
    }
  });
}
