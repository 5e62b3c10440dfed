import type { Intent } from '../chat/intent.ts';
import { registerWords } from '../chat/registers.ts';
import { figureWords, standardWord } from '../chat/telling.ts';
import { figureWord, lightWord } from '../chat/words.ts';
import { bulletinOf } from '../ledger/acts/bulletins.ts';
import { isKept } from '../ledger/acts/registers.ts';
import { postingsOf, type Recorded, record, type Statement } from '../ledger/acts/report.ts';
import { addDays } from '../ledger/days.ts';
import type { TaskFacts } from '../ledger/facts.ts';
import { Refusal } from '../ledger/refusal.ts';
import { showsTo } from '../ledger/rules/audience.ts';
import { isMet } from '../ledger/rules/completion.ts';
import { counterOf, countersOf } from '../ledger/rules/counter.ts';
import { measure } from '../ledger/rules/figure.ts';
import type { Frame } from '../ledger/rules/indicator.ts';
import { periodOf, spanOf, spokenPeriod } from '../ledger/rules/period.ts';
import type { Register } from '../ledger/terms.ts';
import { standing } from '../ledger/views/survey.ts';
import { refuseIfBeyond } from './command/amount.ts';
import { mayReport, mayShowFigure, onBehalf, taskToReport } from './command/reach.ts';
import { statementOf, turnsOver } from './command/statement.ts';
import type { Command, Said } from './command.ts';
import { refuseIfDoubtful } from './progress/doubts.ts';

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
function lowered(
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
async function supplementWord({ tx, plan, today }: Said, { period, happenedOn }: Statement): Promise<string> {
  const { ends } = spanOf(period);
  const quarter = periodOf('quarter', ends < today ? ends : happenedOn);
  if (quarter === periodOf('quarter', today)) return '';
  const isOut = (await bulletinOf(tx, plan.id, quarter))?.state === 'released';
  return isOut ? `;${spokenPeriod(quarter)}通报已发布不再改动,此数作补报,在下期反映` : '';
}
