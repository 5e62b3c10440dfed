import type { Figures } from './figures.ts';
import type { Laggard } from './standings.ts';

/** Whether the figures are the plan's last ones: nothing is asked of anybody any more, the ledger takes none of it. */
export const isOver = ({ span, asOf }: Pick<Figures, 'span' | 'asOf'>): boolean => asOf >= span.ends;

/** What becomes of what is open when the plan is over; `named` are those of it that are told by their codes. */
export function carriedWord({ whole }: Pick<Figures, 'whole'>, named: readonly string[] = []): string {
  if (whole.closed === whole.all) return `${whole.all}项任务已全部销号`;
  const within = named.length === 0 ? '' : `(含${named.join('、')})`;
  return `未销号事项${within}列入结转清单,转入下一年度方案,原编号、现时限和逾期天数不变`;
}

/** What is listed, by whether its order's term is still running on the figures' day. */
export function listedBy({ laggards, asOf }: Pick<Figures, 'laggards' | 'asOf'>) {
  const listed = laggards.filter(({ standing }) => standing === 'listed');
  const isLate = ({ term }: Laggard) => term !== null && term <= asOf;
  return { running: listed.filter((each) => !isLate(each)), late: listed.filter(isLate) };
}

/** What is asked where an order's term is over and its task still listed. */
export const lateWord = (codes: string): string =>
  `挂牌督办事项${codes}办结时限已到,由承办科室提出完成日期,报领导小组研究`;
