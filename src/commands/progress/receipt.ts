import type { Intent } from '../../chat/intent.ts';
import { figureWords, standardWord } from '../../chat/telling.ts';
import { figureWord } from '../../chat/words.ts';
import { bulletinOf } from '../../ledger/acts/bulletins.ts';
import type { Recorded, Statement } from '../../ledger/acts/report.ts';
import { addDays } from '../../ledger/days.ts';
import type { TaskFacts } from '../../ledger/facts.ts';
import { isMet } from '../../ledger/rules/completion.ts';
import { measure } from '../../ledger/rules/figure.ts';
import type { Frame } from '../../ledger/rules/indicator.ts';
import { periodOf, spanOf, spokenPeriod } from '../../ledger/rules/period.ts';
import { mayShowFigure } from '../command/reach.ts';
import { turnsOver } from '../command/statement.ts';
import type { Said } from '../command.ts';

/** What was recorded: before and after, against which standard, in which period. */
export function receipt(
  said: Said,
  task: TaskFacts,
  frame: Frame,
  statement: Statement,
  { before, after }: Recorded,
  { person }: Pick<Intent, 'person'>,
): string {
  const { indicator, period, of, facet, confirmed } = statement;
  const label = `${indicator.label}${facet === null ? '' : `(${facet})`}`;
  const into = `,计入${spokenPeriod(period)}`;
  const waits = confirmed ? '' : ',待科长确认';
  const shown = of.every((personId) => personId === null || mayShowFigure(said, task, indicator, personId));
  if (!shown && said.place === 'single') {
    const whom = person === undefined || person === '*' ? '班子成员' : person;
    return `${label}(${whom}):${amountWord(statement)}${into}${waits},各人累计由本人、书记和整改办查看`;
  }
  if (!shown) {
    return `${label}:${isMet(task, indicator, frame, period) ? '已齐' : '推进中'}${into}${waits},本人数据请在单聊中查询`;
  }
  const whose = of.length > 1 ? '(班子成员合计)' : '';
  const standard =
    indicator.class === 'monitor' || indicator.kind === 'ratio'
      ? `${indicator.class === 'monitor' ? '只统计,' : '标准'}${standardWord(indicator)}`
      : standardWord(indicator);
  const change = `${figureWords(indicator, before)}→${figureWords(indicator, after)}`;
  return `${label}${whose}:${change}(${standard})${into}${waits}${earlierPeriod(said, statement)}`;
}

/** What was said itself, which whoever said it knows: +1次, 累计2次. */
function amountWord({ indicator, op, value, part }: Statement): string {
  if (indicator.kind === 'ratio')
    return figureWords(indicator, { kind: 'ratio', part: part ?? 0, whole: value ?? 0 });
  return `${op === 'add' ? '+' : '累计'}${figureWord(value ?? 0)}${indicator.unit}`;
}

/** A total below what stood is more often a slip than news. */
export function lowered(
  said: Said,
  task: TaskFacts,
  { indicator, op, of }: Statement,
  { before, after }: Recorded,
): string[] {
  const shown = of.every((personId) => personId === null || mayShowFigure(said, task, indicator, personId));
  const [was, is] = [measure(before) ?? 0, measure(after) ?? 0];
  if (op !== 'set' || indicator.kind === 'ratio' || indicator.kind === 'limit' || is >= was || !shown)
    return [];
  return [
    `${indicator.kind === 'level' ? '所报数' : '累计数'}比原登记少${figureWord(was - is)}${indicator.unit},如有误请回复「撤回」。`,
  ];
}

/** In the first days of a period it is said which one was taken, and how to have it in the one before. */
function earlierPeriod(said: Said, statement: Statement): string {
  if (!turnsOver(said, statement)) return '';
  const { clock } = statement.indicator;
  const last = periodOf(clock, addDays(spanOf(statement.period).starts, -1));
  if (spanOf(last).ends < said.plan.starts) return '';
  return `;如属${spokenPeriod(last)},请先「撤回」,再在原话后加「记入${spokenPeriod(last)}」`;
}

/** What belongs to a quarter whose bulletin is out doesn't change it any more: it shows in the next one. */
export async function supplementWord(
  { tx, plan, today }: Said,
  { period, happenedOn }: Statement,
): Promise<string> {
  const { ends } = spanOf(period);
  const quarter = periodOf('quarter', ends < today ? ends : happenedOn);
  if (quarter === periodOf('quarter', today)) return '';
  const isOut = (await bulletinOf(tx, plan.id, quarter))?.state === 'released';
  return isOut ? `;${spokenPeriod(quarter)}通报已发布不再改动,此数作补报,在下期反映` : '';
}
