import { and, arrayOverlaps, asc, eq, sql } from 'drizzle-orm';
import type { Calendar } from './calendar.ts';
import type { Day } from './days.ts';
import { type Db, statement } from './db.ts';
import { readCalendar } from './plan/read.ts';
import type { Owner } from './rules/audience.ts';
import { counterOf } from './rules/counter.ts';
import type { Indicator } from './rules/indicator.ts';
import { clockIn } from './rules/period.ts';
import { indicators, people, plans, sections, tasks } from './schema.ts';
import type { Level } from './terms.ts';

export type IndicatorRow = Indicator &
  Pick<typeof indicators.$inferSelect, 'aliases' | 'unitAliases' | 'ratio' | 'taskId' | 'preset' | 'retired'>;

export type PlanRow = typeof plans.$inferSelect;

/** A plan as it stands at its version. */
export type Plan = PlanRow & { setup: Setup };

/** What of a plan changes only with its version: read once, and again when the version has risen. */
export interface Setup {
  version: number;
  calendar: Calendar;
  sections: Map<number, typeof sections.$inferSelect>;
  /** Everyone with role secretary or leader, in their order. */
  leaders: { id: number; address: string }[];
  /** Who answers for each task, by its code, and who may know of it. */
  owners: Map<string, Owner & { level: Level }>;
  /** Of each task, by its id. */
  indicators: Map<number, IndicatorRow[]>;
}

const planId = sql.placeholder('planId');
type OfPlan = { planId: number };

const units = statement<OfPlan, (typeof sections.$inferSelect)[]>((db) =>
  db.select().from(sections).where(eq(sections.planId, planId)).prepare('sections'),
);

const leaders = statement<OfPlan, Setup['leaders']>((db) =>
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

const owners = statement<OfPlan, (Owner & { code: string; level: Level })[]>((db) =>
  db
    .select({
      code: tasks.code,
      sectionId: tasks.sectionId,
      coSectionIds: tasks.coSectionIds,
      leaderId: tasks.leaderId,
      level: tasks.level,
    })
    .from(tasks)
    .where(and(eq(tasks.planId, planId), eq(tasks.retired, false)))
    .prepare('owners'),
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
    .where(eq(tasks.planId, planId))
    .orderBy(asc(indicators.id))
    .prepare('indicators'),
);

/** What was read before, where nothing of it has changed since. */
export const setupNow = async (db: Db, plan: PlanRow, before: Setup | undefined): Promise<Setup> =>
  before?.version === plan.version ? before : readSetup(db, plan);

/** Those in use: not the sample that has been replaced. */
export const plansInUse = (db: Db): Promise<PlanRow[]> => inUse(db, {});

const inUse = statement<object, PlanRow[]>((db) =>
  db.select().from(plans).where(eq(plans.retired, false)).orderBy(plans.id).prepare('plans'),
);

/** The same, each read whole. */
export const plansOf = async (db: Db): Promise<Plan[]> =>
  Promise.all((await plansInUse(db)).map((row) => planOf(db, row)));

/** The plan of this row. */
export const planOf = async (db: Db, row: PlanRow): Promise<Plan> => ({
  ...row,
  setup: await readSetup(db, row),
});

/** Whether its pushes go to the office alone (试运行). */
export const isOnTrial = ({ settings: { trial_until: last } }: PlanRow, today: Day): boolean =>
  last !== null && today <= last;

async function readSetup(db: Db, plan: PlanRow): Promise<Setup> {
  const of = { planId: plan.id };
  const [calendar, unitRows, leaderRows, owned, measured] = await Promise.all([
    readCalendar(db, plan.id),
    units(db, of),
    leaders(db, of),
    owners(db, of),
    measures(db, of),
  ]);
  return {
    ...{ version: plan.version, calendar },
    sections: new Map(unitRows.map((unit) => [unit.id, unit])),
    leaders: leaderRows,
    owners: new Map(owned.map(({ code, ...owner }) => [code, owner])),
    indicators: byTask(
      plan,
      measured.filter(({ indicator }) => !indicator.retired),
    ),
  };
}

/** Of each task, by its id, those among them that are no longer in use. */
export const indicatorsEver = async (db: Db, plan: PlanRow): Promise<Setup['indicators']> =>
  byTask(plan, await measures(db, { planId: plan.id }));

function byTask(plan: PlanRow, measured: readonly Measure[]): Setup['indicators'] {
  const found = new Map<number, IndicatorRow[]>();
  // What each quarter's bulletin counts for; the plan says with which indicator that is one.
  const all = measured.map(({ indicator, ...of }) => ({ ...indicator, ...of }));
  const duty =
    counterOf(
      'bulletin',
      all.filter(({ retired }) => !retired),
    ) ?? counterOf('bulletin', all);
  const issued = duty ? [duty.code, duty.mergedWith] : [];
  for (const { indicator } of measured) {
    const list = found.get(indicator.taskId) ?? [];
    const afterwards = issued.includes(indicator.code);
    const clock = clockIn(plan, indicator.clock);
    list.push({ ...indicator, clock, denominatorOf: indicator.ratio?.of ?? null, afterwards });
    found.set(indicator.taskId, list);
  }
  return found;
}
