import { dayWord } from '../chat/words.ts';
import { MUTED_FOR, mutesOf, mute as muteTask } from '../ledger/acts/mute.ts';
import { addDays } from '../ledger/days.ts';
import { lacking, Refusal } from '../ledger/refusal.ts';
import { has } from '../ledger/rules/audience.ts';
import { handFor } from './command/reach.ts';
import type { Command } from './command.ts';

const MOST = 2;

export const mute: Command = {
  act: 'mute',
  help: `静音 任务编号 理由:${MUTED_FOR}天内不再提醒个人,亮灯和清单照旧,每项至多${MOST}次`,
  examples: ['静音 {task} 等待上级文件'],
  may: ({ person }) => has(person, 'office'),
  run: async (said, intent) => {
    const { task } = await handFor(said, intent, 'mute');
    if (!intent.note) throw lacking('reason', `【${task.code}】请写明理由,如「静音 ${task.code} 理由」。`);
    const times = await mutesOf(said.tx, task);
    if (times >= MOST) throw new Refusal(`【${task.code}】已静音${MOST}次,不能再静音。`);
    await muteTask(said.tx, task, said.origin);
    return {
      head: `已记录【${task.code}】${task.title}`,
      lines: [
        `静音${MUTED_FOR}天,至${dayWord(addDays(said.today, MUTED_FOR))}(第${times + 1}次,至多${MOST}次),期间不提醒个人,亮灯和清单照旧。`,
      ],
      takeBack: 'unwanted',
      task: task.code,
    };
  },
};
