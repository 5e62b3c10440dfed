import { accountAsOf } from '../ledger/asOf.ts';
import type { Calendar } from '../ledger/calendar.ts';
import { addDays, type Day } from '../ledger/days.ts';
import type { Db } from '../ledger/db.ts';
import { frozenQuarters } from '../ledger/frozen.ts';
import type { Plan } from '../ledger/people.ts';
import { periodOf, spanOf } from '../ledger/rules/period.ts';
import { type Figures, figuresOf } from './figures.ts';

/** The quarter that is over, the running one before the first has ended. */
export function lastQuarter(plan: Plan, today: Day): string {
  const before = addDays(spanOf(periodOf('quarter', today)).starts, -1);
  return periodOf('quarter', before < plan.starts ? today : before);
}

/** A quarter's figures: as they are frozen, else as they stood at its end, or yesterday while it runs. */
export async function quarterFigures(
  db: Db,
  plan: Plan,
  calendar: Calendar,
  period: string,
  { now, today }: { now: Date; today: Day },
): Promise<Figures> {
  const frozen = (await frozenQuarters(db, plan.id)) as { period: string; figures: Figures }[];
  const own = frozen.find((each) => each.period === period);
  if (own) return own.figures;
  const { ends } = spanOf(period);
  const asOf = ends < today ? ends : addDays(today, -1);
  const account = await accountAsOf(db, plan, asOf, calendar);
  const before = frozen.findLast((each) => each.period < period);
  return figuresOf(account, { title: plan.title, period, readAt: now }, before?.figures ?? null);
}
