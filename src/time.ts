/** The one source of the present. Everything else takes `now` as an argument. */
export interface Clock {
  now(): Date;
  /** Shifts the present by so many milliseconds, for the sandbox and for tests. */
  move(milliseconds: number): void;
  offset(): number;
}

export function createClock(offset = 0): Clock {
  let shift = offset;
  return {
    now: () => new Date(Date.now() + shift),
    move: (milliseconds) => {
      shift += milliseconds;
    },
    offset: () => shift,
  };
}

/** A clock that moves only when it is moved: for a rehearsal and for tests. */
export function createStillClock(start: Date): Clock {
  const base = createClock();
  let at = start.getTime();
  return {
    now: () => new Date(at),
    move: (milliseconds) => {
      at += milliseconds;
    },
    offset: () => at - base.now().getTime(),
  };
}

/** Passing time, which a test can turn by hand. */
export interface Timers {
  /** Milliseconds on a clock that nobody can set. */
  now(): number;
  /** Calls once, after so many milliseconds; returns the way to call it off. */
  after(milliseconds: number, call: () => void): () => void;
}

export const realTimers: Timers = {
  now: () => performance.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};
