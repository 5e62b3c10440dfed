import type { Intent } from '../chat/intent.ts';
import { registerWords } from '../chat/registers.ts';
import { lightWord } from '../chat/words.ts';
import { isKept } from '../ledger/acts/registers.ts';
import { postingsOf, record } from '../ledger/acts/report.ts';
import type { TaskFacts } from '../ledger/facts.ts';
import { Refusal } from '../ledger/refusal.ts';
import { showsTo } from '../ledger/rules/audience.ts';
import { counterOf, countersOf } from '../ledger/rules/counter.ts';
import type { Register } from '../ledger/terms.ts';
import { standing } from '../ledger/views/survey.ts';
import { refuseIfBeyond } from './command/amount.ts';
import { mayReport, onBehalf, taskToReport } from './command/reach.ts';
import { statementOf } from './command/statement.ts';
import type { Command, Said } from './command.ts';
import { refuseIfDoubtful } from './progress/doubts.ts';
import { lowered, receipt, supplementWord } from './progress/receipt.ts';

export const progress: Command = {
  act: 'progress',
  help: '任务编号 指标+数:登记进展,如「{task} {count}+1」;累计数写「累计12」',
  examples: ['{task} {count}+1', '{task} {count}累计12', '{share}'],
  may: mayReport,
  run: async (said, intent) => {
    const { task, frame, as } = await taskToReport(said, intent);
    const act = actBehind(said, intent);
    if (act) throw new Refusal(`【${task.code}】${fromActs[act]},不单独报数。`);
    const register = registerBehind(task, intent);
    if (register && (await isKept(said.tx, said.plan, register))) {
      throw new Refusal(
        `【${task.code}】该数由${registerWords[register]}登记簿自动计入,请逐条登记,不单独报数。`,
      );
    }
    const statement = await statementOf(said, task, intent, as);
    const after = [...task.postings, ...postingsOf(statement)];
    refuseIfBeyond(task, statement.indicator, after, [statement.period]);
    await refuseIfDoubtful(said, task, statement, intent);
    const origin = await onBehalf(said, task, intent);
    const recorded = await record(said.tx, task, statement, origin);
    const { light, overdueBy, hue } = standing(task, said.plan, frame, showsTo(said.person, said.place));
    return {
      head: `已记录【${task.code}】${task.title}${lightWord(light, overdueBy, hue)}`,
      lines: [
        receipt(said, task, frame, statement, recorded, intent) + (await supplementWord(said, statement)),
        ...lowered(said, task, statement, recorded),
      ],
      happened: statement.happenedOn,
      takeBack: 'correctable',
      task: task.code,
    };
  },
};

/** What counts for itself, by an act of its own. */
const fromActs = {
  meeting: '月调度会由整改办会后登记,写「已召开 参会26人 时长85分钟」',
  bulletin: '季通报发布时自动计入',
};

/** The act from which the figure follows, on the standing duty or on the plan's indicator that is one with it. */
function actBehind(
  { vocabulary: { tasks } }: Said,
  { indicator }: Intent,
): keyof typeof fromActs | undefined {
  const duties = tasks.filter(
    ({ indicators, mergedWith }) =>
      indicator !== undefined &&
      (mergedWith === indicator || indicators.some(({ code }) => code === indicator)),
  );
  return (['meeting', 'bulletin'] as const).find((act) => {
    if (counterOf(act, countersOf(duties)) === undefined) return false;
    const counter = counterOf(act, countersOf(tasks));
    const duty = duties.find(({ code }) => code === counter?.task);
    return duty !== undefined && [counter?.code, duty.mergedWith].includes(indicator);
  });
}

/** The register from which the figure follows, where one is kept. */
function registerBehind({ code, title, indicators }: TaskFacts, { indicator }: Intent): Register | undefined {
  if (indicator === undefined) return undefined;
  return (['wish', 'inspection', 'visit'] as const).find((register) => {
    const counter = counterOf(register, countersOf([{ code, title, indicators }]));
    const share = indicators.find(({ denominatorOf }) => denominatorOf === counter?.code);
    return counter !== undefined && [counter.code, share?.code].includes(indicator);
  });
}
