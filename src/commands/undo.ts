import { undo as takeBack, type Undone } from '../ledger/undo.ts';
import { planActs } from '../ledger/undoPlan.ts';
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
        (each) => `已撤回${each.task === null ? '' : `【${each.task.code}】`}${whatOf(each)}的登记。`,
      ),
      foot: '撤回留有记录,数已退回登记之前。',
    };
  },
};

const words: Record<string, string> = {
  note: '进展说明',
  evidence: '佐证',
  confirm: '确认',
  submit: '销号申请',
  assign: '议定或交办',
  settle: '办结',
  node: '节点',
  inspect: '现场核验',
  enter: '登记簿',
  finish: '办结',
  held: '会议',
  ...planActs,
};

const whatOf = ({ acts, labels }: Undone): string =>
  [...labels, ...acts.flatMap((act) => words[act] ?? [])].join('、');
