import type { Day } from '../../ledger/days.ts';
import { eachDated, namedBehind, sensedBehind } from './behind.ts';
import { isPresent, whensIn } from './claims.ts';
import { hasKind, isAny, textIn } from './clauses.ts';
import { isPastYear, isSingleDay, type When } from './dates.ts';
import { isForbidden, outside } from './forbidden.ts';
import { namesIn } from './naming.ts';
import { isReached, isUntil, ownKinds, runningTo } from './ownKinds.ts';
import { handled, ofWhich, putRight, restated } from './pairs.ts';
import { whoseIn } from './people.ts';
import { type Portion, tokensIn } from './portions.ts';
import { atStart, beginning, type Reach, reachOf } from './reach.ts';
import {
  afterNews,
  attended,
  listed,
  perhapsDay,
  planned,
  type Read,
  type Reading,
  ruled,
  undone,
} from './reading.ts';
import { isSchool } from './schools.ts';
import type { Token } from './tokens.ts';
import type { Kind } from './words.ts';

/** Marks of how much; one of a figure's own ends those that reach it. */
const amount: readonly Kind[] = ['total', 'more', 'already'];
/** Marks that reach over a comma; 新增 and 已 belong to their own verb. */
const far: readonly Kind[] = ['total', 'event', 'someday'];

/** What stands behind a figure says of it, in the order in which that is looked at. */
const behind: ((read: Read[], today: Day) => Read[])[] = [
  ofWhich,
  restated,
  putRight,
  listed,
  undone,
  planned,
  handled,
  ruled,
  attended,
  afterNews,
  perhapsDay,
];

/** Reads the portions of an item in their order; `unreal` when a condition or a report stands in front of them. */
export function readPortions(portions: readonly Portion[], today: Day, unreal: boolean): Read[] {
  const back = {
    whens: namedBehind(portions, today),
    each: eachDated(portions),
    sense: sensedBehind(portions),
  };
  let reach: Reach = unreal ? { ...atStart, unreal: 'firm' } : atStart;
  const read = portions.map((portion) => {
    const same = reach.clause === portion.clause;
    const goesOn = same || (!portion.clause.opens && reach.clause !== null);
    const from = goesOn ? reach : beginning(portion.clause, reach.clause === null ? reach : atStart);
    const reading = readPortion(portion, from, same, back, today);
    reach = reachOf(portion, reading, from, today);
    return { portion, reading };
  });
  return behind.reduce((all, step) => step(all, today), read);
}

function readPortion(portion: Portion, from: Reach, same: boolean, back: Back, today: Day): Reading {
  const tokens = tokensIn(portion);
  const own = ownKinds(portion);
  if (!own.has('total') && isWholeYear(tokens, today)) own.add('unsure');
  if (isBeforehand(portion.before)) own.add('unsure');
  const isPlus = portion.figure?.form === 'plus';
  const isMarked = () => isPlus || amount.some((kind) => own.has(kind));
  if (isReached(portion, from.origin) || isUntil(portion, today)) own.add('total');
  if (back.sense && portion.figure && !isMarked()) own.add(back.sense);
  // 宣讲累计4场,党课讲了1次: a deed of its own; but 截至5月20日,已开展3次 is a total all the same.
  const isApart = !same && from.tight && (own.has('already') || /了$/u.test(textIn(portion.before)));
  const isNoTotal = isPlus || isApart || own.has('more') || own.has('total');
  const carried = [...from.manner].filter(
    (kind) =>
      (same || portion.within || [...far, portion.clause.under?.sense].includes(kind)) &&
      !(kind === 'total' ? isNoTotal : amount.includes(kind) && isMarked()),
  );
  const kinds = new Set([...own, ...carried]);
  const school = own.has('school') || isSchool(tokens) || (same && from.school);
  return {
    manner: {
      kinds,
      whens: whensOf(portion, own, same, from, back, today),
      school,
      found: from.found,
    },
    whose: whoseIn(tokens, kinds) ?? from.whose,
    blocked: blockOf(portion, from, same, back.whens, today),
  };
}

/** When it was: by its own words, else by those that reach it, else by those that stand behind. */
function whensOf(
  portion: Portion,
  own: ReadonlySet<Kind>,
  same: boolean,
  from: Reach,
  back: Back,
  today: Day,
): readonly When[] {
  const tokens = tokensIn(portion);
  const named = back.each.get(portion) ?? whensIn(tokens);
  const whens = own.has('total') && named.length === 1 ? runningTo(tokens, today) : named;
  if (whens.length > 0) return [...whens, ...daysWithin(whens, back.whens)];
  if (from.whens.length === 0) return back.whens;
  // 本月1次,累计3次: a total without a time of its own isn't the month's.
  const isApart = !same || /累计/u.test(textIn(portion.before));
  const isTotal = own.has('total') && isApart && !from.manner.has('total');
  return isTotal ? from.whens.filter(({ since }) => since) : from.whens;
}

/** 全年督查6次, said before December, may be what is meant to be. */
const isWholeYear = (tokens: readonly Token[], today: Day): boolean =>
  tokens.some(
    (token) =>
      token.is === 'when' && /^全年/u.test(token.text) && today < `${token.when.to.slice(0, 4)}-12-01`,
  );

/** 国庆前再督查一次 may be meant to be. */
const isBeforehand = (before: readonly Token[]): boolean =>
  before.some((token) => hasKind(token, 'someday') && token.text.endsWith('前')) &&
  !before.some((token) => isAny(token, ['already', 'past', 'total', 'done']));

/** What stands behind figures and is said of those before it. */
interface Back {
  whens: readonly When[];
  each: ReadonlyMap<Portion, readonly When[]>;
  sense: Kind | null;
}

/** 四月的研讨1次,4月28日开的: the day of the month that was named. */
const daysWithin = (whens: readonly When[], behind: readonly When[]): When[] =>
  whens.some(isSingleDay)
    ? []
    : behind.filter(
        (when) => isSingleDay(when) && whens.every(({ from, to }) => from <= when.from && when.to <= to),
      );

function blockOf(
  portion: Portion,
  from: Reach,
  same: boolean,
  behind: readonly When[],
  today: Day,
): Reading['blocked'] {
  const tokens = outside(portion);
  const present = isPresent(tokens, today);
  // 发现隐患21处 整改完成18处: what was done about it is told.
  const handles = from.found && portion.before.some((token) => isAny(token, ['settled', 'done']));
  // 责任书还差1家 19/20: behind what is left stands how far it is.
  const isWhole = from.rest && portion.figure?.form === 'slash' && namesIn(tokens).length === 0;
  const reached = same && from.blocked && !handles && !isWhole && (!present || portion.listed);
  const isNet = from.unreal === 'except' && /实际|实有|净/u.test(textIn(portion.before));
  const forbidden = isForbidden(portion, today);
  if (forbidden || reached || from.unreal === 'firm' || (from.unreal === 'except' && !isNet)) return 'own';
  if (from.unreal === 'plan' && !present) return 'reach';
  const whens = whensIn(tokens);
  // 演练2次,去年.
  const isPast =
    whens.length > 0
      ? whens.some((when) => isPastYear(when, today))
      : from.lastYear || behind.some((when) => isPastYear(when, today));
  return isPast ? 'lastYear' : null;
}
