import type { Day } from '../ledger/days.ts';
import { showsIn } from '../ledger/rules/audience.ts';
import type { Span } from '../ledger/rules/period.ts';
import type { Standing } from '../ledger/rules/standing.ts';
import type { Account } from '../ledger/views/asOf.ts';
import type { Done } from '../ledger/views/done.ts';
import { type Achieved, achievedOf } from './achieved.ts';
import { type Named, named, type Standings, standingsOf } from './standings.ts';

/** What a bulletin, its picture, its papers and the board tell: plain data, frozen as it is. */
export interface Figures extends Standings {
  title: string;
  /** `2026-Q1`; null for the plan as it stands on a day between. */
  period: string | null;
  /** The plan's first and last day. */
  span: Span;
  /** They speak of all that happened until the end of this day. */
  asOf: Day;
  /** When they were read from the ledger, an ISO instant. */
  readAt: string;
  achieved: Achieved[];
  /** Closed, with the day. */
  closed: (Named & { on: Day })[];
  /** How many tasks a narrower version doesn't name, by where they stand; `fresh` ones became overdue just now. */
  apart: Partial<Record<Standing | 'fresh', number>>;
  /** What was done in the quarter to move the plan on; none of a day between. */
  done?: Done;
}

/** Figures as they are frozen, of which each version takes its own: `wide` is how tasks stand without restricted indicators. */
export interface Frozen extends Figures {
  wide: Standings;
}

/** What figures are of, besides the plan as it stood. */
interface About {
  title: string;
  period: string | null;
  readAt: Date;
  /** Whose deadline lies after this day hasn't been told to chief and leader long enough. */
  heard?: Day;
  done?: Done;
}

/**
 * A bulletin's figures, from the plan as it stood at an instant and the last bulletin's. Throws `DontAddUp` unless
 * closed, listed, behind and in progress make up all tasks, over the whole plan and over its categories.
 */
export function figuresOf(
  account: Account,
  { title, period, readAt, heard = account.asOf, done }: About,
  last: Frozen | null,
): Frozen {
  const { tasks, duties } = account.survey;
  const merged = duties.flatMap(({ mergedWith }) => mergedWith ?? []);
  return {
    title,
    period,
    span: { starts: account.survey.frame.starts, ends: account.survey.frame.ends },
    asOf: account.asOf,
    readAt: readAt.toISOString(),
    ...standingsOf(account, tasks, heard, last),
    wide: standingsOf(account, account.survey.as(showsIn('system')).tasks, heard, last?.wide ?? null),
    achieved: tasks.flatMap((task) => achievedOf(task, merged, last?.achieved ?? [])),
    closed: tasks.flatMap((task) =>
      task.state === 'closed' && task.closedOn !== null ? [{ ...named(task), on: task.closedOn }] : [],
    ),
    apart: {},
    ...(done === undefined ? {} : { done }),
  };
}
