import { type Bulletin, bulletinOf, frozenBefore } from '../ledger/acts/bulletins.ts';
import { addDays, type Day } from '../ledger/days.ts';
import type { Db } from '../ledger/db.ts';
import { allFacts } from '../ledger/facts.ts';
import type { Plan } from '../ledger/plan.ts';
import { counterOf, countersOf } from '../ledger/rules/counter.ts';
import { figureOf } from '../ledger/rules/figure.ts';
import { draftDay, reportDay } from '../ledger/rules/occasions.ts';
import { periodOf, spanOf } from '../ledger/rules/period.ts';
import { heardUntil } from '../ledger/rules/release.ts';
import { accountAsOf } from '../ledger/views/asOf.ts';
import { doneWithin } from '../ledger/views/done.ts';
import { type Frozen, figuresOf } from './figures.ts';
import { narrowed } from './narrowed.ts';

/** A quarter's figures, and what goes out with them, before they are frozen. */
export type Draft = Pick<Bulletin, 'period' | 'enclosed'> & { figures: Frozen };

/** Reads a quarter by what the ledger knows now: as it stood at its end or the plan's, or yesterday while it runs. */
export async function readQuarter(
  db: Db,
  plan: Plan,
  period: string,
  { now, today }: { now: Date; today: Day },
): Promise<Draft> {
  const { calendar } = plan.setup;
  const quarter = spanOf(period);
  const [asOf = quarter.ends] = [quarter.ends, plan.ends, addDays(today, -1)].toSorted();
  const account = await accountAsOf(db, plan, asOf);
  const last = await frozenBefore(db, plan.id, period);
  const done = await doneWithin(db, plan, account.survey, quarter, asOf);
  const heard = heardUntil(
    calendar,
    [draftDay({ plan, calendar }, period) ?? today, today].toSorted()[1] ?? today,
  );
  const about = { title: plan.title, period, readAt: now, done, heard };
  return { period, figures: figuresOf(account, about, last && figuresIn(plan, last)), enclosed: [] };
}

/**
 * A bulletin that is frozen, as far as it may still be told: papers that were drawn with it are drawn anew where something
 * in them has been restricted since.
 */
export function frozenQuarter(plan: Plan, { period, figures, enclosed }: Bulletin): Draft {
  const frozen = figures as Frozen;
  const now = narrowed(plan, frozen);
  return { period, figures: now, enclosed: now === frozen ? enclosed : [] };
}

/** Its figures. */
export const figuresIn = (plan: Plan, bulletin: Bulletin): Frozen => frozenQuarter(plan, bulletin).figures;

/** A quarter's figures: as they are frozen, else read. */
export async function quarterFigures(
  db: Db,
  plan: Plan,
  period: string,
  at: { now: Date; today: Day },
): Promise<Frozen> {
  const frozen = await bulletinOf(db, plan.id, period);
  return frozen ? figuresIn(plan, frozen) : (await readQuarter(db, plan, period, at)).figures;
}

/** The quarter that is over, the running one before the first has ended, and once its draft is due because the plan ends in it. */
export function lastQuarter(plan: Plan, today: Day): string {
  const running = periodOf('quarter', today);
  const due = draftDay({ plan, calendar: plan.setup.calendar }, running);
  const before = addDays(spanOf(running).starts, -1);
  return before < plan.starts || (due !== null && today >= due) ? running : periodOf('quarter', before);
}

/**
 * The quarter that the secretary's report is of: the one that is over, until that report stands in the ledger or the
 * running quarter's own is drawn up.
 */
export async function reportQuarter(db: Db, plan: Plan, today: Day): Promise<string> {
  const [last, running] = [lastQuarter(plan, today), periodOf('quarter', today)];
  if (spanOf(running).starts > plan.ends) return last;
  const { calendar } = plan.setup;
  const isBefore = spanOf(last).ends < plan.since;
  if (last === running || isBefore || today >= reportDay({ plan, calendar }, running)) return running;
  const duties = (await allFacts(db, plan)).filter(({ duty }) => duty);
  const indicator = counterOf('report', countersOf(duties));
  const duty = duties.find(({ code }) => code === indicator?.task);
  const figure = duty && indicator && figureOf(duty, indicator, spanOf(last));
  return figure?.kind === 'number' && figure.value > 0 ? running : last;
}

/** `2026-Q1` of 一季度, 2026年第1季度; null where the words name none. */
export function quarterIn(plan: Pick<Plan, 'year'>, words: string): string | null {
  const found = /(?:(20\d\d)年?)?\s*第?(?<![\d.])([一二三四1-4])季度?/.exec(words);
  if (!found) return null;
  const [, year = String(plan.year), number = ''] = found;
  return `${year}-Q${'一二三四'.indexOf(number) + 1 || Number(number)}`;
}
