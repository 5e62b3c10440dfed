import { calendarOf } from '../../../ledger/calendar.ts';
import { addDays } from '../../../ledger/days.ts';
import { type Doubt, one, type Placed, shown, type View } from './doubt.ts';

const times: Partial<Record<string, number>> = { week: 52, month: 12, quarter: 4, half: 2, year: 1 };

/** Days a month and a share of working time, of the same thing. */
export function effort({ said, year }: View): Doubt[] {
  const workdays = calendarOf([]).workdaysBetween(addDays(`${year}-01-01`, -1), `${year}-12-31`);
  const shares = said.filter(({ unit, clause }) => unit === '%' && /时间/u.test(clause));
  return said
    .filter(({ unit }) => unit === '天')
    .flatMap((days) =>
      shares
        .filter((share) => akin(days.label, share.clause))
        .flatMap((share) => one('T1', [days, share], compared(days, share, workdays, year))),
    );
}

function compared(days: Placed, share: Placed, workdays: number, year: number): string {
  const floor = days.low * (times[days.clock] ?? 1);
  const wanted = (workdays * share.low) / 100;
  return [
    `${shown(days)}一年${floor}天,占${year}年${workdays}个工作日的${((floor / workdays) * 100).toFixed(1)}%`,
    `${shown(share)}是${wanted.toFixed(1)}天,每月约${(wanted / 12).toFixed(1)}天`,
    '两处标准不一,请明确以哪个为准',
  ].join(';');
}

/** Two characters that both have, besides those that any sentence has. */
const akin = (label: string, clause: string): boolean =>
  Array.from({ length: Math.max(0, label.length - 1) }, (_, at) => label.slice(at, at + 2)).some(
    (pair) => clause.includes(pair) && !/时间|工作|每月|不少/u.test(pair),
  );
