import type { Day } from '../days.ts';
import type { Clock, Comparator, IndicatorKind, Level } from '../terms.ts';

/** A measurable promise of a task, as far as the rules need it. */
export interface Indicator {
  id: number;
  code: string;
  label: string;
  unit: string;
  comparator: Comparator;
  /** A range's lower bound. */
  target: number;
  targetHigh: number | null;
  clock: Clock;
  subject: 'bureau' | 'person' | 'unclear';
  class: 'chase' | 'monitor';
  kind: IndicatorKind;
  level: Level | null;
  /** A ratio whose denominator is another indicator's figure. */
  denominatorOf: string | null;
  /** Counted by what goes out when the period is over, as a quarter's bulletin does: not missing the day after. */
  afterwards?: boolean;
}

/** What one entry says about one figure. Given to the rules in the order they were written, withdrawn ones left out. */
export interface Posting {
  indicatorId: number;
  personId: number | null;
  period: string;
  happenedOn: Day;
  op: 'add' | 'set';
  /** A ratio's denominator. */
  value: number | null;
  /** A ratio's numerator. */
  part: number | null;
  facet: string | null;
  confirmed: boolean;
}

/** A milestone entered by the office: by this day, this figure. */
export interface Node {
  indicatorId: number;
  due: Day;
  value: number;
}

/** The frame that figures are seen in: today, the plan's span, the ledger's first day, who each person-figure is asked of. */
export interface Frame {
  today: Day;
  /** Lateness is counted to this day's end; without one to today's. */
  lateUntil?: Day;
  starts: Day;
  ends: Day;
  since: Day;
  /** Ids of everyone with role secretary or leader. */
  members: readonly number[];
}

/** A paper to hand in: `1.1.2/d1`. */
export const isPaper = ({ code }: Pick<Indicator, 'code'>): boolean => /\/d\d+$/.test(code);
