import { standardWord } from '../chat/telling.ts';
import { dayWord, dueWord, figureWord } from '../chat/words.ts';
import { setNodes } from '../ledger/acts/milestones.ts';
import { Refusal } from '../ledger/refusal.ts';
import { has } from '../ledger/rules/audience.ts';
import { handFor } from './command/reach.ts';
import type { Command } from './command.ts';

export const node: Command = {
  act: 'node',
  help: '节点 任务编号 指标 日期 数:设阶段目标,到期未达即为滞后;写「取消」撤掉该日节点',
  examples: ['节点 {task} {count} {later} 5{unit}', '节点 {indicator} 6月30日5{unit},9月30日8{unit}'],
  may: ({ person }) => has(person, 'office'),
  run: async (said, intent) => {
    const { task } = await handFor(said, intent, 'node');
    const how = `如「节点 ${task.code} ${task.indicators[0]?.label ?? '指标'} 6月30日 5个」`;
    const indicator = task.indicators.find(({ code }) => code === intent.indicator);
    if (!indicator) throw new Refusal(`【${task.code}】请写明指标,${how}。`);
    const { nodes = [] } = intent;
    if (nodes.length === 0) throw new Refusal(`【${task.code}】请写明日期和数,${how}。`);
    for (const { due } of nodes) {
      if (due < said.today) throw new Refusal(`【${task.code}】${dayWord(due)}已过,请重写节点日期。`);
      if (due > said.plan.ends) {
        throw new Refusal(`【${task.code}】节点不能晚于方案截止日${dayWord(said.plan.ends)}。`);
      }
    }
    if (new Set(nodes.map(({ due }) => due)).size < nodes.length) {
      throw new Refusal(`【${task.code}】同一日期写了两个节点数,未记录,请核对后重发。`);
    }
    await setNodes(said.tx, task, indicator, nodes, said.origin);
    return {
      head: `已记录【${task.code}】${task.title}`,
      lines: nodes.map(({ due, value }) =>
        value === null
          ? `${indicator.label}${dueWord(due, said.today)}节点取消。`
          : `${indicator.label}${dueWord(due, said.today)}节点:${figureWord(value)}${indicator.unit}(${standardWord(indicator)})。`,
      ),
      takeBack: 'mistaken',
      task: task.code,
    };
  },
};
