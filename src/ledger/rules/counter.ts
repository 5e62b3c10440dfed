import type { Clock, IndicatorKind, Register } from '../terms.ts';
import { isDuty } from './code.ts';

/** What the bot itself does or keeps a list of. What a plan counts it by, and whether at all, its words say, not its codes. */
export type Counted = 'meeting' | 'report' | 'bulletin' | 'evaluation' | Register;

/** An indicator and the task that it is of, by their words. */
export interface Counter {
  task: string;
  title: string;
  code: string;
  label: string;
  kind: IndicatorKind;
  clock: Clock;
}

interface Mark {
  words: RegExp;
  /** Of a standing duty; else of one of the plan's tasks. */
  duty: boolean;
  kind?: IndicatorKind;
  clock?: Clock;
}

const marks: Record<Counted, Mark> = {
  meeting: { words: /推进会|调度会|月调度/u, duty: true, kind: 'count', clock: 'month' },
  report: { words: /汇报/u, duty: true, kind: 'count', clock: 'quarter' },
  bulletin: { words: /通报/u, duty: true, kind: 'count', clock: 'quarter' },
  evaluation: { words: /第三方/u, duty: true },
  inspection: { words: /督查/u, duty: true, kind: 'count', clock: 'month' },
  visit: { words: /实地|四不两直/u, duty: true, kind: 'ratio' },
  wish: { words: /点单|急难愁盼/u, duty: false, kind: 'count' },
  decision: { words: /三重一大/u, duty: false },
  burden: { words: /减负/u, duty: false },
};

const fits = (what: Counted, { task, kind, clock }: Counter): boolean => {
  const mark = marks[what];
  return (
    isDuty(task) === mark.duty &&
    (mark.kind === undefined || kind === mark.kind) &&
    (mark.clock === undefined || clock === mark.clock)
  );
};

/**
 * The one indicator that counts it: by its own label, else by its task's title where that has no other of the kind.
 * Undefined where several could be it: nothing is counted by a guess.
 */
export function counterOf<T extends Counter>(what: Counted, counters: readonly T[]): T | undefined {
  const able = counters.filter((each) => fits(what, each));
  const labelled = able.filter(({ label }) => marks[what].words.test(label));
  const titled = able.filter(
    ({ task, title }) =>
      marks[what].words.test(title) && able.filter((each) => each.task === task).length === 1,
  );
  const [only, ...more] = labelled.length > 0 ? labelled : titled;
  return more.length === 0 ? only : undefined;
}

interface Task<I> {
  code: string;
  title: string;
  indicators: readonly I[];
}

/** The code of the one task that it belongs to; undefined where the plan has none, or several. */
export function taskOf(
  what: Counted,
  tasks: readonly Task<Pick<Counter, 'code' | 'label' | 'kind' | 'clock'>>[],
): string | undefined {
  const counter = counterOf(what, countersOf(tasks));
  if (counter) return counter.task;
  const { words, duty } = marks[what];
  const [only, ...more] = tasks.filter(({ code, title }) => isDuty(code) === duty && words.test(title));
  return more.length === 0 ? only?.code : undefined;
}

export const countersOf = <I extends Pick<Counter, 'code' | 'label' | 'kind' | 'clock'>>(
  tasks: readonly Task<I>[],
): (I & Counter)[] =>
  tasks.flatMap(({ code: task, title, indicators }) =>
    indicators.map((indicator) => ({ ...indicator, task, title })),
  );
