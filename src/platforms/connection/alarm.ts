import type { Timers } from '../../time.ts';

export interface Alarm {
  /** Rings once, after so many milliseconds; a name that is set already is set anew. */
  set(name: string, milliseconds: number, ring: () => void): void;
  clear(...names: string[]): void;
  /** Forgets everything. */
  stop(): void;
}

/** Any number of deadlines on one timer, so that none can be left behind. */
export function createAlarm(timers: Timers): Alarm {
  const deadlines = new Map<string, { at: number; ring: () => void }>();
  let callOff = (): void => {};

  function arm(): void {
    callOff();
    callOff = () => {};
    if (deadlines.size === 0) return;
    const first = Math.min(...[...deadlines.values()].map(({ at }) => at));
    callOff = timers.after(Math.max(0, first - timers.now()), ring);
  }

  function ring(): void {
    const now = timers.now();
    const due = [...deadlines]
      .filter(([, { at }]) => at <= now)
      .sort(([, one], [, other]) => one.at - other.at);
    for (const [name, deadline] of due) {
      // An earlier one may have cleared it or set it anew.
      if (deadlines.get(name) !== deadline) continue;
      deadlines.delete(name);
      deadline.ring();
    }
    arm();
  }

  return {
    set(name, milliseconds, call) {
      deadlines.set(name, { at: timers.now() + milliseconds, ring: call });
      arm();
    },
    clear(...names) {
      const had = names.filter((name) => deadlines.delete(name));
      if (had.length > 0) arm();
    },
    stop() {
      deadlines.clear();
      arm();
    },
  };
}
