import { type Doubt, one, type Placed, shown, type View } from './doubt.ts';

const OFTEN = ['week', 'month', 'quarter', 'half'];
const times: Partial<Record<string, number>> = { week: 52, month: 12, quarter: 4, half: 2 };
const MATTERS = /\p{Script=Han}{2}会|通报|汇报|督查|检查|评估|研判/gu;
const MEETING = /会(?!议?精神|议?纪要|同|商|计|员|展|主义)|研讨/u;

const isOneMatter = (measure: Placed, duty: Placed): boolean =>
  measure.clock === duty.clock &&
  !measure.clause.includes('专项') &&
  [...measure.clause.matchAll(MATTERS)].some(([matter]) => duty.clause.includes(matter));

/** One meeting or notice, asked for by a measure and by the organisation's own part. */
export function twice({ all }: View): Doubt[] {
  const often = all.filter(({ clock }) => OFTEN.includes(clock));
  const measures = often.filter(({ duty }) => !duty);
  return often
    .filter(({ duty }) => duty)
    .flatMap((duty) =>
      measures.filter((each) => isOneMatter(each, duty)).map((each) => [each, duty] as const),
    )
    .flatMap(([each, duty]) =>
      one(
        'T7',
        [each, duty],
        `${shown(each)}与${shown(duty)}周期相同、事项相近,一次办理可同时计入,请确认是否合并`,
      ),
    );
}

/** Fewer meetings, and how many the plan itself asks for. */
export function meetings({ said, all }: View): Doubt[] {
  const fewer = said.filter(
    ({ clause, unit }) => unit === '%' && clause.includes('会') && /减|压|下降/u.test(clause),
  );
  const held = all.filter(
    ({ clause, clock, unit }) => unit === '次' && OFTEN.includes(clock) && MEETING.test(clause),
  );
  const measures = held.filter(({ duty }) => !duty);
  const own = held.filter((each) => !each.duty || !measures.some((other) => isOneMatter(other, each)));
  const yearly = ({ clock, low }: Placed) => (times[clock] ?? 0) * low;
  const count = own.reduce((sum, each) => sum + yearly(each), 0);
  if (count === 0) return [];
  const each = own.map((one) => `${one.label}${yearly(one)}`).join('、');
  return fewer.flatMap((less) =>
    one(
      'T10',
      [less, ...own],
      `${shown(less)}要求压减会议,方案自身每年至少安排${count}次(${each}),宜合并召开并列明净增减`,
    ),
  );
}
