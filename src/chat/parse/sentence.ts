import type { Day } from '../../ledger/days.ts';
import type { Manner } from './amounts.ts';
import { blocks, isPresent, kindsIn, lasts, whensIn } from './claims.ts';
import type { When } from './dates.ts';
import type { Clause } from './items.ts';
import { type Whose, whoseIn } from './people.ts';
import { type Portion, tokensIn } from './portions.ts';
import type { Kind } from './words.ts';

/** What earlier words of a sentence still say of later ones. */
export interface Reach {
  clause: Clause | null;
  /** The last thing was joined by 、 or a blank, so that 累计 and 新增 in front of it reach on. */
  manner: ReadonlySet<Kind>;
  whens: readonly When[];
  whose: Whose;
  school: boolean;
  /** A plan, a condition or a report began and hasn't ended. */
  unreal: boolean;
  /** In this very clause a figure was already none. */
  blocked: boolean;
}

export const atStart: Reach = { clause: null, manner: new Set(), whens: [], whose: null, school: false, unreal: false, blocked: false };

export interface Reading {
  manner: Manner;
  whose: Whose;
  /** `own` words forbid the figure; `reach` only what went before does. */
  blocked: 'own' | 'reach' | null;
  next: Reach;
}

const marks: readonly Kind[] = ['total', 'more', 'already', 'event', 'each'];
/** Marks that reach over a comma; 新增 and 已 belong to their own verb. */
const far: readonly Kind[] = ['total', 'event'];
const SCHOOL = /[\p{Script=Han}]{1,8}(?:中学|小学|幼儿园|中|校|学校|园)$|^[一二三四五六七八九十\d]{1,3}中/u;

/** Reads how a portion says its figure, given what reaches it, and what will reach the next. */
export function readPortion(portion: Portion, reach: Reach, today: Day): Reading {
  const tokens = tokensIn(portion);
  const same = reach.clause === portion.clause;
  const from = same || !portion.clause.opens ? reach : atStart;
  const own = kindsIn(tokens);
  const carried = [...from.manner].filter((kind) => same || far.includes(kind));
  const kinds = marked(own) ? own : new Set([...own, ...carried]);
  const ownWhens = whensIn(tokens);
  const whens = ownWhens.length > 0 ? ownWhens : from.whens;
  const ownWhose = whoseIn(tokens, new Set([...own, ...(same ? from.manner : [])]));
  const whose = ownWhose ?? from.whose;
  const school = own.has('school') || tokens.some(isSchool) || (same && from.school);
  const ownBlock = blocks(tokens, today) || (same && from.blocked);
  const unreal = from.unreal && !isPresent(tokens, today);
  return {
    manner: { kinds, whens, school },
    whose,
    blocked: ownBlock ? 'own' : unreal ? 'reach' : null,
    next: {
      clause: portion.clause,
      manner: new Set([...kinds].filter((kind) => marks.includes(kind))),
      whens,
      whose,
      school,
      unreal: unreal || lasts(tokens, today),
      blocked: ownBlock && portion.figure !== undefined && blocks(portion.before, today),
    },
  };
}

const marked = (kinds: ReadonlySet<Kind>): boolean => kinds.has('total') || kinds.has('more') || kinds.has('already');

/** A school's name, known to the plan or not: what happened there is one event of its own. */
function isSchool(token: ReturnType<typeof tokensIn>[number]): boolean {
  if (token.is === 'word') return token.word.section !== undefined && /[中学园校]$/u.test(token.text);
  return token.is === 'text' && SCHOOL.test(token.text);
}
