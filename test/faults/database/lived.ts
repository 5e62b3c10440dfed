const STEP = 20;

/** Milliseconds as this process lives them: while a busy machine keeps it waiting, they don't pass. */
export interface Lived {
  now(): number;
  end(): void;
}

export function createLived(): Lived {
  let lived = 0;
  const timer = setInterval(() => {
    lived += STEP;
  }, STEP);
  return { now: () => lived, end: () => clearInterval(timer) };
}
