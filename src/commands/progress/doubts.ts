import type { Intent } from '../../chat/intent.ts';
import { figureWord } from '../../chat/words.ts';
import { lastFigures } from '../../ledger/acts/correct.ts';
import type { Statement } from '../../ledger/acts/report.ts';
import type { TaskFacts } from '../../ledger/facts.ts';
import { Refusal } from '../../ledger/refusal.ts';
import { figureOf, measure } from '../../ledger/rules/figure.ts';
import { recurs, spanOf, spokenPeriod } from '../../ledger/rules/period.ts';
import { mayShowFigure } from '../command/reach.ts';
import type { Said } from '../command.ts';

/** What is plain by its words and isn't beside what stands: it is refused with both ways to write it. */
export async function refuseIfDoubtful(
  said: Said,
  task: TaskFacts,
  statement: Statement,
  intent: Intent,
): Promise<void> {
  const { weak, instead, ofPeriod } = intent;
  if (weak) refuseIfLess(said, task, statement);
  if (ofPeriod) refuseIfAgain(said, task, statement);
  refuseIfOfSeveral(task, statement, intent);
  if (instead !== undefined) await refuseIfSaid(said, task, statement, instead);
}

/** The figure that stands where this one would count, as somebody may hear it here; null for several people's. */
function standing(said: Said, task: TaskFacts, { indicator, of, period }: Statement) {
  if (of.length > 1) return null;
  const [personId = null] = of;
  const stands = measure(figureOf(task, indicator, spanOf(period), personId)) ?? 0;
  const isShown = personId === null || mayShowFigure(said, task, indicator, personId);
  return { stands, told: isShown ? `${figureWord(stands)}${indicator.unit}` : '数' };
}

/** 已整改19处 where 45 stand: of this time, or a slip. */
function refuseIfLess(said: Said, task: TaskFacts, statement: Statement): void {
  const { indicator, value } = statement;
  const so = standing(said, task, statement);
  if (so === null || value === null || value >= so.stands) return;
  const name = `${task.code} ${indicator.label}`;
  throw new Refusal(
    `【${task.code}】${indicator.label}已记${so.told},比所报的${figureWord(value)}${indicator.unit}多,未记录。本次新增请写「${name}+${figureWord(value)}」,全部累计请写「${name}累计${figureWord(value)}」。`,
  );
}

/** 本月调研6天 where the month has 5: it may be the month's total, said again. */
function refuseIfAgain(said: Said, task: TaskFacts, statement: Statement): void {
  const { indicator, value, period } = statement;
  const so = standing(said, task, statement);
  if (so === null || value === null || so.stands === 0 || value < so.stands) return;
  const [name, when] = [`${task.code} `, spokenPeriod(period)];
  throw new Refusal(
    `【${task.code}】${when}${indicator.label}已记${so.told},未记录。另有${figureWord(value)}${indicator.unit}请写「${name}${when}${indicator.label}+${figureWord(value)}」,${when}一共${figureWord(value)}${indicator.unit}请写「${name}${when}${indicator.label}累计${figureWord(value)}」。`,
  );
}

/**
 * 累计5次 of what is wanted once a month may be the year's, of which the month is one; and what a year's total leaves for
 * the running month, beyond what that wants, is of the earlier ones that nobody reported.
 */
function refuseIfOfSeveral(
  { code }: TaskFacts,
  { indicator, op, value, period }: Statement,
  { span, period: named, ordinal, value: said = 0 }: Intent,
): void {
  const { clock, kind, comparator, target, label, unit } = indicator;
  const isOpen = op === 'set' && !ordinal && (named === undefined || span !== undefined);
  const isOfOne = !recurs(clock) || kind !== 'count' || comparator !== '=';
  if (!isOpen || isOfOne || value === null || value <= target) return;
  const when = spokenPeriod(period);
  const name = `${code} ${when}${label}`;
  throw new Refusal(
    `【${code}】${label}按${when}计(${figureWord(target)}${unit}),累计${figureWord(said)}${unit}不明各属哪一期,未记录。各期请分开写,如「${name}+1」;${when}一共${figureWord(said)}${unit}请写「${name}累计${figureWord(said)}」。`,
  );
}

/** +1,不对,+2: where the speaker's last figure is that +1, nobody can tell whether that one is to be changed. */
async function refuseIfSaid(
  { tx, person }: Said,
  { id, code }: TaskFacts,
  { indicator: { id: indicatorId, label, unit }, of, value }: Statement,
  taken: number,
): Promise<void> {
  const [last] = await lastFigures(tx, id, person.id, { indicatorId, of });
  if (last?.op !== 'add' || last.value !== taken) return;
  const [was, is] = [figureWord(taken), figureWord(value ?? 0)];
  throw new Refusal(
    `【${code}】本人上一次登记的${label}也是+${was},未记录。改那一次请写「更正 ${code} ${label}${is}${unit}」,另有${is}${unit}请写「${code} ${label}+${is}」。`,
  );
}
