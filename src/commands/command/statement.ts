import type { Intent } from '../../chat/intent.ts';
import { dayWord, figureWord } from '../../chat/words.ts';
import type { Statement } from '../../ledger/acts/report.ts';
import { addDays, type Day } from '../../ledger/days.ts';
import type { TaskFacts } from '../../ledger/facts.ts';
import { idsOf } from '../../ledger/people/roster.ts';
import type { IndicatorRow } from '../../ledger/plan.ts';
import { Refusal } from '../../ledger/refusal.ts';
import { isMember, type Reporter } from '../../ledger/rules/audience.ts';
import { figureOf, measure } from '../../ledger/rules/figure.ts';
import type { Indicator } from '../../ledger/rules/indicator.ts';
import { periodOf, recurs, type Span, spanOf, spokenPeriod } from '../../ledger/rules/period.ts';
import { resolveTotal } from '../../ledger/rules/total.ts';
import type { Said } from '../command.ts';
import { amountOf, exampleOf } from './amount.ts';
import { taskToReport } from './reach.ts';

/** What is added up: of a level the last word counts. */
const FOLDED: ReadonlySet<Indicator['kind']> = new Set(['count', 'ratio', 'deliverable']);

/** Whether a figure comes to the same, added or stated in total: nothing stands there yet. */
export async function comesToTheSame(
  said: Said,
  added: Intent,
  stated: Intent | undefined,
): Promise<boolean> {
  if (stated === undefined) return false;
  try {
    const { task, as } = await taskToReport(said, added);
    const [one, other] = [
      await statementOf(said, task, added, as),
      await statementOf(said, task, stated, as),
    ];
    const { indicator, period, of, value } = one;
    const isSame =
      value === other.value &&
      one.part === other.part &&
      period === other.period &&
      one.happenedOn === other.happenedOn;
    const isNothing = (person: number | null) => {
      const figure = figureOf(task, indicator, spanOf(period), person);
      return figure.kind === 'ratio' ? figure.part === 0 : measure(figure) === 0;
    };
    return FOLDED.has(indicator.kind) && isSame && of.every(isNothing);
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/**
 * What an intent says about a figure, with everything decided: which period, whose figure, whether it counts yet.
 * Refuses what can't be decided, before anything is written.
 */
export async function statementOf(
  said: Said,
  task: TaskFacts,
  intent: Intent,
  as: Reporter,
): Promise<Statement> {
  const indicator = task.indicators.find((each) => each.code === intent.indicator);
  if (!indicator) throw new Refusal(`【${task.code}】请写明指标,如「${exampleOf(task)}」。`);
  const { happenedOn, period } = timeOf(said, task, indicator, intent);
  const amount = amountOf(task, indicator, intent);
  const of = await subjectsOf(said, task, indicator, intent);
  const statement = {
    indicator,
    op: intent.op ?? 'add',
    ...amount,
    facet: intent.facet ?? null,
    period,
    happenedOn,
    of,
    // A clerk's figure waits for the chief; everybody else's counts at once.
    confirmed: as !== 'staff' || !said.plan.settings.confirm_staff,
  };
  if (intent.ordinal) return { ...statement, value: countOf(task, statement, intent) };
  return statement.op === 'set' && intent.span !== undefined
    ? { ...statement, ...restOf(task, statement, intent) }
    : statement;
}

/**
 * When it happened and in which of the indicator's own periods it counts. A period in the words also tells the day: its
 * last one, or today where it still runs.
 */
function timeOf(
  { today, plan }: Said,
  { code }: TaskFacts,
  { clock }: IndicatorRow,
  { on, period }: Intent,
): Pick<Statement, 'happenedOn' | 'period'> {
  const named = period === undefined ? undefined : spanOf(period);
  const isOwn = named !== undefined && periodOf(clock, named.starts) === period;
  const happenedOn = on ?? (named ? dayWithin(named, today) : today);
  if (happenedOn > today) {
    throw new Refusal(`【${code}】${dayWord(happenedOn)}还没到,未记录。办完后再报即可。`);
  }
  if (named !== undefined && named.ends < plan.starts) {
    throw new Refusal(
      `【${code}】${spokenPeriod(period ?? '')}在本方案开始之前,未记录。期初数请联系整改办登记。`,
    );
  }
  refuseIfOutside(plan, happenedOn, `【${code}】`);
  return { happenedOn, period: isOwn && period !== undefined ? period : periodOf(clock, happenedOn) };
}

/** What happened before the plan began is no result of it, and what happens once its year is over is the next one's. */
export function refuseIfOutside({ starts, ends }: Said['plan'], day: Day, of = ''): void {
  if (day < starts) {
    throw new Refusal(`${of}${day}在本方案开始之前,未记录。期初数请联系整改办登记。`);
  }
  if (day > ends) {
    throw new Refusal(
      `${of}${dayWord(day)}在本方案截止之后,未记录。补报请写明${dayWord(ends)}以前的发生日期,之后的进展按下一年度方案登记。`,
    );
  }
}

const dayWithin = ({ starts, ends }: Span, today: Day): Day =>
  starts <= today && today <= ends ? today : ends;

/** Whose figure it is: the bureau's, or on an indicator that each member has to meet the speaker's or somebody's. */
async function subjectsOf(
  said: Said,
  task: TaskFacts,
  indicator: IndicatorRow,
  intent: Intent,
): Promise<(number | null)[]> {
  if (indicator.subject !== 'person') return [null];
  const members = said.vocabulary.people.filter(isMember);
  if (intent.person === '*') {
    const ids = await idsOf(
      said.tx,
      said.plan.id,
      members.map((person) => person.name),
    );
    return [...ids.values()];
  }
  const name = intent.person ?? (isMember(said.person) ? said.person.name : undefined);
  const member = members.find((person) => person.name === name);
  if (!member) {
    throw new Refusal(
      `【${task.code}】${indicator.label}按班子成员分别登记,请写明是哪位,如「${members[0]?.name ?? ''} ${indicator.label}+1」。`,
    );
  }
  const ids = await idsOf(said.tx, said.plan.id, [member.name]);
  return [...ids.values()];
}

/** A total over a longer span than the running period sets that period to what the earlier ones leave of it. */
function restOf(
  task: TaskFacts,
  { indicator, value, part, facet, period, of, happenedOn }: Statement,
  { span }: Intent,
): Pick<Statement, 'value' | 'part'> {
  const over = periodOf(span ?? indicator.clock, happenedOn);
  const personId = of[0] ?? null;
  const rest = resolveTotal(task, indicator, { part, value, facet, personId, period, over });
  if (rest.is === 'set') return rest;
  if (rest.is === 'narrow') {
    throw new Refusal(
      `【${task.code}】${indicator.label}按${spokenPeriod(period)}计,请报${spokenPeriod(period)}的数。`,
    );
  }
  throw new Refusal(
    `【${task.code}】${indicator.label}此前各期已记${figureWord(rest.earlier)}${indicator.unit},多于所报累计数,未记录。请核对,或用「更正」。`,
  );
}

/**
 * What 第N次 makes of its period. People count through the year or through the period: the reading that what stands
 * bears out is taken, and where neither is, or both are and differ, nothing is written. It never takes anything away.
 */
function countOf(task: TaskFacts, statement: Statement, { value: said = 0 }: Intent): number {
  const { indicator, period, of, happenedOn } = statement;
  const { starts, ends } = spanOf(period);
  const over = recurs(indicator.clock) ? spanOf(periodOf('year', happenedOn)) : { starts, ends };
  const standing = (span: Span) => measure(figureOf(task, indicator, span, of[0] ?? null)) ?? 0;
  const now = standing({ starts, ends });
  const before = over.starts < starts ? standing({ starts: over.starts, ends: addDays(starts, -1) }) : 0;
  const inPeriod = said === now + 1;
  const inYear = said === before + now + 1 || said === before + now;
  if (before === 0 && said >= now) return said;
  if (before > 0 && inYear !== inPeriod) return inPeriod ? said : said - before;
  throw new Refusal(
    `【${task.code}】${indicator.label}今年已记${figureWord(before + now)}${indicator.unit},与“第${figureWord(said)}${indicator.unit}”对不上,未记录。本次请写「${exampleOf(task, indicator)}」,改总数用「更正」。`,
  );
}

/** The first five working days of a period: what is said then may well belong to the one before. */
export function turnsOver(said: Said, { indicator, period, happenedOn }: Statement): boolean {
  if (!['month', 'quarter', 'half'].includes(indicator.clock) || happenedOn !== said.today) return false;
  return said.calendar.workdaysBetween(addDays(spanOf(period).starts, -1), said.today) <= 5;
}
