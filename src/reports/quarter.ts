import { accountAsOf } from '../ledger/asOf.ts';
import { type Bulletin, frozenBefore } from '../ledger/bulletins.ts';
import type { Calendar } from '../ledger/calendar.ts';
import type { Db } from '../ledger/db.ts';
import type { Plan } from '../ledger/people.ts';
import { spanOf } from '../ledger/rules/period.ts';
import { type Figures, figuresOf } from './figures.ts';

/** A quarter's figures, and what goes out with them, before they are frozen. */
export type Draft = Pick<Bulletin, 'period' | 'enclosed'> & { figures: Figures };

/** Reads a quarter as it stood at its end, by what the ledger knows now. */
export async function readQuarter(
  db: Db,
  plan: Plan,
  calendar: Calendar,
  period: string,
  now: Date,
): Promise<Draft> {
  const account = await accountAsOf(db, plan, spanOf(period).ends, calendar);
  const last = await frozenBefore(db, plan.id, period);
  const about = { title: plan.title, period, readAt: now };
  return { period, figures: figuresOf(account, about, last as Figures | null), enclosed: [] };
}

/** The figures of a bulletin that is frozen. */
export const figuresIn = ({ figures }: Pick<Bulletin, 'figures'>): Figures => figures as unknown as Figures;
