import type { Clock } from '../time.ts';

/** Clocks that nobody sets drift apart by less in a minute. */
const STEP = 1_000;
/** What is reckoned by the wall clock holds again a minute after it was set. */
const RESTS = 60_000;

/**
 * Tells, for a minute, that somebody has set the machine's clock. What was sent before then bears times of another
 * reckoning, so that nobody can say how much of a minute's budget is spent.
 */
export function createStepWatch(clock: Clock): () => boolean {
  const apart = () => clock.now().getTime() - clock.offset() - performance.now();
  let usual = apart();
  let setAt = Number.NEGATIVE_INFINITY;
  return () => {
    const now = apart();
    if (Math.abs(now - usual) > STEP) setAt = performance.now();
    usual = now;
    return performance.now() - setAt < RESTS;
  };
}
