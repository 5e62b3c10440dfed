import type { Day } from '../days.ts';
import { type Book, type Figure, figureOf } from './figure.ts';
import type { Frame, Indicator } from './indicator.ts';
import { isAwaited, periodsEnded, recurs, running, spanOf } from './period.ts';

/** A task, or as much of it as its completion is measured by. */
export interface Measured extends Book {
  deadline: Day | null;
}

/**
 * The unweighted mean of the task's chased indicators, its papers among them; null where there is nothing to
 * measure. A closed task keeps the figure that its indicators give: closing is a decision, not a measurement.
 */
export function taskCompletion(task: Measured, frame: Frame): number | null {
  return mean(chased(task).map((indicator) => completionOf(task, indicator, frame)));
}

/** From 0 to 1, over everyone who has to meet it; null for a limit without an event. */
export function completionOf(task: Measured, indicator: Indicator, frame: Frame): number | null {
  return mean(subjects(indicator, frame).map((person) => personCompletion(task, indicator, frame, person)));
}

/** One person's completion, or with null that of the bureau as a whole. */
export function personCompletion(
  task: Measured,
  indicator: Indicator,
  frame: Frame,
  personId: number | null,
): number | null {
  const reached = (period: string) => reach(indicator, figureOf(task, indicator, spanOf(period), personId));
  if (!recurs(indicator.clock)) return reached('once');
  const current = running(indicator.clock, frame, task.deadline);
  const now = current === null ? null : reached(current);
  const ended = periodsEnded(indicator.clock, frame, task.deadline)
    .map((period) => ({ made: reached(period), awaited: isAwaited(indicator, period, frame) }))
    .flatMap(({ made, awaited }) => (awaited && made !== 1 ? [] : [made]));
  if (ended.length === 0) return now;
  return mean(now === 1 ? [...ended, now] : ended);
}

/** Whether the period asks nothing more of anybody: everyone who has to meet the indicator has met it. */
export const isMet = (task: Measured, indicator: Indicator, frame: Frame, period: string): boolean =>
  subjects(indicator, frame).every((person) => {
    const reached = reach(indicator, figureOf(task, indicator, spanOf(period), person));
    return reached === null || reached === 1;
  });

/**
 * How much of the target a figure makes, from 0 to 1; more than the target is 1. A range counts from its lower
 * bound, a ratio without a denominator is 0, a limit without events null.
 */
export function reach(indicator: Indicator, figure: Figure): number | null {
  switch (figure.kind) {
    case 'limit':
      return figure.events.length > 0 ? figure.within / figure.events.length : null;
    case 'ratio':
      return figure.whole > 0 ? share(indicator, figure.part * 100, figure.whole * indicator.target) : 0;
    case 'number':
      return share(indicator, figure.value, indicator.target);
  }
}

/** Rounded down, and 100 only for what is complete: 0.29 is 29, though 0.29 * 100 is 28.999999999999996. */
export const percent = (completion: number): number =>
  completion >= 1 ? 100 : Math.min(99, Math.floor(completion * 100 + 1e-9));

/** What is asked for and shown as missing; the rest (`monitor`) is only counted. */
export const chased = (book: Book): Indicator[] =>
  book.indicators.filter((indicator) => indicator.class === 'chase');

/** Whose figures have to meet it: each member's own, or the bureau's as one, also while that is 待明确. */
export const subjects = (indicator: Indicator, frame: Frame): readonly (number | null)[] =>
  indicator.subject === 'person' ? frame.members : [null];

function share({ comparator }: Indicator, figure: number, target: number): number {
  const atMost = comparator === '<=';
  const [made, asked] = atMost ? [target, figure] : [figure, target];
  if (asked <= 0) return 1;
  const part = Math.max(0, made / asked);
  return part > 1 - 1e-12 ? 1 : part;
}

function mean(completions: readonly (number | null)[]): number | null {
  const measured = completions.filter((each) => each !== null);
  if (measured.length === 0) return null;
  return measured.reduce((sum, each) => sum + each, 0) / measured.length;
}
