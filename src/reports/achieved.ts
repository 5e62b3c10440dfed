import { type Figure, figureOf } from '../ledger/rules/figure.ts';
import { type Indicator, isPaper } from '../ledger/rules/indicator.ts';
import { narrower } from '../ledger/rules/level.ts';
import type { Level } from '../ledger/terms.ts';
import type { Seen } from '../ledger/views/survey.ts';

/** What an indicator has come to since the plan began; figures of persons are everybody's together. */
export interface Achieved {
  task: string;
  title: string;
  code: string;
  label: string;
  unit: string;
  level: Level;
  monitored: boolean;
  /** Asked of each person: only whether all have met it is for others to see. */
  personal: boolean;
  /** What the organisation itself does (调度, 通报): no gain of anybody's. */
  ofDuty: boolean;
  indicator: Pick<Indicator, 'kind' | 'comparator' | 'target' | 'targetHigh' | 'clock' | 'subject'>;
  figure: Figure;
  /** What it had come to a quarter before. */
  before: Figure | null;
}

/** What came to a count since the quarter before; of what only stands at a level nothing is added. */
export const addedTo = ({ figure, before, indicator }: Achieved): number =>
  figure.kind === 'number' && before?.kind === 'number' && indicator.kind === 'count'
    ? figure.value - before.value
    : 0;

/** Papers handed in are told by the tasks they belong to. */
export function achievedOf(task: Seen, merged: readonly string[], last: readonly Achieved[]): Achieved[] {
  return task.indicators
    .filter((indicator) => !isPaper(indicator))
    .map((indicator) => ({
      task: task.code,
      title: task.title,
      code: indicator.code,
      label: indicator.label,
      unit: indicator.unit,
      level: narrower(task.level, indicator.level ?? task.level),
      monitored: indicator.class === 'monitor',
      personal: indicator.subject === 'person',
      ofDuty: merged.includes(indicator.code),
      indicator: {
        kind: indicator.kind,
        comparator: indicator.comparator,
        target: indicator.target,
        targetHigh: indicator.targetHigh,
        clock: indicator.clock,
        subject: indicator.subject,
      },
      figure: figureOf(task, indicator),
      before: last.find((each) => each.code === indicator.code)?.figure ?? null,
    }));
}
