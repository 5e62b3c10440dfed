import { periodOf, spanOf } from '../../ledger/rules/period.ts';
import type { Ask, Intent, Understood, VocabularyIndicator } from '../intent.ts';
import type { Placed } from './findings.ts';
import { isPossible } from './ratios.ts';
import { isProgress } from './said.ts';
import type { Token } from './tokens.ts';

/**
 * Makes one statement of what was said of each figure in pieces: a ratio's two sides, a total beside the increment
 * that led to it; and asks where the pieces don't agree.
 */
export function settled(findings: readonly Placed[]): Placed[] {
  const whole = withoutShares(joined(withoutLedUp(withoutElided(findings))));
  return withoutRepeats(asWhole(oneTotal(whole).map(certain)));
}

/** 应签20家,实签19家,签订率95%: the share that its sides come to says nothing more. */
const withoutShares = (findings: Placed[]): Placed[] => {
  const isOf = (one: Placed, { indicator, percent }: Placed) =>
    one.indicator === indicator && percent !== undefined && comesTo(one.said, percent);
  const shares = new Set(findings.filter((share) => findings.some((each) => isOf(each, share))));
  return findings
    .filter((each) => !shares.has(each))
    .map((each) => ({
      ...each,
      of: [each, ...[...shares].filter((share) => isOf(each, share))].flatMap(({ of }) => of),
    }));
};

const comesTo = (said: Understood, percent: number): boolean =>
  isProgress(said) &&
  said.part !== undefined &&
  (said.value === undefined || Math.abs((said.part / said.value) * 100 - percent) < 1);

/** 搞了场演练 4.3.2加1: the one that is not spelled out is the one that is, and stands for its words too. */
function withoutElided(findings: readonly Placed[]): Placed[] {
  const kept = findings.filter(
    ({ elided, indicator }) =>
      elided !== true || !findings.some((each) => each.elided !== true && each.indicator === indicator),
  );
  return kept.map((each) => {
    const same = findings.filter(({ elided, indicator }) => elided === true && indicator === each.indicator);
    return each.elided === true || same.length === 0
      ? each
      : { ...each, of: [each, ...same].flatMap(({ of }) => of) };
  });
}

/** 责任书又签回2家,19/20: both sides of a ratio say all of it, and one of them in front no more than that. */
function withoutLedUp(findings: readonly Placed[]): Placed[] {
  const led = new Map<string, Placed[]>();
  const dropped = new Set<Placed>();
  const told = findings.map((finding) => {
    const { said, indicator, of } = finding;
    if (!indicator?.ratio || !isProgress(said)) return finding;
    const key = JSON.stringify([indicator.code, said.person, said.facet]);
    const before = led.get(key) ?? [];
    led.set(key, hasBothSides(said) ? [] : [...before, finding].slice(-FEW));
    if (!hasBothSides(said)) return finding;
    for (const each of before) dropped.add(each);
    return { ...finding, of: [...before.flatMap((each) => each.of), ...of] };
  });
  return told.filter((each) => !dropped.has(each));
}

/** So many sides at most lead up to a whole. */
const FEW = 4;

const hasBothSides = ({ part, value }: Intent): boolean => part !== undefined && value !== undefined;

/**
 * 演练两次,一次在一中一次在职校: beside a count that is asked about, increments of the same indicator may be its parts,
 * so that all of it is the one question.
 */
function asWhole(findings: Placed[]): Placed[] {
  const isOpen = ({ said }: Placed) => 'ask' in said && said.ask === 'amount';
  const open = findings.filter(isOpen);
  const partsOf = (whole: Placed) =>
    findings.filter((each) => each.indicator === whole.indicator && isProgress(each.said) && each.indicator);
  const parts = new Set(open.flatMap(partsOf));
  return findings
    .filter((each) => !parts.has(each))
    .map((each) => (isOpen(each) ? standingFor(each, partsOf(each)) : each));
}

const standingFor = (whole: Placed, parts: Placed[]): Placed => ({
  ...whole,
  own: whole.of,
  of: [whole, ...parts].flatMap(({ of }) => of),
});

/** One side of a ratio without a mark of how it stands may be news or the whole of it. */
const certain = ({ unsure, ...finding }: Placed): Placed =>
  unsure === true && isProgress(finding.said) && finding.said.value === undefined
    ? { ...finding, said: { ask: 'amount' } satisfies Ask }
    : finding;

/** The two sides of a ratio, said one after the other. */
function joined(findings: readonly Placed[]): Placed[] {
  const kept: Placed[] = [];
  const sides = new Map<string, number>();
  for (const finding of findings) {
    const { said, indicator } = finding;
    const key = indicator?.ratio && isProgress(said) ? JSON.stringify([indicator.code, said.person]) : '';
    const at = sides.get(key);
    const before = at === undefined ? undefined : asWholeOf(kept[at], said);
    if (at === undefined || !before || !isProgress(said) || !isProgress(before.said)) {
      if (key !== '') sides.set(key, kept.length);
      kept.push(finding);
    } else if (!complement(before.said, said)) {
      if (contradicts(before, finding))
        kept[at] = { ...before, said: { ask: 'amount' }, of: [...before.of, ...finding.of] };
      else {
        sides.set(key, kept.length);
        kept.push(finding);
      }
    } else {
      const both: Intent = { ...before.said, ...said, op: 'set' };
      kept[at] = {
        ...before,
        said: isPossible(both) ? both : { ask: 'amount' },
        of: [...before.of, ...finding.of],
        unsure: false,
      };
    }
  }
  return kept;
}

