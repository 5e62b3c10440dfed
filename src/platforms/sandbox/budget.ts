import type { Clock } from '../../time.ts';

interface Limit {
  /** How many within so many milliseconds. */
  most: number;
  span: number;
  /** Whoever goes over stays out for so many milliseconds. */
  penalty?: number;
}

const usual: Limit = { most: 20, span: 60_000 };

/** How much each may do: twenty messages a minute, for a robot. A clock that was set back forgets what it spent later. */
export function createBudget(clock: Clock, limit: Partial<Limit> = {}): (name: string) => boolean {
  const { most, span, penalty = 0 } = { ...usual, ...limit };
  const spent = new Map<string, number[]>();
  const barred = new Map<string, number>();
  const within = (at: number | undefined, time: number): boolean => {
    const age = at === undefined ? time : clock.now().getTime() - at;
    return age >= 0 && age < time;
  };
  return (name) => {
    if (within(barred.get(name), penalty)) return false;
    const recent = (spent.get(name) ?? []).filter((at) => within(at, span));
    spent.set(name, recent);
    if (recent.length >= most) {
      barred.set(name, clock.now().getTime());
      return false;
    }
    recent.push(clock.now().getTime());
    return true;
  };
}
