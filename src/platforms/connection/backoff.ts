import type { Timers } from '../../time.ts';

/**
 * How a connection ended, which decides when the next is tried. `dropped`: nobody answered, or a line that stood was
 * cut. `denied`: the platform let us in and sent us away. `barred`: it doesn't know our credentials. `kicked`: it has
 * given our place to another connection.
 */
export type End = 'dropped' | 'denied' | 'barred' | 'kicked';

/** No two attempts begin within so many milliseconds. */
const SPACING = 1_000;

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

/** What has become of the attempts so far, and how long the next one waits. All in milliseconds. */
export interface Backoff {
  /** How many have begun. */
  attempts(): number;
  /** One begins now. */
  begin(): void;
  /** How long to wait after such an end; the longer, the more of its kind came in a row. */
  after(end: End): number;
  /** How long to wait where nothing has failed. */
  atOnce(): number;
  /** What failed has been made good for; having been kicked is forgotten apart. */
  forgive(): void;
  forgetKicks(): void;
}

export function createBackoff(timers: Timers, random: () => number): Backoff {
  let attempts = 0;
  let triedAt = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let kicks = 0;

  const spaced = (milliseconds: number) => Math.max(milliseconds, triedAt + SPACING - timers.now());

  return {
    attempts: () => attempts,
    begin() {
      attempts += 1;
      triedAt = timers.now();
    },
    after: (end) => spaced(waitOf(end, end === 'kicked' ? kicks++ : failures++, random)),
    atOnce: () => spaced(0),
    forgive() {
      failures = 0;
    },
    forgetKicks() {
      kicks = 0;
    },
  };
}

/** After the n-th end of its kind in a row, counted from 0: doubled each time, half of it by chance. */
function waitOf(end: End, times: number, random: () => number): number {
  const { first, most } = waits[end];
  const whole = Math.min(most, first * 2 ** Math.min(times, 30));
  return whole / 2 + (whole / 2) * random();
}
