import type { Clock, Timers } from '../../src/time.ts';

/** Passing time that a test turns by hand, and a clock that goes with it. */
export interface Hands extends Timers {
  /** Lets so many milliseconds pass, timer by timer; after each, what it set off is waited for. */
  pass(milliseconds: number): Promise<void>;
  /** Timers that are set. */
  pending(): number;
}

export function createHands(clock: Clock, calm: () => Promise<void>): Hands {
  const timers = new Set<{ at: number; call: () => void }>();
  let now = 0;
  const go = (to: number): void => {
    clock.move(to - now);
    now = to;
  };
  return {
    now: () => now,
    after(milliseconds, call) {
      const timer = { at: now + milliseconds, call };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pending: () => timers.size,
    async pass(milliseconds) {
      const end = now + milliseconds;
      await calm();
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
        if (!next) break;
        timers.delete(next);
        go(Math.max(now, next.at));
        next.call();
        await calm();
      }
      go(end);
    },
  };
}
