import { calendarOf } from '../../ledger/calendar.ts';
import { addDays } from '../../ledger/days.ts';
import type { Outline } from './outline.ts';
import type { Promised } from './promise.ts';

/** A promise where it stands. */
export interface Placed extends Promised {
  /** `4.3.2/1`. */
  code: string;
  /** `三(四)3`. */
  place: string;
  duty: boolean;
}

export interface Doubt {
  mark: string;
  where: string;
  text: string;
}

interface View {
  all: Placed[];
  /** What the plan itself numbers. */
  said: Placed[];
  outline: Outline;
  year: number;
}

/** Where the plan contradicts itself or leaves something open. Nothing is mended: the office decides. */
export function doubtsIn(view: Omit<View, 'said'>): Doubt[] {
  const whole = { ...view, said: view.all.filter(({ explicit }) => explicit) };
  return [effort, unspoken, lists, quotas, presets, subjects, twice, shares, ranges, meetings].flatMap(
    (look) => look(whole),
  );
}

const where = (list: readonly Placed[]): string => [...new Set(list.map(({ code }) => code))].join('、');
const shown = ({ label, low, high, unit, code }: Placed): string =>
  `${label}${low}${high === null ? '' : `—${high}`}${unit}(${code})`;
const listed = (list: readonly Placed[]): string => list.map(shown).join('、');
const one = (mark: string, list: readonly Placed[], text: string): Doubt[] =>
  list.length === 0 ? [] : [{ mark, where: where(list), text }];

/** Days a month and a share of working time, of the same thing. */
function effort({ said, year }: View): Doubt[] {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  const workdays = calendarOf([]).workdaysBetween(addDays(first, -1), last);
  const times: Partial<Record<string, number>> = { week: 52, month: 12, quarter: 4, half: 2, year: 1 };
  return said
    .filter(({ unit }) => unit === '天')
    .flatMap((days) =>
      said
        .filter(({ unit, clause }) => unit === '%' && /(?:工作)?时间/u.test(clause))
        .filter((share) => akin(days.label, share.clause))
        .flatMap((share) => {
          const floor = days.low * (times[days.clock] ?? 1);
          const wanted = (workdays * share.low) / 100;
          const percent = ((floor / workdays) * 100).toFixed(1);
          const text = `${shown(days)}一年${floor}天,占${year}年${workdays}个工作日的${percent}%;${shown(share)}是${wanted.toFixed(1)}天,每月约${(wanted / 12).toFixed(1)}天。两处标准不一,请明确以哪个为准`;
          return one('T1', [days, share], text);
        }),
    );
}

/** A series that is announced, and one of it that no measure takes up. */
function unspoken({ outline }: View): Doubt[] {
  return outline.categories.flatMap((category) =>
    category.preamble.flatMap((sentence) =>
      [...sentence.matchAll(/“([^”]+、[^”]+)”/gu)].flatMap(([, series = '']) => {
        const parts = series.split('、');
        const stem = common(parts);
        const even = parts.length > 2 && parts.every((part) => part.length === parts[0]?.length);
        if (!even || stem.length < 2) return [];
        const text = category.items.map(({ title, sentences }) => title + sentences.join('')).join('');
        const missing = parts.filter((part) => !text.includes(part));
        return missing.length === 0 || missing.length === parts.length
          ? []
          : [
              {
                mark: 'T2',
                where: String(category.number),
                text: `方案提出“${series}”,其中“${missing.join('、')}”没有对应的措施`,
              },
            ];
      }),
    ),
  );
}

const common = (parts: readonly string[]): string => {
  const [first = ''] = parts;
  let length = 0;
  while (length < first.length && parts.every((part) => part[length] === first[length])) length++;
  return first.slice(0, length);
};

const COUNTED = new Set(['项', '个', '条', '人', '名', '类', '起', '件']);
const sameUnit = (one: string, other: string): boolean =>
  one === other ||
  (['人', '名'].includes(one) === ['人', '名'].includes(other) && ['人', '名'].includes(one));

