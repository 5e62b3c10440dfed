import type { Day } from '../../ledger/days.ts';
import { blocks, holds, isPresent, kindsIn, lasts } from './claims.ts';
import { type Clause, hasKind } from './clauses.ts';
import type { When } from './dates.ts';
import { isFound, isOrigin, outside } from './forbidden.ts';
import { namesIn } from './naming.ts';
import type { Whose } from './people.ts';
import { type Portion, tokensIn } from './portions.ts';
import type { Reading } from './reading.ts';
import { isSchool } from './schools.ts';
import type { Token } from './tokens.ts';
import type { Kind } from './words.ts';

/** What earlier words of a sentence still say of later ones. */
export interface Reach {
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
  /** It was what is left (还差1家). */
  rest: boolean;
  /** The last figure stood right behind its name and its 累计, so that these may be its alone. */
  tight: boolean;
}

export const atStart: Reach = {
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
  rest: false,
  tight: false,
};

const reaching: readonly Kind[] = ['total', 'more', 'already', 'event', 'each', 'everyone', 'someday'];
/** What a heading says of all that stands under it. */
export const beginning = ({ under }: Clause, start: Reach): Reach =>
  under === undefined
    ? start
    : {
        ...start,
        manner: new Set(under.sense === null ? [] : [under.sense]),
        whens: under.whens,
        unreal: start.unreal ?? (under.plan ? 'plan' : null),
      };

const isAside = ({ after }: Portion, when: When): boolean =>
  after.some((token) => token.aside && token.is === 'when' && token.when === when);

/** What a portion leaves for those behind it, of what reached it and what it says itself. */
export function reachOf(
  portion: Portion,
  { manner, whose, blocked }: Reading,
  from: Reach,
  today: Day,
): Reach {
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
    rest: portion.figure !== undefined && kindsIn(portion.before).has('rest'),
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
