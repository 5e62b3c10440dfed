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

/** What happened before, or is the case anyhow, is no promise. */
export const PAST =
  /(?<![较比与同])(?:去年|上年度?)|近年来|近[一二两三\d]+年|以来|此前|曾经?|已(?:经|累计)?(?:建成|完成|查处|发生|办结)|现有|目前/u;
