import type { Day } from '../days.ts';
import type { Db } from '../db.ts';
import type { EntryRow, Origin } from '../entries.ts';
import { type TaskFacts, writeOn } from '../facts.ts';
import type { IndicatorRow } from '../plan.ts';
import { type Figure, figureOf } from '../rules/figure.ts';
import type { Posting } from '../rules/indicator.ts';
import { spanOf } from '../rules/period.ts';
import type { EntryAct } from '../terms.ts';

/** What a report says about one figure, everything decided: nothing is left to guess. */
export interface Statement {
  indicator: IndicatorRow;
  op: 'add' | 'set';
  value: number | null;
  part: number | null;
  facet: string | null;
  period: string;
  happenedOn: Day;
  /** One posting for each; `null` is the bureau's own figure. */
  of: (number | null)[];
  confirmed: boolean;
}

export interface Recorded {
  entry: EntryRow;
  before: Figure;
  after: Figure;
}

/** By which act a figure comes, if not by a report; `first`: it is reckoned before all that was said. */
interface Brought {
  act: EntryAct;
  detail?: Record<string, unknown>;
  first?: boolean;
}

/**
 * Writes a figure: one entry, and one posting for each person it is of. The caller holds the task's lock and has
 * read `task` under it; on return `task` stands as it is now.
 */
export async function record(
  tx: Db,
  task: TaskFacts,
  statement: Statement,
  origin: Origin,
  { act, detail: more = {}, first = false }: Brought = { act: 'progress' },
): Promise<Recorded> {
  const { indicator, op, value, part, facet, period, happenedOn, of, confirmed } = statement;
  const fresh = postingsOf(statement);
  const whose = of.length === 1 ? (of[0] ?? null) : null;
  const before = figureOf(task, indicator, spanOf(period), whose);
  task.postings = first ? [...fresh, ...task.postings] : [...task.postings, ...fresh];
  const after = figureOf(task, indicator, spanOf(period), whose);
  const detail = {
    indicator: indicator.code,
    op,
    value,
    part,
    facet,
    period,
    on: happenedOn,
    of,
    before,
    after,
    confirmed,
    ...more,
  };
  const entry = await note(tx, task, act, detail, origin, fresh);
  return { entry, before, after };
}

/** What a statement posts: one for each person it is of. */
export const postingsOf = ({ indicator, of, ...said }: Statement): Posting[] => {
  const { op, value, part, facet, period, happenedOn, confirmed } = said;
  return of.map((personId) => ({
    ...{ indicatorId: indicator.id, personId, period, happenedOn, op, value, part, facet, confirmed },
  }));
};

/** Writes an entry on the task and, where it is the first, sets the task going. */
export async function note(
  tx: Db,
  task: TaskFacts,
  act: EntryAct,
  detail: Record<string, unknown>,
  origin: Origin,
  postings: Posting[] = [],
): Promise<EntryRow> {
  const started = task.state === 'pending';
  const whole = started ? { ...detail, started } : detail;
  const entry = await writeOn(tx, task, act, whole, origin, {
    state: started ? 'active' : null,
    postings,
  });
  if (started) task.state = 'active';
  return entry;
}
