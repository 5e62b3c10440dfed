import type { Clock } from '../../src/time.ts';

/** Stands at an ISO instant until it is moved. */
export function standingClock(instant: string): Clock {
  let at = Date.parse(instant);
  return {
    now: () => new Date(at),
    move: (milliseconds) => {
      at += milliseconds;
    },
    offset: () => at - Date.parse(instant),
  };
}
