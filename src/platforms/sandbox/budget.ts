import type { Clock } from '../../time.ts';

const LIMIT = 20;
const MINUTE = 60_000;

/**
 * Twenty messages a minute for each robot. Whoever goes over stays out for `penalty` milliseconds. A clock that
 * was set back forgets what it spent later.
 */
export function createBudget(clock: Clock, penalty = 0): (robot: string) => boolean {
  const spent = new Map<string, number[]>();
  const barred = new Map<string, number>();
  const within = (at: number | undefined, span: number): boolean => {
    const age = at === undefined ? span : clock.now().getTime() - at;
    return age >= 0 && age < span;
  };
  return (robot) => {
    if (within(barred.get(robot), penalty)) return false;
    const recent = (spent.get(robot) ?? []).filter((at) => within(at, MINUTE));
    spent.set(robot, recent);
    if (recent.length >= LIMIT) {
      barred.set(robot, clock.now().getTime());
      return false;
    }
    recent.push(clock.now().getTime());
    return true;
  };
}
