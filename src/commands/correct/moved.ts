import type { Intent } from '../../chat/intent.ts';
import { dayWord } from '../../chat/words.ts';
import { instead, lastFigures } from '../../ledger/acts/correct.ts';
import type { Day } from '../../ledger/days.ts';
import type { TaskFacts } from '../../ledger/facts.ts';
import { Refusal } from '../../ledger/refusal.ts';
import { type Span, spanOf, spokenPeriod } from '../../ledger/rules/period.ts';
import { taskToReport } from '../command/reach.ts';
import type { Said } from '../command.ts';
import { changed, counts, justSaid, type OfIndicator, periodFor } from './replacing.ts';

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

/** A day on which something of the plan can have happened. */
function dayOf({ today, plan }: Said, { code }: TaskFacts, on: Day): Day {
  if (on > today) throw new Refusal(`【${code}】${dayWord(on)}还没到,未更正。`);
  if (on < plan.starts || on > plan.ends) throw new Refusal(`【${code}】${on}不在本方案期间,未更正。`);
  return on;
}

/** The day within the period that is nearest to when it was said to have happened. */
const nearest = ({ starts, ends }: Span, day: Day): Day => (day < starts ? starts : day > ends ? ends : day);
