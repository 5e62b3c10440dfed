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