/** Two registers of one kind, which nobody should add up. */
function lists({ said }: View): Doubt[] {
  const things = said.filter(({ unit, duty }) => COUNTED.has(unit) && !duty);
  return things.flatMap((first, at) =>
    things.slice(at + 1).flatMap((second) => {
      if (first.place === second.place || !sameUnit(first.unit, second.unit)) return [];
      const alike = first.label.slice(-3) === second.label.slice(-3) || akinHead(first.label, second.label);
      const level =
        first.low === second.low &&
        first.low >= 10 &&
        first.unit === second.unit &&
        /任务|清单|制度|事项/u.test(first.label) &&
        /任务|清单|制度|事项/u.test(second.label);
      return alike || level
        ? one('T3', [first, second], `${shown(first)}与${shown(second)}同类,是两份清单还是一份请明确,不相加`)
        : [];
    }),
  );
}

const akinHead = (a: string, b: string): boolean =>
  a.slice(0, 2) === b.slice(0, 2) && /问责|查处|举报|谈话/u.test(a.slice(0, 2));

const quotas = ({ said }: View): Doubt[] => {
  const list = said.filter(({ quota }) => quota);
  return one('T4', list, `${listed(list)}:不宜作为任务数下达,已按只统计处理,请考虑改写`);
};

const presets = ({ said }: View): Doubt[] => {
  const list = said.filter(({ preset }) => preset);
  return one('T5', list, `${listed(list)}:清单形成之前数目已定,作为预设数,待真实清单替换`);
};

const subjects = ({ said }: View): Doubt[] => {
  const list = said.filter(({ subject }) => subject === 'unclear');
  return one('T6', list, `${listed(list)}:没有写明是每人还是合计,暂按待明确,请核定`);
};

/** One meeting or notice, asked for by a measure and by the organisation's own part. */
function twice({ all }: View): Doubt[] {
  const often = all.filter(({ clock }) => ['week', 'month', 'quarter', 'half'].includes(clock));
  return often
    .filter(({ duty }) => duty)
    .flatMap((duty) =>
      often
        .filter((each) => !each.duty && each.clock === duty.clock && sharedWord(each.clause, duty.clause))
        .flatMap((each) =>
          one(
            'T7',
            [each, duty],
            `${shown(each)}与${shown(duty)}周期相同、事项相近,一次办理可同时计入,请确认是否合并`,
          ),
        ),
    );
}

const MATTERS = /\p{Script=Han}{2}会|通报|汇报|督查|检查|评估|研判/gu;
const sharedWord = (first: string, second: string): boolean =>
  [...first.matchAll(MATTERS)].some(([matter]) => second.includes(matter)) && !/专项/u.test(first);

const shares = ({ all }: View): Doubt[] => {
  const list = all.filter(({ kind }) => kind === 'ratio');
  return one('T8', list, `${listed(list)}:占比须有分子和分母,工作簿里的两项名称是暂拟的,请核定`);
};

const ranges = ({ said }: View): Doubt[] => {
  const list = said.filter(({ high }) => high !== null);
  return one('T9', list, `${listed(list)}:写了上限,超过上限只作提示,不算未完成`);
};

/** Fewer meetings, and how many the plan itself asks for. */
function meetings({ said, all }: View): Doubt[] {
  const fewer = said.filter(
    ({ clause, unit }) => unit === '%' && /会/u.test(clause) && /减|压|精简|下降/u.test(clause),
  );
  const times: Partial<Record<string, number>> = { week: 52, month: 12, quarter: 4, half: 2 };
  const held = all.filter(
    ({ clause, clock, unit }) =>
      unit === '次' &&
      times[clock] !== undefined &&
      /会(?!议?精神|议?纪要|同|商|计|员|展|主义)|研讨/u.test(clause),
  );
  const own = held.filter(
    (each) =>
      !held.some(
        (other) =>
          other !== each &&
          each.duty &&
          !other.duty &&
          other.clock === each.clock &&
          sharedWord(other.clause, each.clause),
      ),
  );
  const count = own.reduce((sum, { clock, low }) => sum + (times[clock] ?? 0) * low, 0);
  return count === 0
    ? []
    : fewer.flatMap((each) =>
        one(
          'T10',
          [each, ...own],
          `${shown(each)}要求压减会议,方案自身每年至少安排${count}次(${own.map(({ label, clock, low }) => `${label}${(times[clock] ?? 0) * low}`).join('、')}),宜合并召开并列明净增减`,
        ),
      );
}

const akin = (first: string, second: string): boolean =>
  Array.from({ length: Math.max(0, first.length - 1) }, (_, at) => first.slice(at, at + 2)).some(
    (pair) => second.includes(pair) && !/时间|工作|每月|不少/u.test(pair),
  );
