import { figureWords } from '../chat/telling.ts';
import { dayWord, folded } from '../chat/words.ts';
import { baselineOf, placeBaseline } from '../ledger/acts/milestones.ts';
import { record } from '../ledger/acts/report.ts';
import type { IndicatorRow } from '../ledger/plan.ts';
import { Refusal } from '../ledger/refusal.ts';
import { has } from '../ledger/rules/audience.ts';
import { periodOf, recurs, spokenPeriod } from '../ledger/rules/period.ts';
import { handFor } from './command/reach.ts';
import type { Command } from './command.ts';

const SOURCE = /来源\s*[::为]?\s*(.+)$/su;

export const baseline: Command = {
  act: 'baseline',
  help: '期初 任务编号 指标 数 截至日期 来源:台账启用前已有的数,之后的登记在此之上累加',
  examples: ['期初 {task} {count} 3{unit} 截至{today} 来源:上年台账'],
  may: ({ person }) => has(person, 'office'),
  run: async (said, intent) => {
    const { task } = await handFor(said, intent, 'baseline');
    const how = `如「期初 ${task.code} ${task.indicators[0]?.label ?? '指标'} 3 截至${said.today} 来源:名称」`;
    const indicator = task.indicators.find(({ code }) => code === intent.indicator);
    if (!indicator) throw new Refusal(`【${task.code}】请写明指标,${how}。`);
    const { on, value, part } = intent;
    const isRatio = indicator.kind === 'ratio';
    if (value === undefined || isRatio !== (part !== undefined) || indicator.kind === 'limit') {
      throw new Refusal(`【${task.code}】请写明期初数${isRatio ? '(分子/分母)' : ''},${how}。`);
    }
    const source = folded(SOURCE.exec(intent.note ?? '')?.[1] ?? '', 60);
    if (on === undefined || source === '') throw new Refusal(`【${task.code}】请写明截至日期和来源,${how}。`);
    if (on > said.today) throw new Refusal(`【${task.code}】${dayWord(on)}还没到,请重写截至日期。`);
    if (indicator.subject === 'person') {
      throw new Refusal(`【${task.code}】${indicator.label}按班子成员分别登记,不设期初数。`);
    }
    const { clock } = indicator;
    if (on < said.plan.starts && startsAnew(indicator)) {
      throw new Refusal(
        `【${task.code}】${indicator.label}从方案开始之日${said.plan.starts}起由0计,此前的不计入,未登记。请写方案开始之后的截至日期;此后没有数的不必登记期初。`,
      );
    }
    const period = periodOf(clock, on < said.plan.starts ? said.plan.starts : on);
    const before = await baselineOf(said.tx, indicator.id);
    const statement = {
      ...{ indicator, op: 'set' as const, value, part: part ?? null, facet: null, period },
      ...{ happenedOn: on, of: [null], confirmed: true },
    };
    const { entry } = await record(said.tx, task, statement, said.origin, {
      act: 'baseline',
      detail: { previous: before?.postingId ?? null },
      first: true,
    });
    await placeBaseline(said.tx, indicator, entry.id, source);
    const figure = isRatio
      ? figureWords(indicator, { kind: 'ratio', part: part ?? 0, whole: value })
      : figureWords(indicator, { kind: 'number', value });
    return {
      head: `已记录【${task.code}】${task.title}`,
      lines: [
        `${indicator.label}期初${figure},截至${on},来源:${source};计入${spokenPeriod(period)}${before ? ',原期初数不再计' : ''}。`,
      ],
      takeBack: 'mistaken',
      task: task.code,
    };
  },
};

/** Where a period begins at nothing: what was done before the plan is no result of it. */
const startsAnew = ({ clock, kind }: IndicatorRow): boolean =>
  recurs(clock) || (clock === 'year' && kind !== 'level');
