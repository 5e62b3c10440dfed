import { TimeUp } from './faults.ts';

export interface Deadline {
  /** What the work comes to, or `TimeUp`; not started at all once the time is up. */
  race<T>(work: () => Promise<T>): Promise<T>;
  /** Throws `TimeUp` once the time is up, also where a busy process kept the timer from saying so. */
  check(): void;
  /** Begins anew from now on, for so many milliseconds or for as many as at first. */
  restart(milliseconds?: number): void;
}

/** Hands a deadline to the work and takes its timer away when the work is over. */
export async function withDeadline<T>(
  milliseconds: number,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const racing = new Set<(error: TimeUp) => void>();
  const timeUp = () => new TimeUp(`no answer in ${milliseconds} ms`);
  let end: number;
  let rung: boolean;
  let timer: NodeJS.Timeout | undefined;

  function restart(time = milliseconds): void {
    clearTimeout(timer);
    rung = false;
    end = performance.now() + time;
    timer = setTimeout(() => {
      rung = true;
      for (const stop of racing) stop(timeUp());
    }, time);
  }

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

  restart();
  try {
    return await work({ race, check, restart });
  } finally {
    clearTimeout(timer);
  }
}
