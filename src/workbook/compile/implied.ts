import { type Clause, clockIn } from './clause.ts';
import { labelOf } from './label.ts';
import { masked } from './number.ts';
import { isPast } from './past.ts';
import type { Promised } from './promise.ts';
import { isActed } from './subject.ts';

const SIGNED = /签订(?:《([^》]{2,20})》|(\p{Script=Han}{0,8}(?:责任书|承诺书)))/u;
const EVERYWHERE = /^(.*?)(?:实现)?(?:全覆盖|覆盖(?:所有|全部))/u;
const ACTS = /召开|通报|评估|开展|组织|收集|报告|汇报|梳理|研判|调度|分析|检查|排查/u;

/** What is promised without a number: once each time, for everybody, one paper each. */
export function implied(text: string, { from, words }: Clause, year: number): Promised[] {
  if (isPast(text, from + words.length - 1, year) || masked(words).includes('、每')) return [];
  const clock = clockIn(words);
  const guesses = ['方案没有写数,按文意补'];
  const base = {
    clause: words,
    comparator: '=' as const,
    high: null,
    preset: false,
    quota: false,
    odd: false,
    guesses,
  };
  const one = { ...base, low: 1, explicit: false };
  const [, title, paper] = SIGNED.exec(words) ?? [];
  const signed = title ?? paper;
  if (signed !== undefined) {
    const subject = isActed(text.slice(0, from + words.length)) ? 'person' : 'bureau';
    return [{ ...one, label: signed, unit: '份', clock: clock ?? 'once', subject, kind: 'deliverable' }];
  }
  const [, covered] = EVERYWHERE.exec(words) ?? [];
  if (covered !== undefined) {
    const share = {
      ...one,
      label: `${nameIn(covered)}覆盖`,
      low: 100,
      unit: '%',
      clock: clock ?? 'once',
    } as const;
    return [{ ...share, subject: 'bureau', kind: 'ratio' }];
  }
  if (clock === null || clock === 'year' || !ACTS.test(words)) return [];
  return [{ ...one, label: nameIn(words), unit: '次', clock, subject: 'bureau', kind: 'count' }];
}

const nameIn = (words: string): string =>
  labelOf(words, { from: 0, words }, { from: words.length, to: words.length, unit: '' }, undefined);
