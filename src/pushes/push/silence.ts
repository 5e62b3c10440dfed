import { type Day, daysBetween } from '../../ledger/days.ts';
import type { Clock } from '../../ledger/terms.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import type { Moment } from '../push.ts';

/** Days without an entry after which a task is silent, by its own clock. */
const after: Record<Clock, number> = {
  week: 14,
  month: 14,
  quarter: 45,
  half: 90,
  year: 90,
  once: 90,
  closure: 90,
};

export const isSilent = ({ today, plan }: Moment, task: Seen, entered: Day | undefined): boolean =>
  task.light !== null &&
  task.state !== 'submitted' &&
  daysBetween(entered ?? (plan.since > plan.starts ? plan.since : plan.starts), today) >= after[task.clock];
