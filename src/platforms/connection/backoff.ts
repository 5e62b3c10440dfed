/**
 * How a connection ended, which decides when the next is tried. `dropped`: nobody answered, or a line that stood was
 * cut. `denied`: the platform let us in and sent us away. `barred`: it doesn't know our credentials. `kicked`: it has
 * given our place to another connection.
 */
export type End = 'dropped' | 'denied' | 'barred' | 'kicked';

/** No two attempts begin within so many milliseconds. */
export const SPACING = 1_000;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * An address that doesn't answer is asked again soon for as long as it takes, so that its return is noticed within
 * three seconds. Whoever said no is left alone for longer, and a place that another holds is not fought over.
 */
const waits: Record<End, { first: number; most: number }> = {
  dropped: { first: SECOND, most: 2.5 * SECOND },
  denied: { first: SECOND, most: MINUTE },
  barred: { first: MINUTE, most: 10 * MINUTE },
  kicked: { first: MINUTE, most: 30 * MINUTE },
};

/** Milliseconds to wait after the n-th end of its kind in a row, counted from 0: doubled each time, half of it by chance. */
export function waitOf(end: End, times: number, random: () => number): number {
  const { first, most } = waits[end];
  const whole = Math.min(most, first * 2 ** Math.min(times, 30));
  return whole / 2 + (whole / 2) * random();
}
