import type { World } from './world.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

/** Moments at which attempts began, second by second. */
export async function attemptsOver({ hands, attempts }: World, seconds: number): Promise<number[]> {
  const counts: number[] = [];
  for (let second = 0; second < seconds; second += 1) {
    const before = attempts();
    await hands.pass(SECOND);
    counts.push(attempts() - before);
  }
  return counts;
}

export const most = (counts: number[]) => Math.max(...counts);
export const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
