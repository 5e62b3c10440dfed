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
  const end = new AbortController();
  const until = performance.now() + milliseconds;
  const stop = () => end.abort(new TimeUp(`no answer in ${milliseconds} ms`));
  const check = () => {
    if (performance.now() >= until) stop();
    end.signal.throwIfAborted();
  };
  const timer = setTimeout(stop, milliseconds);
  const deadline: Deadline = {
    check,
    race: async (each) => {
      check();
      return race(each, end.signal);
    },
  };
  try {
    return await work(deadline);
  } finally {
    clearTimeout(timer);
  }
}

async function race<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = (): void => {};
  const end = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([work(), end]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
