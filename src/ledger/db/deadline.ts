import { TimeUp } from './faults.ts';

export interface Deadline {
  /** What the work comes to, or `TimeUp`; not started at all once the time is up. */
  race<T>(work: () => Promise<T>): Promise<T>;
  /** Throws `TimeUp` once the time is up, also where a busy process kept the timer from saying so. */
  check(): void;
}

/** Hands a deadline to the work and takes its timer away when the work is over. */
export async function withDeadline<T>(
  milliseconds: number,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const end = performance.now() + milliseconds;
  const racing = new Set<(error: TimeUp) => void>();
  const timeUp = () => new TimeUp(`no answer in ${milliseconds} ms`);
  let rung = false;
  const timer = setTimeout(() => {
    rung = true;
    for (const stop of racing) stop(timeUp());
  }, milliseconds);

  function check(): void {
    if (rung || performance.now() >= end) throw timeUp();
  }

  const race = <R>(each: () => Promise<R>): Promise<R> =>
    new Promise((resolve, reject) => {
      check();
      racing.add(reject);
      const over = () => racing.delete(reject);
      each().finally(over).then(resolve, reject);
    });

  try {
    return await work({ race, check });
  } finally {
    clearTimeout(timer);
  }
}
