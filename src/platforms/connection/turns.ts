export interface Turns {
  /** Runs a job when those of the same name before it are done and a place is free. */
  take(name: string, job: () => Promise<void>): void;
  /** Resolves when nothing is under way or waiting. */
  idle(): Promise<void>;
}

/** Jobs side by side, at most so many at once; those of one name in the order in which they came. */
export function createTurns(most: number): Turns {
  const waiting: { name: string; job: () => Promise<void> }[] = [];
  const busy = new Set<string>();
  const idlers: (() => void)[] = [];

  function next(): void {
    while (busy.size < most) {
      const at = waiting.findIndex(({ name }) => !busy.has(name));
      const [turn] = at < 0 ? [] : waiting.splice(at, 1);
      if (!turn) break;
      busy.add(turn.name);
      void turn.job().finally(() => {
        busy.delete(turn.name);
        next();
      });
    }
    if (busy.size === 0) for (const resolve of idlers.splice(0)) resolve();
  }

  return {
    take(name, job) {
      waiting.push({ name, job });
      next();
    },
    idle: () =>
      new Promise((resolve) => {
        idlers.push(resolve);
        next();
      }),
  };
}
