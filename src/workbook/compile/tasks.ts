import type { Clock } from '../../ledger/terms.ts';
import type { Item, Outline } from './outline.ts';
import { isPast } from './past.ts';
import { type Promised, promisesIn } from './promise.ts';

/** A task as it is proposed: some sentences of one measure, and what they promise. */
export interface Proposed {
  item: Item;
  sentences: string[];
  promises: Promised[];
  /** Papers to be made: 制定《…》. */
  papers: string[];
}

/** So many tasks, says the plan itself: 6大类42项任务. */
export function declaredTotal({ sentences }: Outline): number | null {
  for (const sentence of sentences) {
    const [, total] = DECLARED.exec(sentence) ?? [];
    if (total !== undefined) return Number(total);
  }
  return null;
}

export const DECLARED = /\d+(?:大|个)?(?:类|方面)(\d+)(?:项|条|个)(?:\p{Script=Han}{0,4})(?:任务|措施|事项)/u;

const propose = (item: Item, sentences: string[], year: number): Proposed => ({
  ...{ item, sentences },
  promises: sentences.flatMap((sentence) => promisesIn(sentence, year)),
  papers: sentences.flatMap(papersIn),
});

/**
 * As the plan itself divides a measure, else sentence by sentence; what promises nothing goes with its neighbour, and
 * where the plan says how many tasks there are, those that promise least are joined until there are so many.
 */
export function tasksOf(outline: Outline, year: number): Proposed[] {
  const total = declaredTotal(outline);
  const tasks = outline.categories.flatMap(({ items }) =>
    items.flatMap((item) => item.division.map((sentences) => propose(item, sentences, year))),
  );
  for (;;) {
    if (total !== null && tasks.length <= total) return tasks;
    const at = cheapest(tasks, total === null);
    if (at === null) return tasks;
    const [one, other] = tasks.splice(at, 2);
    if (one && other) tasks.splice(at, 0, joined(one, other));
  }
}

/** Where two neighbours of one measure cost least to join; or only those with nothing to lose. */
function cheapest(tasks: Proposed[], idleOnly: boolean): number | null {
  let best: { at: number; cost: number } | null = null;
  for (const [at, one] of tasks.entries()) {
    const other = tasks[at + 1];
    if (other === undefined || other.item !== one.item) continue;
    const [mine, its] = [weight(one), weight(other)];
    const idle = mine === 0 || its === 0;
    if (idleOnly && !idle) continue;
    const cost = (idle ? 0 : 100) + mine + its + one.sentences.length + other.sentences.length;
    if (best === null || cost < best.cost) best = { at, cost };
  }
  return best?.at ?? null;
}

const weight = ({ promises, papers }: Proposed): number => promises.length + papers.length;

const joined = (one: Proposed, other: Proposed): Proposed => ({
  item: one.item,
  sentences: [...one.sentences, ...other.sentences],
  promises: [...one.promises, ...other.promises],
  papers: [...one.papers, ...other.papers],
});

function papersIn(sentence: string): string[] {
  const made =
    /(制定|修订完善|修订|出台|印发|编制|起草|完善)(?:[^,;。《》]{0,12})((?:《[^》]+》[、和及]?)+)/gu;
  return [...sentence.matchAll(made)].flatMap(([, verb, titles = '']) =>
    [...titles.matchAll(/《[^》]+》/gu)].map(([title]) => `${verb}${title}`),
  );
}

/** 2026年底前: by when, and not what. */
const DAY_ALONE = /^(?:20\d\d年)?(?:\d{1,2}月)?\d{0,2}日?[年底末]*(?:以前|之前|前)?$/u;
const words = new Intl.Segmenter('zh', { granularity: 'word' });
const LONGEST = 22;

/** What its first sentence is about, short enough for a line. */
export function titleOf({ sentences, item }: Proposed, year: number): string {
  const clauses = sentences
    .join('')
    .split(/[,;:。]/u)
    .filter((part) => part.length > 5 && !DAY_ALONE.test(part));
  const clause = clauses.find((part) => !isPast(part, part.length - 1, year)) ?? clauses[0];
  const plain = (clause ?? item.title)
    .replace(/^[一二三四五六七八九十]{1,2}是/u, '')
    .replace(/^(?:要求)?(?:领导班子成员|班子成员|领导干部)(?:带头|牵头)?/u, '')
    .replace(/^(?:牵头|带头)/u, '')
    .replace(/^(?:每年|全年|每月|每季度|每半年)/u, '');
  let title = '';
  for (const { segment } of words.segment(plain)) {
    if (title.length + segment.length > LONGEST) break;
    title += segment;
  }
  return title === '' ? item.title : title;
}

const TIGHTNESS: Clock[] = ['week', 'month', 'quarter', 'half', 'year', 'once', 'closure'];

export const tightest = (promises: readonly Promised[]): Clock =>
  TIGHTNESS.find((clock) => promises.some((promise) => promise.clock === clock)) ?? 'once';