/** 县区覆盖 共9个县区已覆盖6个: in front of the part, what may be either is the whole. */
function asWholeOf(finding: Placed | undefined, next: Understood): Placed | undefined {
  if (finding?.either !== true || !isProgress(finding.said) || !isProgress(next)) return finding;
  const { part, ...said } = finding.said;
  if (part === undefined || next.part === undefined || next.value !== undefined || next.part > part)
    return finding;
  return { ...finding, said: { ...said, value: part } };
}

/** Two figures for the same side of a ratio, neither of a time of its own. */
const contradicts = ({ said, ...before }: Placed, { said: next, indicator }: Placed): boolean =>
  isProgress(said) &&
  isProgress(next) &&
  said.op === 'set' &&
  next.op === 'set' &&
  said.facet === next.facet &&
  ((said.part !== undefined && next.part !== undefined && said.part !== next.part) ||
    (said.value !== undefined && next.value !== undefined && said.value !== next.value)) &&
  !areApart([
    { ...before, indicator, said },
    { ...before, indicator, said: next },
  ] as (Placed & { said: Intent })[]);

const complement = (one: Intent, other: Intent): boolean =>
  (one.part === undefined) !== (other.part === undefined) &&
  (one.value === undefined) !== (other.value === undefined) &&
  (other.facet === undefined || other.facet === one.facet);

/** What was said of one indicator: all of it, its totals, and whether the last word on it was a question. */
interface Spoken {
  all: Placed[];
  /** The tokens of all of it, found once. */
  of?: readonly Token[];
  totals: (Placed & { said: Intent })[];
  open: boolean;
}

/**
 * Of several figures of one indicator and person a total says it all, and answers a bare count before it
 * (12项已改9项); two different totals, or a bare count after one, say nothing.
 */
function oneTotal(findings: Placed[]): Placed[] {
  const spoken = new Map<VocabularyIndicator, Spoken>();
  for (const finding of findings) {
    const { said, indicator } = finding;
    if (!indicator || indicator.ratio) continue;
    const of = spoken.get(indicator) ?? { all: [], totals: [], open: false };
    if (isProgress(said) && said.op === 'set') of.totals.push({ ...finding, said });
    of.all.push(finding);
    of.open = 'ask' in said;
    spoken.set(indicator, of);
  }
  return findings.flatMap((finding) => {
    const of = finding.indicator && spoken.get(finding.indicator);
    return of && of.totals.length > 0 ? summed(finding, of) : [finding];
  });
}

function summed(finding: Placed, spoken: Spoken): Placed[] {
  const { said } = finding;
  const { totals, open } = spoken;
  // The question at the end, and the total, stand for what they leave out.
  spoken.of ??= spoken.all.flatMap((each) => each.of);
  const { of } = spoken;
  // 书记2次,党建副局长累计1次: another's total doesn't answer it.
  if (!isProgress(said) && !open && finding.indicator?.subject === 'person') return [finding];
  if (!isProgress(said)) return open ? [{ ...finding, of }] : [];
  const own = totals.filter((each) => each.said.person === said.person);
  const last = own.at(-1);
  if (!last) return [finding];
  if (open) return [];
  if (areApart(own)) return said.op === 'set' ? [finding] : [];
  if (said !== last.said) return [];
  const values = new Set(own.map((each) => each.said.value));
  return [{ ...finding, of, said: values.size > 1 ? { ask: 'amount' } : said }];
}

/** 3月已1次,4月已1次 are totals of two periods of the indicator's own, and both count. */
function areApart(totals: readonly (Placed & { said: Intent })[]): boolean {
  const periods = totals.map(({ said: { on, period }, indicator }) => {
    const day = on ?? (period === undefined ? undefined : spanOf(period).ends);
    return day && indicator ? periodOf(indicator.clock, day) : undefined;
  });
  return totals.length > 1 && !periods.includes(undefined) && new Set(periods).size === totals.length;
}

/** The same question is asked once; of a part in brackets not beside the question about the whole. */
function withoutRepeats(findings: Placed[]): Placed[] {
  const asked = new Set<string>();
  return findings.filter(({ said, task, indicator, within }) => {
    if (!('ask' in said)) return true;
    const key = JSON.stringify([task.code, within === true ? undefined : indicator?.code, said]);
    const whole = JSON.stringify([task.code, undefined, said]);
    if (asked.has(key)) return false;
    asked.add(key).add(whole);
    return true;
  });
}
