import type { Day } from '../../ledger/days.ts';
import { eachDated, namedBehind, sensedBehind } from './behind.ts';
import { blocks, holds, isPresent, kindsIn, lasts, whensIn } from './claims.ts';
import { type Clause, hasKind, isAny, textIn } from './clauses.ts';
import { isPastYear, isSingleDay, type When } from './dates.ts';
import { isForbidden, isFound, isOrigin, outside } from './forbidden.ts';
import { namesIn } from './naming.ts';
import { isReached, isUntil, ownKinds, runningTo } from './ownKinds.ts';
import { handled, ofWhich, putRight, restated } from './pairs.ts';
import { type Whose, whoseIn } from './people.ts';
import { type Portion, tokensIn } from './portions.ts';
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

/** What earlier words of a sentence still say of later ones. */
interface Reach {
  clause: Clause | null;
  manner: ReadonlySet<Kind>;
  whens: readonly When[];
  whose: Whose;
  school: boolean;
  /** The last figure was of last year. */
  lastYear: boolean;
  found: boolean;
  /** A plan began and hasn't ended, or a condition, an exception or a report, which nothing ends before the stop. */
  unreal: 'plan' | 'except' | 'firm' | null;
  /** The last figure is where the next came from. */
  origin: boolean;
  /** In this very clause a figure was already none. */
  blocked: boolean;
  /** The last figure stood right behind its name and its 累计, so that these may be its alone. */
  tight: boolean;
}

const atStart: Reach = {
  clause: null,
  manner: new Set(),
  whens: [],
  whose: null,
  school: false,
  lastYear: false,
  found: false,
  unreal: null,
  origin: false,
  blocked: false,
  tight: false,
};

const reaching: readonly Kind[] = ['total', 'more', 'already', 'event', 'each', 'everyone', 'someday'];
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

/** What a heading says of all that stands under it. */
const beginning = ({ under }: Clause, start: Reach): Reach =>
  under === undefined
    ? start
    : {
        ...start,
        manner: new Set(under.sense === null ? [] : [under.sense]),
        whens: under.whens,
        unreal: start.unreal ?? (under.plan ? 'plan' : null),
      };

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
  const named = back.each.get(portion) ?? whensIn(tokens);
  const whens = own.has('total') && named.length === 1 ? runningTo(tokens, today) : named;
  // 本月1次,累计3次: a total without a time of its own isn't the month's.
  const afar =
    own.has('total') && (!same || /累计/u.test(textIn(portion.before))) && !from.manner.has('total')
      ? from.whens.filter(({ since }) => since)
      : from.whens;
  const school = own.has('school') || isSchool(tokens) || (same && from.school);
  return {
    manner: {
      kinds,
      whens:
        whens.length > 0
          ? [...whens, ...daysWithin(whens, back.whens)]
          : afar.length > 0 || from.whens.length > 0
            ? afar
            : back.whens,
      school,
      found: from.found,
    },
    whose: whoseIn(tokens, kinds) ?? from.whose,
    blocked: blockOf(portion, from, same, back.whens, today),
  };
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

const isAside = ({ after }: Portion, when: When): boolean =>
  after.some((token) => token.aside && token.is === 'when' && token.when === when);

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
  const reached = same && from.blocked && !handles && (!present || portion.listed);
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

function reachOf(portion: Portion, { manner, whose, blocked }: Reading, from: Reach, today: Day): Reach {
  const tokens = outside(portion);
  const plan = from.unreal === 'plan' && isPresent(tokens, today) ? null : from.unreal;
  return {
    clause: portion.clause,
    manner: new Set([...manner.kinds].filter((kind) => reaching.includes(kind))),
    // (上年80件) is the part's alone.
    // … nor is a day in brackets behind it (3次(3月2日、4月5日),督查2次).
    whens: portion.within ? from.whens : manner.whens.filter((when) => !isAside(portion, when)),
    lastYear: portion.within
      ? from.lastYear
      : blocked === 'lastYear' && (portion.figure !== undefined || isTime(tokens)),
    whose,
    // 演练+1(二小): a school in brackets is where that was, and no other figure's.
    school: manner.school && (isSchool(tokens) || !isSchool(tokensIn(portion))),
    found: from.found || (portion.figure !== undefined && (manner.kinds.has('found') || isFound(portion))),
    unreal: lastingOf(tokens, from.unreal, today) ?? plan,
    origin: isOrigin(portion),
    blocked: blocks(portion.before),
    tight: hasKind(portion.before.at(-1), 'total') && namesIn(portion.before).length > 0,
  };
}

/** 去年,: nothing but when. */
const isTime = (tokens: readonly Token[]): boolean => tokens.every(({ is }) => is === 'when');

/** What still holds in the clauses behind; 除去1件,实际12件 comes back to what is. */
function lastingOf(tokens: readonly Token[], unreal: Reach['unreal'], today: Day): Reach['unreal'] {
  if (unreal === 'firm' || unreal === 'except') return unreal;
  if (holds(tokens)) return kindsIn(tokens).has('except') ? 'except' : 'firm';
  return lasts(tokens, today) ? 'plan' : null;
}
