import type { Intent } from '../../chat/intent.ts';
import { type Correction, lastSaid } from '../../ledger/acts/correct.ts';
import type { PostingRow, TaskFacts } from '../../ledger/facts.ts';
import type { IndicatorRow } from '../../ledger/plan.ts';
import { Refusal } from '../../ledger/refusal.ts';
import type { Reporter } from '../../ledger/rules/audience.ts';
import type { Posting } from '../../ledger/rules/indicator.ts';
import { periodOf, spanOf, spokenPeriod } from '../../ledger/rules/period.ts';
import type { Said } from '../command.ts';

export type OfIndicator = Correction & { indicator: IndicatorRow };

/** So long something was said just now. */
const JUST_NOW = 10 * 60_000;

/** The figures of the one indicator that the speaker's last message told of; `how` is what to write where they are several. */
export async function justSaid(
  said: Said,
  task: TaskFacts,
  fitting: readonly string[],
  how: string,
): Promise<{ only: IndicatorRow; replaced: PostingRow[] }> {
  const since = new Date(said.now.getTime() - JUST_NOW);
  const replaced = await lastSaid(said.tx, said.plan.id, said.person.id, since);
  const codeOf = ({ indicatorId }: PostingRow) =>
    task.indicators.find(({ id }) => id === indicatorId)?.code ?? '';
  const meant = replaced.filter((row) => fitting.includes(codeOf(row)));
  const only = task.indicators.find(({ id }) => id === (meant[0] ?? replaced[0])?.indicatorId);
  const isOne = meant.length > 0 && meant.every((row) => row.indicatorId === only?.id);
  if (only && isOne) return { only, replaced: meant };
  const { label = '指标' } = only ?? task.indicators[0] ?? {};
  throw new Refusal(`【${task.code}】请写明改哪个指标,如「更正 ${task.code} ${label} ${how}」。`);
}

/** The period that the words name, by the indicator's own clock. */
export function periodFor(
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
export function counts({ plan }: Said, { code }: TaskFacts, as: Reporter, replaced: PostingRow[]): boolean {
  const confirmed = as !== 'staff' || !plan.settings.confirm_staff;
  if (!confirmed && replaced.some((row) => row.confirmed)) {
    throw new Refusal(`【${code}】该数已经科长确认,更正请由科长办理。`);
  }
  return confirmed;
}

/** What stands in place of what; refused where that changes nothing. */
export function changed({ code }: TaskFacts, fresh: Posting[], replaced: PostingRow[]): Correction {
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
