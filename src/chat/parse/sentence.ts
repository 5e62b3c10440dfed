import type { Day } from '../../ledger/days.ts';
import type { Manner } from './amounts.ts';
import { blocks, holds, isPresent, kindsIn, lasts, whensIn } from './claims.ts';
import { isPastYear, type When } from './dates.ts';
import { type Clause, hasKind } from './items.ts';
import { type Whose, whoseIn } from './people.ts';
import { type Portion, textIn, tokensIn } from './portions.ts';
import type { Token } from './tokens.ts';
import type { Kind } from './words.ts';

/** What earlier words of a sentence still say of later ones. */
interface Reach {
  clause: Clause | null;
  manner: ReadonlySet<Kind>;
  whens: readonly When[];
  whose: Whose;
  school: boolean;
  /** A plan began and hasn't ended, or a condition, an exception or a report, which nothing ends before the stop. */
  unreal: 'plan' | 'firm' | null;
  /** In this very clause a figure was already none. */
  blocked: boolean;
}

const atStart: Reach = {
  clause: null,
  manner: new Set(),
  whens: [],
  whose: null,
  school: false,
  unreal: null,
  blocked: false,
};

export interface Reading {
  manner: Manner;
  whose: Whose;
  /**
   * Why the figure is none: its own words forbid it, a plan or a condition reaches it, or it is of last year (which
   * may still be a ratio's other side).
   */
  blocked: 'own' | 'reach' | 'lastYear' | null;
}

const reaching: readonly Kind[] = ['total', 'more', 'already', 'event', 'each', 'everyone'];
/** Marks that a mark of the figure's own doesn't end. */
const always: readonly Kind[] = ['event', 'each', 'everyone'];
/** Marks that reach over a comma; 新增 and 已 belong to their own verb. */
const far: readonly Kind[] = ['total', 'event'];

/** Reads how each portion of an item says its figure, with what its sentence says around it. */
export function readPortions(portions: readonly Portion[], today: Day, unreal = false): Reading[] {
  const back = namedBehind(portions);
  let reach: Reach = unreal ? { ...atStart, unreal: 'firm' } : atStart;
  const readings = portions.map((portion) => {
    const { reading, next } = readPortion(portion, reach, back, today);
    reach = next;
    return reading;
  });
  return listed(portions, readings, today);
}

function readPortion(
  portion: Portion,
  reach: Reach,
  back: readonly When[],
  today: Day,
): { reading: Reading; next: Reach } {
  const tokens = tokensIn(portion);
  const same = reach.clause === portion.clause;
  const from = same || !portion.clause.opens || reach.clause === null ? reach : atStart;
  const outside = portion.within ? tokens : tokens.filter((token) => !token.aside);
  const own = kindsIn(outside);
  // 1200个已投用 tells of them; only 已 in front of a figure says that it is all there are.
  if (portion.figure && !kindsIn(portion.before).has('already')) own.delete('already');
  const carried = [...from.manner].filter((kind) => same || portion.within || far.includes(kind));
  const kinds = new Set([...own, ...carried.filter((kind) => always.includes(kind) || !isMarked(own))]);
  const ownWhens = whensIn(tokens);
  // 本月1次,累计3次: a total without a time of its own isn't the month's.
  const reached = own.has('total') && !same ? from.whens.filter((when) => when.since) : from.whens.length > 0 ? from.whens : back;
  const whens = ownWhens.length > 0 ? ownWhens : reached;
  const whose = whoseIn(tokens, kinds) ?? from.whose;
  const school = own.has('school') || isSchool(tokens) || (same && from.school);
  const forbidden = blocks(outside) || (same && from.blocked) || isOrigin(portion) || asks(portion.clause);
  const ahead = lasts(outside, today);
  const unreal = from.unreal === 'plan' && isPresent(tokens, today) ? null : from.unreal;
  const pastYear = ownWhens.some((when) => isPastYear(when, today));
  const blocked = forbidden || ahead || unreal === 'firm' ? 'own' : unreal ? 'reach' : pastYear ? 'lastYear' : null;
  return {
    reading: { manner: { kinds, whens, school }, whose, blocked },
    next: {
      clause: portion.clause,
      manner: new Set([...kinds].filter((kind) => reaching.includes(kind))),
      whens,
      whose,
      school,
      unreal: unreal === 'firm' || holds(outside) ? 'firm' : ahead ? 'plan' : unreal,
      blocked: blocks(portion.before),
    },
  };
}

const asks = ({ tokens }: Clause): boolean => kindsIn(tokens).has('asks');

const isMarked = (kinds: ReadonlySet<Kind>): boolean =>
  kinds.has('total') || kinds.has('more') || kinds.has('already');

/** 由1200个 增加到…: the first of the two is where it came from. */
const isOrigin = ({ before }: Portion): boolean =>
  before.some(
    (token, at) =>
      token.is === 'word' &&
      token.word.kinds.has('from') &&
      before.slice(at + 1).every((each) => each.is !== 'text' && each.is !== 'word'),
  );

/** 都是本月的, 记入3月, or only 4月9日: a time said at the end for all the figures before it. */
function namedBehind(portions: readonly Portion[]): When[] {
  const last = portions.at(-1);
  if (!last) return [];
  const tokens = last.figure ? last.after : last.before;
  const kinds = kindsIn(tokens);
  const only = !last.figure && tokens.every((token) => token.is === 'when' || hasKind(token, 'filler') || hasKind(token, 'light'));
  const ofAll = kinds.has('each') && /[是为属]/u.test(textIn(tokens));
  return kinds.has('book') || ofAll || only ? whensIn(tokens) : [];
}

/** What forbids the last of a list (学校8所、学位6000个的目标不变) forbids all of it, but a plain +N. */
function listed(portions: readonly Portion[], readings: Reading[], today: Day): Reading[] {
  const settled = [...readings];
  for (let at = portions.length - 1; at > 0; at -= 1) {
    const [portion, before] = [portions[at], portions[at - 1]];
    const reading = settled[at - 1];
    if (!portion?.listed || !portion.figure || !reading || before?.figure?.form === 'plus') continue;
    const forbids = settled[at]?.blocked === 'own' && (blocks(portion.after) || lasts(portion.after, today));
    if (forbids) settled[at - 1] = { ...reading, blocked: 'own' };
  }
  return settled;
}

const SCHOOL =
  /([\p{Script=Han}]{0,6})(?:中学|小学|幼儿园|职校|[一二三四五六七八九十\d]{1,3}[中小](?!学))(等)?/u;

/** A school by name, of the plan or not: what happened there is one event of its own. */
function isSchool(tokens: readonly Token[]): boolean {
  const unnamed = tokens.map((token) => (token.is === 'word' && token.word.uses.length > 0 ? ' ' : token.text));
  const found = SCHOOL.exec(unnamed.join(''));
  return found !== null && found[2] === undefined && !/[各全每多几]|所有|中小?$/u.test(found[1] ?? '');
}
