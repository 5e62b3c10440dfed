import { addDays, dayOf, endOf, startOf } from '../ledger/days.ts';
import type { Db } from '../ledger/db.ts';
import type { Plan } from '../ledger/plan.ts';
import { pushes } from '../pushes/index.ts';

/** A push that is to come, as far as is known now. */
export interface Coming {
  push: string;
  at: Date;
}

/** No stretch of days off is longer. */
const AHEAD = 15;

/** The next pushes after this moment. What hangs on the ledger comes only where it would be due as things stand. */
export async function upcoming(db: Db, plan: Plan, now: Date, count: number): Promise<Coming[]> {
  const { calendar } = plan.setup;
  const coming: Coming[] = [];
  const today = dayOf(now, plan.timeZone);
  for (let day = today; day <= addDays(today, AHEAD) && coming.length < count; day = addDays(day, 1)) {
    const moment = { plan, calendar, today: day, now: new Date(endOf(plan, day).getTime() - 1) };
    const since = new Date(Math.max(now.getTime(), startOf(plan, day).getTime()));
    const slots = pushes.flatMap((push) => push.slots(moment, since).map(({ dueAt: at }) => ({ push, at })));
    for (const { push, at } of slots.toSorted((one, other) => one.at.getTime() - other.at.getTime())) {
      if (push.isDue && !(await push.isDue(db, { ...moment, now: at }))) continue;
      coming.push({ push: push.name, at });
    }
  }
  return coming.slice(0, count);
}
