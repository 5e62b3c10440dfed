import type { Clock } from '../../ledger/terms.ts';

/** A stretch of a sentence between two marks, and where in it. */
export interface Clause {
  from: number;
  words: string;
}

export function clausesOf(text: string): Clause[] {
  return [...text.matchAll(/[^,;:。!?]+/gu)].map((match) => ({ from: match.index, words: match[0] }));
}

export function clauseAt(text: string, at: number): Clause {
  const found = clausesOf(text).find(({ from, words }) => at >= from && at < from + words.length);
  return found ?? { from: 0, words: text };
}

const CLOCKS: [RegExp, Clock][] = [
  [/每(?:一)?周|按周/gu, 'week'],
  [/每(?:个)?月|按月|逐月/gu, 'month'],
  [/每(?:个)?季度?|按季/gu, 'quarter'],
  [/每(?:个)?半年|每学期/gu, 'half'],
  [/每年度?|全年|年内|本年度|今年(?:内|以内)?|一年内/gu, 'year'],
];

/** The clock said last. */
export function clockIn(text: string): Clock | null {
  let last: { at: number; clock: Clock } | null = null;
  for (const [form, clock] of CLOCKS) {
    for (const { index } of text.matchAll(form)) {
      const sooner = /[上下前后]$/u.test(text.slice(0, index));
      if (!sooner && (last === null || index > last.at)) last = { at: index, clock };
    }
  }
  return last?.clock ?? null;
}

export const clockAfter = (after: string): Clock | null => {
  const [, unit] = /^\/(周|月|季度?|半年|年)/u.exec(after) ?? [];
  return unit === undefined ? null : clockIn(`每${unit}`);
};

/** A period that the ledger has no clock for. */
export const oddPeriod = (before: string): string | null =>
  /每(?:个)?(?:天|日|晚|半个?月|[两二三2-9]个?[周月年]|旬|班|小时|学年)/u.exec(before)?.[0] ?? null;
