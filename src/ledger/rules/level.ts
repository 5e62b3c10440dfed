import type { Level } from '../terms.ts';

const narrowness: readonly Level[] = ['open', 'system', 'office', 'self'];

/** The narrower of two levels: a paper has that of the narrowest thing in it. */
export const narrower = (one: Level, other: Level): Level =>
  narrowness.indexOf(other) > narrowness.indexOf(one) ? other : one;
