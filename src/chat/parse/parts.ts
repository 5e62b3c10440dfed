import type { VocabularyIndicator } from '../intent.ts';
import { blocks, kindsIn } from './claims.ts';
import { hasKind, isAny, textIn } from './clauses.ts';
import type { Figure } from './figures.ts';
import type { Placed } from './findings.ts';
import { namesIn } from './naming.ts';
import { namesPeople } from './people.ts';
import { allIn, type Portion, tokensIn } from './portions.ts';
import { isProgress } from './said.ts';
import { isSchool } from './schools.ts';
import type { Token } from './tokens.ts';
import { unitFits } from './units.ts';

/**
 * 演练+2,一中1次、二小1次: a place or a day that is said of the count before it, without a name of its own, may be a
 * part of it. It is never added; who wrote it is told so.
 */
export function isPart(finding: Placed, portion: Portion, before: readonly Placed[]): boolean {
  const whole = before.findLast(({ indicator }) => indicator === finding.indicator);
  const isNamed = namesIn(tokensIn(portion)).length > 0;
  return (
    !isNamed &&
    whole !== undefined &&
    isAdded(whole) &&
    !isPlaced(whole) &&
    isAdded(finding) &&
    isPlaced(finding)
  );
}

/** 共3篇,双减1篇、安全1篇、体育1篇: bare figures that come to the total in front of them are its parts. */
export function withParts(portions: readonly Portion[]): Portion[] {
  const parts = new Set<Portion>();
  for (const [at, whole] of portions.entries()) {
    if (whole.figure?.form !== 'plain' || !whole.before.some((token) => hasKind(token, 'total'))) continue;
    const end = portions.findIndex((each, next) => next > at && !isBareIn(each, whole));
    const behind = portions.slice(at + 1, end === -1 ? undefined : end);
    const sum = behind.reduce((all, { figure }) => all + (figure?.value ?? 0), 0);
    if (behind.length > 1 && sum === whole.figure.value) for (const each of behind) parts.add(each);
  }
  return portions.map((each) => (parts.has(each) ? { ...each, within: true } : each));
}

/**
 * 8类问题已转化3类: a number in front of its noun says what the thing is, and the one behind it how far that is; of a ratio
 * (35份责任书已签30份) it is the whole.
 */
export function withCalled(portions: readonly Portion[]): Portion[] {
  const joined: Portion[] = [];
  for (const portion of portions) {
    const front = joined.at(-1);
    if (front && isCalled(front, portion)) {
      const figure = isRatio(front, portion) ? ofWhole(front, portion) : portion.figure;
      joined[joined.length - 1] = {
        ...portion,
        ...(figure ? { figure } : {}),
        before: [...allIn(front), ...portion.before],
      };
    } else joined.push(portion);
  }
  return joined;
}

/** 下基层+5 书记: whose it is, parted from the figure by a blank. */
export function withWhose(portions: readonly Portion[]): Portion[] {
  const joined: Portion[] = [];
  for (const portion of portions) {
    const front = joined.at(-1);
    if (front?.figure && !portion.figure && front.clause === portion.clause && isWhose(front, portion))
      joined[joined.length - 1] = { ...front, after: [...front.after, ...portion.before] };
    else joined.push(portion);
  }
  return joined;
}

const isWhose = (front: Portion, { before }: Portion): boolean =>
  namesPeople(before) && !tokensIn(front).some((token) => token.is === 'word' && token.word.people);

const isCalled = (front: Portion, portion: Portion): boolean => {
  const { figure, before, clause } = portion;
  return (
    front.figure?.form === 'plain' &&
    front.before.every((token) => hasKind(token, 'plain')) &&
    namesIn(front.after).length > 0 &&
    figure?.form === 'plain' &&
    figure.unit === front.figure.unit &&
    // 9个县区,已覆盖6个.
    (clause === front.clause ||
      (!clause.opens && figure.value <= front.figure.value && isRatio(front, portion))) &&
    (before.some((token) => hasKind(token, 'already')) ||
      labelsIn(before).some((each) => labelsIn(front.after).includes(each)))
  );
};

/** Whether they name a ratio that is no comparison, and nothing that is counted by itself (受理50件,已办结45件). */
function isRatio(front: Portion, { before }: Portion): boolean {
  const named = namesIn([...front.after, ...before])
    .flat()
    .flatMap(({ role, indicator }) => (indicator ? [{ role, ratio: indicator.ratio }] : []));
  return (
    named.some(({ ratio }) => ratio && !ratio.parts) &&
    named.every(({ role, ratio }) => ratio || role !== 'label') &&
    kindsIn(before).has('already') &&
    !/[共总]/u.test(textIn(before))
  );
}

const ofWhole = (front: Portion, { figure }: Portion): Figure | undefined =>
  figure && front.figure && { ...figure, form: 'slash', whole: front.figure.value };

const labelsIn = (tokens: readonly Token[]): unknown[] =>
  namesIn(tokens)
    .flat()
    .flatMap(({ role, indicator }) => (role === 'label' && indicator ? [indicator] : []));

const isBareIn = ({ figure, before, clause }: Portion, whole: Portion): boolean =>
  figure?.form === 'plain' &&
  figure.unit === whole.figure?.unit &&
  (clause === whole.clause || !clause.opens) &&
  namesIn(before).length === 0 &&
  // 除去1件,实际12件 makes up 13件 by its nature.
  !blocks(before) &&
  !/实际|实有|净/u.test(textIn(before)) &&
  !before.some((token) => isAny(token, ['total', 'already', 'more']));

/** Listed behind another figure of its unit: 2所小学、1所幼儿园 are counted together. */
export const isListedWith = (
  { portion }: Spoken,
  before: Spoken | undefined,
  usual: VocabularyIndicator | undefined,
): boolean =>
  portion.listed &&
  before?.portion.clause === portion.clause &&
  portion.figure !== undefined &&
  (before.portion.figure?.unit === portion.figure.unit ||
    // 走访学校22所、企业3家: in any unit of what is counted.
    (usual !== undefined && portion.figure.unit !== '' && unitFits(portion.figure, usual)));

/** A figure that was read, and whether it is of nothing known. */
export interface Spoken {
  portion: Portion;
  isStrange: boolean;
}

/** Where one of several figures counted together is of nothing known, what the other just said is asked about. */
export function doubt(findings: Placed[], { portion }: Spoken): void {
  for (let at = findings.length - 1; at >= Math.max(0, findings.length - FEW); at -= 1) {
    const each = findings[at];
    const isOf = each?.of.some((token) => token === portion.number);
    if (each && isOf && isProgress(each.said)) findings[at] = { ...each, said: { ask: 'amount' } };
  }
}

/** So many things at most are read from two figures. */
const FEW = 16;

const isAdded = ({ said, indicator }: Placed): boolean =>
  isProgress(said) && said.op === 'add' && indicator?.ratio === null;

/** Said of a place or a day of its own. */
const isPlaced = ({ said, of }: Placed): boolean => ('on' in said && said.on !== undefined) || isSchool(of);
