import type { Intent } from '../../chat/intent.ts';
import { figureWord } from '../../chat/words.ts';
import { instead, lastFigures } from '../../ledger/acts/correct.ts';
import { postingsOf } from '../../ledger/acts/report.ts';
import type { PostingRow, TaskFacts } from '../../ledger/facts.ts';
import type { IndicatorRow } from '../../ledger/plan.ts';
import { Refusal } from '../../ledger/refusal.ts';
import type { Reporter } from '../../ledger/rules/audience.ts';
import { figureOf, measure } from '../../ledger/rules/figure.ts';
import { spanOf } from '../../ledger/rules/period.ts';
import { amountOf } from '../command/amount.ts';
import { taskToReport } from '../command/reach.ts';
import { statementOf } from '../command/statement.ts';
import type { Said } from '../command.ts';
import { changed, counts, justSaid, type OfIndicator, periodFor } from './replacing.ts';

/** 改成10, behind a receipt of one figure: that one, in its own sense. */
export async function restatedLately(
  said: Said,
  task: TaskFacts,
  intent: Intent,
  fitting: readonly string[],
): Promise<OfIndicator> {
  const { only, replaced } = await justSaid(said, task, fitting, '数');
  const { as } = await taskToReport(said, { ...intent, indicator: only.code });
  const { value, part } = amountOf(task, only, intent);
  if (intent.op === 'set' && only.kind !== 'limit' && only.subject !== 'person')
    return restated(said, task, { ...intent, indicator: only.code }, as);
  const confirmed = counts(said, task, as, replaced);
  const fresh = replaced.map((row) => instead(row, { value, part, confirmed }));
  return { indicator: only, ...changed(task, fresh, replaced) };
}

/**
 * A figure said anew. A total (累计) is the period's from now on; any other figure takes the place of the speaker's
 * last one, in whichever sense that was said. What can only be a total needs no last one.
 */
export async function restated(
  said: Said,
  task: TaskFacts,
  intent: Intent,
  as: Reporter,
): Promise<OfIndicator> {
  const { span: _, ...figure } = intent;
  // The year over, what is put right without a day is still that year's.
  const by = said.today > said.plan.ends ? { on: said.plan.ends } : {};
  const isDated = intent.on !== undefined || intent.period !== undefined;
  const stated = await statementOf(said, task, { ...(isDated ? {} : by), ...figure, op: 'set' }, as);
  const { indicator, of } = stated;
  const period = periodFor(said, task, indicator, intent);
  const replaced = await lastFigures(said.tx, task.id, said.person.id, {
    ...{ indicatorId: indicator.id, of },
    ...(intent.facet === undefined ? {} : { facet: intent.facet }),
    ...(period === undefined ? {} : { period }),
  });
  const [last] = replaced;
  const wasTotal = last !== undefined && isOldTotal(task, indicator, intent, last);
  const isTotal = (intent.op === 'set' || wasTotal) && indicator.kind !== 'limit';
  if (last && !isTotal) {
    const confirmed = counts(said, task, as, replaced);
    const fresh = replaced.map((row) =>
      instead(row, { value: stated.value ?? row.value, part: stated.part ?? row.part, confirmed }),
    );
    return { indicator, ...changed(task, fresh, replaced) };
  }
  if (!isTotal && indicator.kind !== 'level' && indicator.kind !== 'ratio') {
    throw new Refusal(noneOfOwn(task, indicator, intent));
  }
  const inPeriod = period ?? last?.period ?? stated.period;
  // A period that has its own end tells the day by it.
  const day = spanOf(inPeriod).ends > said.plan.ends ? by : {};
  const total = await statementOf(said, task, { ...day, ...intent, op: 'set', period: inPeriod }, as);
  return { indicator, ...changed(task, postingsOf(total), []) };
}

/** 不是45是47 puts the total right where that was 45, and the last figure where that was; else neither is meant. */
function isOldTotal(
  task: TaskFacts,
  indicator: IndicatorRow,
  { was, op }: Intent,
  last: PostingRow,
): boolean {
  const said = last.part ?? last.value;
  if (was === undefined || op === 'set' || was === said || indicator.kind === 'ratio') return false;
  const stands = measure(figureOf(task, indicator, spanOf(last.period), last.personId));
  if (stands === was) return true;
  const { label, unit } = indicator;
  throw new Refusal(
    `【${task.code}】本人上一次登记的${label}是${figureWord(said ?? 0)}${unit},不是${figureWord(was)}${unit},未改动。请写「更正 ${task.code} ${label} 数」,改总数写「累计」。`,
  );
}

function noneOfOwn(task: TaskFacts, { label, kind }: IndicatorRow, { value = 1 }: Intent): string {
  const none = `【${task.code}】没有本人可更正的${label}登记,未改动。`;
  return kind === 'limit'
    ? none
    : `${none}改总数请写「更正 ${task.code} ${label}累计${figureWord(value)}」。`;
}
