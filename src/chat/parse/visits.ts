import type { VocabularyIndicator } from '../intent.ts';
import { hasKind, textIn } from './clauses.ts';
import type { Portion } from './portions.ts';

/** 调研3天: what is counted behind it was seen there. */
export const tellsOfVisit = ({ before }: Portion): boolean =>
  before.some((token) => hasKind(token, 'visited') || /^(?:走访|调研|下基层)/u.test(token.text));

/** 调研3天 3所学校: what a sentence counts behind a visit was visited too, unless it was built. */
export function alongVisits(portions: readonly Portion[]): Portion[] {
  let visiting = false;
  let clause: Portion['clause'] | undefined;
  return portions.map((portion) => {
    if (portion.clause !== clause && portion.clause.opens) visiting = false;
    clause = portion.clause;
    const along = visiting && !/建/u.test(textIn(portion.before));
    visiting ||= tellsOfVisit(portion);
    return along ? { ...portion, visiting: true } : portion;
  });
}

/** 跑了4所学校、2家企业: what was visited is not what was built or fostered. */
export const isSeen = (portion: Portion, indicator: VocabularyIndicator | undefined): boolean =>
  (portion.visiting === true || tellsOfVisit(portion)) &&
  /学校$|企业$/u.test(indicator?.label ?? '') &&
  indicator !== undefined &&
  namesOf(indicator).every((name) => !/走访|调研|下基层/u.test(name));

const namesOf = ({ label, aliases }: VocabularyIndicator): string[] => [label, ...aliases];
