import { lacking, readReference, referenceWord, toType } from '../chat/evidence.ts';
import type { Intent } from '../chat/intent.ts';
import { dayWord, folded } from '../chat/words.ts';
import { addEvidence, happenedWith, INSPECTED, type Reference, WITH_US } from '../ledger/acts/evidence.ts';
import type { Day } from '../ledger/days.ts';
import type { TaskFacts } from '../ledger/facts.ts';
import type { IndicatorRow } from '../ledger/plan.ts';
import { Refusal } from '../ledger/refusal.ts';
import { has } from '../ledger/rules/audience.ts';
import { isPaper } from '../ledger/rules/indicator.ts';
import { handFor, mayReport, mayShowHere, onBehalf, taskToReport } from './command/reach.ts';
import type { Command, Part, Said } from './command.ts';

export const evidence: Command = {
  act: 'evidence',
  help: '佐证 任务编号 指标 名称或文号、日期、存放处:登记佐证,可随附图片或文件;整改办到现场看过的写「现场核验 任务编号 指标 情况」',
  examples: [
    '佐证 {task} {count} 情况简报 4月9日 存科内卷5',
    '{task} {count}+1 佐证:工作通报(科内卷3)',
    '现场核验 {task} {count} 与台账一致',
  ],
  may: (who) => mayReport(who) || has(who.person, 'discipline'),
  run: async (said, intent) => {
    if (intent.about === '现场核验') return inspected(said, intent);
    const { task } = await taskToReport(said, intent);
    const indicator = await indicatorOf(said, task, intent);
    const reference = await referenceIn(said, task, indicator, intent.note ?? '');
    const origin = await onBehalf(said, task, intent);
    await addEvidence(said.tx, task, indicator, reference, origin);
    return {
      head: `已记录【${task.code}】${task.title}`,
      lines: [`${indicator.label}佐证:${referenceWord(reference)}`],
      takeBack: 'mistaken',
      task: task.code,
    };
  },
};

/** A whole reference, or what is asked for. The date of a figure told with it and the ledger that keeps its file are known. */
async function referenceIn(
  said: Said,
  { id, code }: TaskFacts,
  indicator: IndicatorRow,
  note: string,
): Promise<Reference & { datedOn: Day }> {
  const { today } = said;
  // A file that stands behind another task stays there.
  const accompanied = said.accompanying.some(({ taskId }) => taskId === null || taskId === id);
  const told = referenceNamed(note, indicator, today);
  const reference = {
    ...told,
    datedOn:
      told.datedOn ?? (await happenedWith(said.tx, indicator, said.origin)) ?? (accompanied ? today : null),
    keptAt: told.keptAt === '' && accompanied ? WITH_US : told.keptAt,
  };
  const { datedOn } = reference;
  const missing = lacking(reference);
  if (datedOn === null || missing.length > 0) {
    throw new Refusal(
      `【${code}】${indicator.label}佐证未记录,还缺${missing.join('、')},请写「佐证 ${code} ${indicator.label} ${toType(reference)}」。`,
    );
  }
  if (datedOn > today) {
    throw new Refusal(
      `【${code}】${indicator.label}佐证未记录:${datedOn.slice(0, 4)}年${dayWord(datedOn)}还没到,请核对日期。`,
    );
  }
  return { ...reference, datedOn };
}

/** 现场核验 by whoever verifies the task: an act of its own, which counts as evidence of what was seen. */
async function inspected(said: Said, intent: Intent): Promise<Part> {
  const { task } = await handFor(
    said,
    intent,
    'inspect',
    '现场核验由整改办办理,整改办所在科室的事项由机关纪委办理。',
  );
  const indicator = await indicatorOf(said, task, intent);
  const words = withoutLabel(intent.note ?? '', indicator);
  if (words === '' || words === indicator.label) {
    throw new Refusal(
      `【${task.code}】请写明核验情况,如「现场核验 ${task.code} ${indicator.label} 与台账一致」。`,
    );
  }
  const reference = { kind: INSPECTED, name: folded(words, 80), datedOn: said.today, keptAt: '' };
  await addEvidence(said.tx, task, indicator, reference, said.origin, 'inspect');
  return {
    head: `已记录【${task.code}】${task.title}`,
    lines: [`${indicator.label}现场核验:${referenceWord(reference)},作为佐证。`],
    takeBack: 'mistaken',
    task: task.code,
  };
}

/** The indicator named; else the only one that is chased. */
async function indicatorOf(said: Said, task: TaskFacts, intent: Intent): Promise<IndicatorRow> {
  const named = task.indicators.find(({ code }) => code === intent.indicator);
  if (named) return named;
  const [only, ...more] = task.indicators.filter((each) => each.class === 'chase');
  if (only && more.length === 0) {
    await taskToReport(said, { ...intent, indicator: only.code });
    return only;
  }
  const labels = task.indicators.filter(mayShowHere(said, task)).map(({ label }) => label);
  throw new Refusal(
    `【${task.code}】佐证未记录,请写明是哪个指标的佐证(${labels.join('、')}),如「佐证 ${task.code} ${labels[0] ?? ''} 名称 日期 存放处」。`,
  );
}

/** A paper that is called as its indicator is (网络行为规范) needs no name besides. */
function referenceNamed(note: string, indicator: IndicatorRow, today: Day): Reference {
  const told = readReference(withoutLabel(note, indicator), today);
  return told.name === '' && isPaper(indicator) ? readReference(note, today) : told;
}

/** 演练 演练简报: a label said apart, to name the indicator, is no part of the name. */
const withoutLabel = (words: string, { label }: IndicatorRow): string =>
  words.startsWith(`${label} `) ? words.slice(label.length + 1) : words;
