import { undo as takeBack } from '../ledger/undo.ts';
import type { Command } from './command.ts';
import { mayReport } from './reach.ts';

export const undo: Command = {
  act: 'undo',
  help: '撤回 [任务]:撤回本人10分钟内最近一次登记',
  examples: ['撤回', '撤回 4.3.2'],
  may: mayReport,
  run: async ({ tx, plan, person, origin, now }, intent) => {
    const undone = await takeBack(tx, plan.id, { ...origin, personId: person.id }, intent.task, now);
    return {
      lines: undone.map(
        ({ task, labels }) =>
          `已撤回【${task.code}】${labels.length > 0 ? labels.join('、') : '进展说明'}的登记。`,
      ),
      foot: '撤回留有记录,数已退回登记之前。',
    };
  },
};
