import type { Finding } from './findings.ts';
import { namesIn } from './naming.ts';
import { type Portion, tokensIn } from './portions.ts';
import { isSchool } from './schools.ts';

/**
 * 演练+2,一中1次、二小1次: a place or a day that is said of the count before it, without a name of its own, may be a
 * part of it. It is never added; who wrote it is told so.
 */
export function isPart(finding: Finding, portion: Portion, before: readonly Finding[]): boolean {
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

const isAdded = ({ said, indicator }: Finding): boolean =>
  'act' in said && said.act === 'progress' && said.op === 'add' && indicator?.ratio === null;

/** Said of a place or a day of its own. */
const isPlaced = ({ said, of = [] }: Finding): boolean =>
  ('on' in said && said.on !== undefined) || isSchool(of);
