import type { Outline } from '../outline.ts';
import type { Promised } from '../promise.ts';

/** A promise where it stands. */
export interface Placed extends Promised {
  /** `4.3.2/1`. */
  code: string;
  /** `三(四)3`. */
  place: string;
  duty: boolean;
}

export interface Doubt {
  mark: string;
  where: string;
  text: string;
}

export interface View {
  all: Placed[];
  /** What the plan itself numbers. */
  said: Placed[];
  outline: Outline;
  year: number;
}

const where = (list: readonly Placed[]): string => [...new Set(list.map(({ code }) => code))].join('、');
export const shown = ({ label, low, high, unit, code }: Placed): string =>
  `${label}${low}${high === null ? '' : `—${high}`}${unit}(${code})`;
export const listed = (list: readonly Placed[]): string => list.map(shown).join('、');
export const one = (mark: string, list: readonly Placed[], text: string): Doubt[] =>
  list.length === 0 ? [] : [{ mark, where: where(list), text }];
