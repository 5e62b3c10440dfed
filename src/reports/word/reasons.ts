import { figureWord } from '../../chat/words.ts';
import type { Indicator } from '../../ledger/rules/indicator.ts';
import { spokenPeriods } from '../../ledger/rules/period.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import { fullDay } from './marks.ts';

/** Why a task is lit, a line for each of its indicators that may be shown; a person's matters without figures. */
export function reasonWord(task: Seen, may: (indicator: Indicator) => boolean): string[] {
  const periods = new Map<Indicator, string[]>();
  const nodes: string[] = [];
  for (const reason of task.reasons) {
    if (reason.why !== 'missed' && reason.why !== 'node') continue;
    const indicator = task.indicators.find(({ code }) => code === reason.indicator);
    if (!indicator || !may(indicator)) continue;
    if (reason.why === 'missed') {
      periods.set(indicator, [...(periods.get(indicator) ?? []), reason.period]);
      continue;
    }
    const stands =
      indicator.subject === 'person' ? '推进中' : `${figureWord(reason.figure)}${indicator.unit}`;
    nodes.push(
      `${indicator.label}${stands},${fullDay(reason.due)}节点${figureWord(reason.asked)}${indicator.unit}`,
    );
  }
  const missed = [...periods].map(
    ([{ label, subject }, names]) =>
      `${label}:${spokenPeriods(names)}${subject === 'person' ? '推进中' : '未达到'}`,
  );
  return [...missed, ...nodes];
}
