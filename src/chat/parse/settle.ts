import type { Ask, Intent, Understood, VocabularyIndicator } from '../intent.ts';
import { isPossible } from './ratios.ts';
import type { Finding } from './report.ts';

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
    const key =
      indicator?.ratio && isProgress(said) ? JSON.stringify([indicator.code, said.person, said.facet]) : '';
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
  (one.value === undefined) !== (other.value === undefined);

/** Of several figures of one indicator and person a total says it all; two different totals say nothing. */
function oneTotal(findings: Finding[]): Finding[] {
  const totals = new Map<VocabularyIndicator, Map<string, Finding[]>>();
  for (const finding of findings) {
    const { said, indicator } = finding;
    if (!indicator || indicator.ratio || !isProgress(said) || said.op !== 'set') continue;
    const persons = totals.get(indicator) ?? new Map<string, Finding[]>();
    const person = said.person ?? '';
    totals.set(indicator, persons.set(person, [...(persons.get(person) ?? []), finding]));
  }
  return findings.flatMap((finding) => {
    const { said, indicator } = finding;
    const persons = indicator && totals.get(indicator);
    if (!persons) return [finding];
    const all = isProgress(said) ? persons.get(said.person ?? '') : [];
    if (!all) return [finding];
    if (finding !== all.at(-1)) return [];
    const values = new Set(all.map((each) => (isProgress(each.said) ? each.said.value : undefined)));
    return [values.size > 1 ? { ...finding, said: { ask: 'amount' } satisfies Ask } : finding];
  });
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
