import { chased, isMet, type Measured } from './completion.ts';
import { confirmed } from './figure.ts';
import type { Frame, Indicator } from './indicator.ts';
import { periodsAsked, recurs } from './period.ts';

/** What a close-out asks of one indicator, and what of it is still missing. */
export interface Checked {
  indicator: Indicator;
  /** Every period up to the deadline; `once` alone where nothing recurs. */
  asked: string[];
  /** Those of them that aren't met. */
  short: string[];
  evidenced: boolean;
  /** Postings of clerks that the chief hasn't confirmed: they don't count here. */
  waiting: number;
}

/**
 * Holds a task against its standard before it is closed: each chased indicator and paper, in every period up to the
 * deadline, by confirmed figures, with one piece of evidence.
 */
export function check(task: Measured, frame: Frame, evidenced: ReadonlySet<number>): Checked[] {
  const settled = confirmed(task);
  return chased(task).map((indicator) => {
    const { clock, id } = indicator;
    const asked = recurs(clock) ? periodsAsked(clock, frame, task.deadline) : ['once'];
    return {
      indicator,
      asked,
      short: asked.filter((period) => !isMet(settled, indicator, frame, period)),
      evidenced: evidenced.has(id),
      waiting: task.postings.filter((each) => each.indicatorId === id && !each.confirmed).length,
    };
  });
}

export const isComplete = ({ short, evidenced }: Checked): boolean => short.length === 0 && evidenced;
