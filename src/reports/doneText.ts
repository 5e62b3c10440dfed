import type { Figures } from './figures.ts';

/** 主要做法, as the ledger counts it: `召开月调度会3次,议定事项5项、办结3项,开展专项督查3次`; empty where there is nothing. */
export function doneWord({ done }: Pick<Figures, 'done'>): string {
  if (!done) return '';
  const { meetings, decided, settled, inspections, closed, listed, lifted, lookbacks } = done;
  const times = (count: number, words: string): string[] => (count > 0 ? [words] : []);
  return [
    ...times(meetings, `召开月调度会${meetings}次`),
    ...times(
      decided + settled,
      [...times(decided, `议定事项${decided}项`), ...times(settled, `办结议定事项${settled}项`)].join('、'),
    ),
    ...times(inspections, `开展专项督查${inspections}次`),
    ...times(listed, `挂牌督办${listed}项`),
    ...times(lifted, `摘牌${lifted}项`),
    ...times(closed, `销号${closed}项`),
    ...times(lookbacks, `回头看${lookbacks}项`),
  ].join(',');
}
