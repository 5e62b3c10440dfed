import { and, between, count, eq, gte, lt } from 'drizzle-orm';
import { followUpsOf } from '../acts/followUps.ts';
import { type Day, endOf, startOf } from '../days.ts';
import type { Db } from '../db.ts';
import type { Plan } from '../plan.ts';
import { type Counted, counterOf, countersOf } from '../rules/counter.ts';
import { figureOf } from '../rules/figure.ts';
import type { Span } from '../rules/period.ts';
import { entries, listings, lookbacks, tasks } from '../schema.ts';
import type { Seen, Survey } from './survey.ts';

/** What was done within a span to move the plan on, each as the ledger counts it. */
export interface Done {
  meetings: number;
  decided: number;
  settled: number;
  inspections: number;
  closed: number;
  listed: number;
  lifted: number;
  lookbacks: number;
}

/** Within a quarter, as far as it has run by the end of a day. */
export async function doneWithin(
  db: Db,
  plan: Plan,
  { tasks: all, duties }: Pick<Survey, 'tasks' | 'duties'>,
  quarter: Span,
  asOf: Day,
): Promise<Done> {
  const span = { starts: quarter.starts, ends: asOf };
  const within = (day: string | null): boolean => day !== null && day >= span.starts && day <= span.ends;
  const decided = (await followUpsOf(db, plan)).filter(({ byMeeting }) => byMeeting);
  return {
    meetings: timesOf(duties, 'meeting', quarter),
    decided: decided.filter(({ decidedOn }) => within(decidedOn)).length,
    settled: decided.filter(({ doneOn }) => within(doneOn)).length,
    inspections: timesOf(duties, 'inspection', quarter),
    closed: all.filter(({ state, closedOn }) => state === 'closed' && within(closedOn)).length,
    listed: await listingsOn(db, plan, listings.orderedOn, span),
    lifted: await listingsOn(db, plan, listings.liftedOn, span),
    lookbacks: await lookbacksIn(db, plan, span),
  };
}

/** How often what a standing duty asks for was done: the running month lies within no shorter span than its own. */
function timesOf(duties: readonly Seen[], what: Counted, span: Span): number {
  const indicator = counterOf(what, countersOf(duties));
  const duty = duties.find(({ code }) => code === indicator?.task);
  const figure = duty && indicator && figureOf(duty, indicator, span);
  return figure?.kind === 'number' ? figure.value : 0;
}

async function listingsOn(
  db: Db,
  plan: Plan,
  on: typeof listings.orderedOn | typeof listings.liftedOn,
  { starts, ends }: Span,
): Promise<number> {
  const [row] = await db
    .select({ times: count() })
    .from(listings)
    .innerJoin(tasks, eq(tasks.id, listings.taskId))
    .where(and(eq(tasks.planId, plan.id), between(on, starts, ends)));
  return row?.times ?? 0;
}

async function lookbacksIn(db: Db, plan: Plan, { starts, ends }: Span): Promise<number> {
  const [row] = await db
    .select({ times: count() })
    .from(lookbacks)
    .innerJoin(entries, eq(entries.id, lookbacks.entryId))
    .where(
      and(
        eq(entries.planId, plan.id),
        gte(entries.at, startOf(plan, starts)),
        lt(entries.at, endOf(plan, ends)),
      ),
    );
  return row?.times ?? 0;
}
