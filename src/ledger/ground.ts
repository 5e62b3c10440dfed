import { and, arrayOverlaps, asc, eq, sql } from 'drizzle-orm';
import type { Calendar } from './calendar.ts';
import { type Db, statement } from './db.ts';
import type { IndicatorRow } from './facts.ts';
import type { PlanRow } from './people.ts';
import { readCalendar } from './plan/read.ts';
import { counterOf } from './rules/counter.ts';
import { clockIn } from './rules/period.ts';
import { indicators, people, sections, tasks } from './schema.ts';

/** What of a plan changes only with its version: read once, and again when the version has risen. */
export interface Ground {
  version: number;
  calendar: Calendar;
  sections: Map<number, typeof sections.$inferSelect>;
  /** Everyone with role secretary or leader, in their order. */
  leaders: { id: number; address: string }[];
  /** Of each task, by its id. */
  indicators: Map<number, IndicatorRow[]>;
}

const planId = sql.placeholder('planId');
type OfPlan = { planId: number };

const units = statement<OfPlan, (typeof sections.$inferSelect)[]>((db) =>
  db.select().from(sections).where(eq(sections.planId, planId)).prepare('sections'),
);

const leaders = statement<OfPlan, Ground['leaders']>((db) =>
  db
    .select({ id: people.id, address: people.address })
    .from(people)
    .where(
      and(
        eq(people.planId, planId),
        eq(people.active, true),
        arrayOverlaps(people.roles, ['secretary', 'leader']),
      ),
    )
    .orderBy(people.rank)
    .prepare('leaders'),
);

interface Measure {
  indicator: typeof indicators.$inferSelect;
  task: string;
  title: string;
  mergedWith: string | null;
}

const measures = statement<OfPlan, Measure[]>((db) =>
  db
    .select({ indicator: indicators, task: tasks.code, title: tasks.title, mergedWith: tasks.mergedWith })
    .from(indicators)
    .innerJoin(tasks, eq(tasks.id, indicators.taskId))
    .where(and(eq(tasks.planId, planId), eq(indicators.retired, false)))
    .orderBy(asc(indicators.id))
    .prepare('indicators'),
);

/** What was read before, where nothing of it has changed since. */
export const groundNow = async (db: Db, plan: PlanRow, before: Ground | undefined): Promise<Ground> =>
  before?.version === plan.version ? before : readGround(db, plan);

async function readGround(db: Db, plan: PlanRow): Promise<Ground> {
  const of = { planId: plan.id };
  const [calendar, unitRows, leaderRows, measured] = await Promise.all([
    readCalendar(db, plan.id),
    units(db, of),
    leaders(db, of),
    measures(db, of),
  ]);
  const byTask = new Map<number, IndicatorRow[]>();
  // What each quarter's bulletin counts for; the plan says with which indicator that is one.
  const duty = counterOf(
    'bulletin',
    measured.map(({ indicator, ...of }) => ({ ...indicator, ...of })),
  );
  const issued = duty ? [duty.code, duty.mergedWith] : [];
  for (const { indicator } of measured) {
    const list = byTask.get(indicator.taskId) ?? [];
    const afterwards = issued.includes(indicator.code);
    const clock = clockIn(plan, indicator.clock);
    list.push({ ...indicator, clock, denominatorOf: indicator.ratio?.of ?? null, afterwards });
    byTask.set(indicator.taskId, list);
  }
  return {
    ...{ version: plan.version, calendar },
    sections: new Map(unitRows.map((unit) => [unit.id, unit])),
    leaders: leaderRows,
    indicators: byTask,
  };
}

/** The plan's ground, from its row where somebody has put it there. */
export const groundOf = async (db: Db, plan: PlanRow & { ground?: Ground }): Promise<Ground> =>
  plan.ground ?? readGround(db, plan);
