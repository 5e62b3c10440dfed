import type { Day } from '../../ledger/days.ts';
import type { Manner } from './amounts.ts';
import { isStanding, isUndone } from './behind.ts';
import { blocks, kindsIn, lasts } from './claims.ts';
import { textIn } from './clauses.ts';
import { namesIn } from './naming.ts';
import type { Whose } from './people.ts';
import type { Portion } from './portions.ts';
import type { Kind } from './words.ts';

/** How a portion says its figure, with what its sentence says around it. */
export interface Reading {
  manner: Manner;
  whose: Whose;
  /**
   * Why the figure is none: its own words forbid it, a plan reaches it, or it is of last year (which may still be a
   * ratio's other side).
   */
  blocked: 'own' | 'reach' | 'lastYear' | null;
}

export interface Read {
  portion: Portion;
  reading: Reading;
}

/** What forbids the last of a list (学校8所、学位6000个的目标不变) forbids all of it, but a plain +N. */
export function listed(read: readonly Read[], today: Day): Read[] {
  const settled = [...read];
  for (let at = settled.length - 1; at > 0; at -= 1) {
    const [before, last] = [settled[at - 1], settled[at]];
    if (!before || !last?.portion.listed || !last.portion.figure || before.portion.figure?.form === 'plus')
      continue;
    const { after } = last.portion;
    const forbids = last.reading.blocked === 'own' && (blocks(after) || lasts(after, today));
    if (forbids) settled[at - 1] = { ...before, reading: { ...before.reading, blocked: 'own' } };
  }
  return settled;
}

/** 培训班每期200人,共4期: behind a rule a total may be the rule's. */
export function ruled(read: readonly Read[]): Read[] {
  return read.map((each, at) => {
    const front = read[at - 1];
    const isRule =
      front?.portion.figure && kindsIn(front.portion.before).has('norm') && !each.portion.clause.opens;
    const { manner } = each.reading;
    const kinds = kindsIn(each.portion.before);
    if (!isRule || !kinds.has('total') || kinds.has('already') || !RULED.test(textIn(each.portion.before)))
      return each;
    return {
      ...each,
      reading: { ...each.reading, manner: { ...manner, kinds: new Set<Kind>([...manner.kinds, 'unsure']) } },
    };
  });
}

/** 新排查风险点2个,措施3条: behind news a bare figure may be news as well. */
export function afterNews(read: readonly Read[]): Read[] {
  return read.map((each, at) => {
    const front = read[at - 1];
    const { portion, reading } = each;
    const { kinds, whens } = reading.manner;
    const isNews = front?.portion.figure && front.reading.manner.kinds.has('more') && !portion.clause.opens;
    const isBare = portion.figure?.form === 'plain' && whens.length === 0;
    if (!isNews || !isBare || AMOUNT.some((kind) => kinds.has(kind))) return each;
    return {
      ...each,
      reading: { ...reading, manner: { ...reading.manner, kinds: new Set<Kind>([...kinds, 'unsure']) } },
    };
  });
}

/** 督查5/12又开展1次: in front of news of the same, so many of so many may be a day. */
export const perhapsDay = (read: readonly Read[]): Read[] =>
  read.map((each, at) => {
    const { portion, reading } = each;
    const next = read[at + 1];
    const { form, value = 0, whole = 0 } = portion.figure ?? {};
    const isDay = form === 'slash' && value <= 12 && whole <= 31 && next?.portion.clause === portion.clause;
    const isNews =
      isDay &&
      next.portion.figure &&
      next.reading.manner.kinds.has('more') &&
      namesIn(next.portion.before).length === 0;
    return isNews ? { ...each, reading: unsure(reading) } : each;
  });

/** The figure is asked about. */
export const unsure = (reading: Reading): Reading => ({
  ...reading,
  manner: { ...reading.manner, kinds: new Set<Kind>([...reading.manner.kinds, 'unsure']) },
});

/** 第二期培训班办完了,参训103人次: who came to the one occasion that was told of in front. */
export function attended(read: readonly Read[]): Read[] {
  return read.map((each, at) => {
    const front = read[at - 1];
    const { portion, reading } = each;
    const { kinds, whens } = reading.manner;
    const isOccasion =
      front?.portion.figure &&
      (front.portion.figure.form === 'ordinal' ||
        (front.portion.figure.value === 1 && front.reading.manner.whens.length > 0));
    const isBare = portion.figure?.form === 'plain' && portion.figure.unit === '人次';
    if (!isOccasion || !isBare || portion.clause.opens || AMOUNT.some((kind) => kinds.has(kind))) return each;
    return {
      ...each,
      reading: {
        ...reading,
        manner: {
          ...reading.manner,
          kinds: new Set<Kind>([...kinds, 'event']),
          whens: whens.length > 0 ? whens : front.reading.manner.whens,
        },
      },
    };
  });
}

const AMOUNT: readonly Kind[] = ['total', 'already', 'more', 'event'];

/** 累计 is what there is. */
const RULED = /^(?:一|总)?共计?$|^合计$/u;

/** 新增教育集团1个,方案已上会: behind the figure only its plan is on the way, so that it is asked about. */
export function planned(read: readonly Read[], today: Day): Read[] {
  const settled = [...read];
  for (const [at, { portion }] of read.entries()) {
    const front = settled[at - 1];
    const { clause, before, figure } = portion;
    if (!front?.portion.figure || figure || clause.opens || clause === front.portion.clause) continue;
    if (!PLAN.test(textIn(before)) || isStanding(front.portion, today)) continue;
    const { manner } = front.reading;
    const kinds = new Set<Kind>([...manner.kinds, 'unsure']);
    settled[at - 1] = { ...front, reading: { ...front.reading, manner: { ...manner, kinds } } };
  }
  return settled;
}

/** What is decided on before the thing itself. */
const PLAN =
  /^\p{Script=Han}{0,4}(?:方案|请示|申请|手续).{0,6}(?:[上过]会|[报送]审|报批|待批|会签|审议|审批|起草|拟定|拟好)/u;

/** 新建学校3所,均在建: a clause that is all predicate tells of the figures in front of it, that they aren't so yet. */
export function undone(read: readonly Read[], today: Day): Read[] {
  const settled = [...read];
  for (const [at, { portion }] of read.entries()) {
    const before = read[at - 1]?.portion.clause;
    if (portion.figure || portion.clause.opens || before === portion.clause || !isUndone(portion, today))
      continue;
    for (let front = at - 1; front >= 0 && read[front]?.portion.clause === before; front -= 1) {
      const each = settled[front];
      // What is asked about anyway stays a question.
      const isOpen =
        each && !each.reading.manner.kinds.has('unsure') && !TAKEN_IN.test(textIn(each.portion.before));
      if (isOpen && !isStanding(each.portion, today))
        settled[front] = { ...each, reading: { ...each.reading, blocked: 'own' } };
    }
  }
  return settled;
}

/** 受理举报3件,全部在办: what came in counts, whatever is still to be done about it. */
const TAKEN_IN = /受理|接单|接件|收[到集]|征集/u;
