import { TimeUp } from './faults.ts';

export interface Deadline {
  /** What the work comes to, or `TimeUp`; not started at all once the time is up. */
  race<T>(work: () => Promise<T>): Promise<T>;
}

/** Hands a deadline to the work and takes its timer away when the work is over. */
export async function withDeadline<T>(
  milliseconds: number,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(new TimeUp(`no answer in ${milliseconds} ms`)), milliseconds);
  try {
    return await work({ race: (each) => race(each, end.signal) });
  } finally {
    clearTimeout(timer);
  }
}

async function race<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
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
