import type { Ask, Intent, Understood, VocabularyIndicator } from '../intent.ts';
import type { Finding } from './findings.ts';
import { isPossible } from './ratios.ts';

const isProgress = (said: Understood): said is Intent => 'act' in said && said.act === 'progress';

/**
 * Makes one statement of what was said of each figure in pieces: a ratio's two sides, a total beside the increment
 * that led to it; and asks where the pieces don't agree.
 */
export function settled(findings: readonly Finding[]): Finding[] {
  return withoutRepeats(oneTotal(joined(findings)).map(certain));
}

/** One side of a ratio without a mark of how it stands may be news or the whole of it. */
const certain = ({ unsure, ...finding }: Finding): Finding =>
  unsure === true && isProgress(finding.said) && finding.said.value === undefined
    ? { ...finding, said: { ask: 'amount' } satisfies Ask }
    : finding;

/** The two sides of a ratio, said one after the other. */
function joined(findings: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  const sides = new Map<string, number>();
  for (const finding of findings) {
    const { said, indicator } = finding;
    const key = indicator?.ratio && isProgress(said) ? JSON.stringify([indicator.code, said.person]) : '';
    const at = sides.get(key);
    const before = at === undefined ? undefined : kept[at];
    if (
      at === undefined ||
      !before ||
      !isProgress(said) ||
      !isProgress(before.said) ||
      !complement(before.said, said)
    ) {
      if (key !== '') sides.set(key, kept.length);
      kept.push(finding);
    } else {
      const both: Intent = { ...before.said, ...said, op: 'set' };
      kept[at] = { ...before, said: isPossible(both) ? both : { ask: 'amount' }, unsure: false };
    }
  }
  return kept;
}

const complement = (one: Intent, other: Intent): boolean =>
  (one.part === undefined) !== (other.part === undefined) &&
  (one.value === undefined) !== (other.value === undefined) &&
  (other.facet === undefined || other.facet === one.facet);

/** What was said of one indicator: its totals by person, and whether the last word on it was a question. */
interface Told {
  totals: Map<string, Finding[]>;
  open: boolean;
}

/**
 * Of several figures of one indicator and person a total says it all, and answers a bare count before it
 * (12项已改9项); two different totals, or a bare count after one, say nothing.
 */
function oneTotal(findings: Finding[]): Finding[] {
  const told = new Map<VocabularyIndicator, Told>();
  for (const finding of findings) {
    const { said, indicator } = finding;
    if (!indicator || indicator.ratio) continue;
    const of = told.get(indicator) ?? { totals: new Map<string, Finding[]>(), open: false };
    if (isProgress(said) && said.op === 'set') {
      const person = said.person ?? '';
      of.totals.set(person, [...(of.totals.get(person) ?? []), finding]);
    }
    told.set(indicator, { ...of, open: 'ask' in said });
  }
  return findings.flatMap((finding) => {
    const of = finding.indicator && told.get(finding.indicator);
    return of && of.totals.size > 0 ? summed(finding, of) : [finding];
  });
}

function summed(finding: Finding, { totals, open }: Told): Finding[] {
  const { said } = finding;
  if (!isProgress(said)) return open ? [finding] : [];
  const all = totals.get(said.person ?? '');
  if (!all) return [finding];
  if (open || finding !== all.at(-1)) return [];
  const values = new Set(all.map((each) => (isProgress(each.said) ? each.said.value : undefined)));
  return [values.size > 1 ? { ...finding, said: { ask: 'amount' } } : finding];
}

/** The same question is asked once; of a part in brackets not beside the question about the whole. */
function withoutRepeats(findings: Finding[]): Finding[] {
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
