import type { Intent } from '../../chat/intent.ts';
import { dayWord, figureWord } from '../../chat/words.ts';
import { type Correction, instead, lastFigures, lastSaid } from '../../ledger/acts/correct.ts';
import type { Statement } from '../../ledger/acts/report.ts';
import type { Day } from '../../ledger/days.ts';
import type { PostingRow, TaskFacts } from '../../ledger/facts.ts';
import type { IndicatorRow } from '../../ledger/plan.ts';
import { Refusal } from '../../ledger/refusal.ts';
import type { Reporter } from '../../ledger/rules/audience.ts';
import { figureOf, measure } from '../../ledger/rules/figure.ts';
import type { Posting } from '../../ledger/rules/indicator.ts';
import { periodOf, type Span, spanOf, spokenPeriod } from '../../ledger/rules/period.ts';
import { amountOf } from '../command/amount.ts';
import { taskToReport } from '../command/reach.ts';
import { statementOf } from '../command/statement.ts';
import type { Said } from '../command.ts';

export type OfIndicator = Correction & { indicator: IndicatorRow };

/** 记入3月, 日期9月20日: the speaker's last figure, in another period or on another day. */
export async function moved(said: Said, task: TaskFacts, intent: Intent): Promise<OfIndicator> {
  const named = task.indicators.find(({ code }) => code === intent.indicator);
  const meant = named ? { indicatorId: named.id } : {};
  const replaced = intent.lately
    ? (await justSaid(said, task, intent.lately, '日期 4月9日')).replaced
    : await lastFigures(said.tx, task.id, said.person.id, meant);
  const indicator = task.indicators.find(({ id }) => id === replaced[0]?.indicatorId);
  if (!indicator) throw new Refusal(`【${task.code}】没有本人可更正的登记。`);
  const { as } = await taskToReport(said, { ...intent, indicator: indicator.code });
  const period = periodFor(said, task, indicator, intent);
  if (intent.period !== undefined && replaced.every((row) => row.period === period))
    throw new Refusal(
      `【${task.code}】${indicator.label}已计入${spokenPeriod(period ?? intent.period)},未改动。改发生日期请写「更正 ${task.code} ${indicator.label} 日期 4月9日」。`,
    );
  const confirmed = counts(said, task, as, replaced);
  const day = intent.on === undefined ? undefined : dayOf(said, task, intent.on);
  const fresh = replaced.map((row) =>
    instead(row, {
      ...(period ? { period, happenedOn: day ?? nearest(spanOf(period), row.happenedOn) } : {}),
      confirmed,
    }),
  );
  return { indicator, ...changed(task, fresh, replaced) };
}

/** So long something was said just now. */
const JUST_NOW = 10 * 60_000;

/** The figures of the one indicator that the speaker's last message told of; `how` is what to write where they are several. */
async function justSaid(
  said: Said,
  task: TaskFacts,
  fitting: readonly string[],
  how: string,
): Promise<{ only: IndicatorRow; replaced: PostingRow[] }> {
  const since = new Date(said.now.getTime() - JUST_NOW);
  const replaced = await lastSaid(said.tx, said.plan.id, said.person.id, since);
  const only = task.indicators.find(({ id }) => id === replaced[0]?.indicatorId);
  const isOne = replaced.every((row) => row.indicatorId === only?.id);
  if (only && isOne && fitting.includes(only.code)) return { only, replaced };
  const { label = '指标' } = only ?? task.indicators[0] ?? {};
  throw new Refusal(`【${task.code}】请写明改哪个指标,如「更正 ${task.code} ${label} ${how}」。`);
}

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

/** A day on which something of the plan can have happened. */
function dayOf({ today, plan }: Said, { code }: TaskFacts, on: Day): Day {
  if (on > today) throw new Refusal(`【${code}】${dayWord(on)}还没到,未更正。`);
  if (on < plan.starts || on > plan.ends) throw new Refusal(`【${code}】${on}不在本方案期间,未更正。`);
  return on;
}

/** The day within the period that is nearest to when it was said to have happened. */
const nearest = ({ starts, ends }: Span, day: Day): Day => (day < starts ? starts : day > ends ? ends : day);

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
  const total = await statementOf(said, task, { ...intent, op: 'set', period: inPeriod }, as);
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

/** The period that the words name, by the indicator's own clock. */
function periodFor(
  { today }: Said,
  { code }: TaskFacts,
  { clock, label }: IndicatorRow,
  { period, on }: Intent,
): string | undefined {
  const day = period === undefined ? on : spanOf(period).starts;
  if (day === undefined) return undefined;
  const own = periodOf(clock, day);
  if (period !== undefined && spanOf(period).ends > spanOf(own).ends) {
    throw new Refusal(`【${code}】${label}按${spokenPeriod(own)}这样的期间计,请写明记入哪一期。`);
  }
  if (spanOf(own).starts > today) throw new Refusal(`【${code}】${spokenPeriod(own)}还没到,未更正。`);
  return own;
}

/** Whether what is corrected counts at once; a clerk doesn't touch what the chief has confirmed. */
function counts({ plan }: Said, { code }: TaskFacts, as: Reporter, replaced: PostingRow[]): boolean {
  const confirmed = as !== 'staff' || !plan.settings.confirm_staff;
  if (!confirmed && replaced.some((row) => row.confirmed)) {
    throw new Refusal(`【${code}】该数已经科长确认,更正请由科长办理。`);
  }
  return confirmed;
}

const postingsOf = ({ indicator, of, op, value, part, ...rest }: Statement): Posting[] => {
  const { facet, period, happenedOn, confirmed } = rest;
  return of.map((personId) => ({
    ...{ indicatorId: indicator.id, personId, period, happenedOn, op, value, part, facet, confirmed },
  }));
};

function changed({ code }: TaskFacts, fresh: Posting[], replaced: PostingRow[]): Correction {
  const [first, ...rest] = fresh;
  const same = replaced.every((row, index) => {
    const { value, part, period, happenedOn } = fresh[index] ?? row;
    return [
      row.value === value,
      row.part === part,
      row.period === period,
      row.happenedOn === happenedOn,
    ].every(Boolean);
  });
  if (!first || (replaced.length > 0 && same)) {
    throw new Refusal(`【${code}】与本人上一次登记相同,未改动。`);
  }
  return { fresh: [first, ...rest], replaced };
}

function noneOfOwn(task: TaskFacts, { label, kind }: IndicatorRow, { value = 1 }: Intent): string {
  const none = `【${task.code}】没有本人可更正的${label}登记,未改动。`;
  return kind === 'limit'
    ? none
    : `${none}改总数请写「更正 ${task.code} ${label}累计${figureWord(value)}」。`;
}
