import { registerWords } from '../chat/registers.ts';
import { dayWord } from '../chat/words.ts';
import { finish as finishRow } from '../ledger/acts/registers.ts';
import { notHere, Refusal } from '../ledger/refusal.ts';
import { reportsAs } from '../ledger/rules/audience.ts';
import { mayReport } from './command/reach.ts';
import { registerFor } from './command/registers.ts';
import type { Command } from './command.ts';

export const finish: Command = {
  act: 'finish',
  help: '办结 点单3:登记簿里的一条已办结,相应的数自动计入',
  examples: ['办结 点单3'],
  may: mayReport,
  run: async (said, intent) => {
    const { task, register } = await registerFor(said, intent);
    if (reportsAs(task, said.person) === null) throw notHere();
    const { row: number = 0 } = intent;
    const { today, plan } = said;
    // The year over, what is told late was done by its end.
    const day = today > plan.ends ? plan.ends : today;
    const line = { register, number, day };
    const found = await finishRow(said.tx, said.plan, task, line, said.origin);
    const name = `${registerWords[register]}${number}`;
    if (found === 'none') throw new Refusal(`没有${name},发「清单 ${registerWords[register]}」看各条。`);
    if (found === 'before') throw new Refusal(`${name}已办结。`);
    return {
      head: `已记录【${task.code}】${task.title}`,
      lines: [`${name}:已办结${day === today ? '' : `,计入${dayWord(day)}以前`}。`],
      takeBack: 'mistaken',
      task: task.code,
    };
  },
};
