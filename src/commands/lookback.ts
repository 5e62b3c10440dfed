import { dayWord, dueWord, folded } from '../chat/words.ts';
import { lookBack } from '../ledger/acts/lookback.ts';
import { Refusal } from '../ledger/refusal.ts';
import { has } from '../ledger/rules/audience.ts';
import { handFor } from './command/reach.ts';
import { tellAbout } from './command/turn.ts';
import type { Command } from './command.ts';

/** What is said besides the result itself. */
const RESULT = /巩固|反弹|已?回潮|[,,。\s]/g;
const LEAD = /^(?:反弹|已?回潮)[,,。::\s]*/u;

export const lookback: Command = {
  act: 'lookback',
  help: '回头看 任务编号 巩固或反弹 说明:复查已销号任务,反弹的重新推进',
  examples: ['回头看 {task} 巩固', '回头看 {task} 反弹 有的措施没有坚持'],
  may: ({ person }) => has(person, 'office', 'discipline'),
  run: async (said, intent) => {
    const { task: code, result = 'holds', note = '' } = intent;
    const { task } = await handFor(said, intent, result);
    if (result === 'relapsed' && note.replace(RESULT, '') === '') {
      throw new Refusal(`【${code}】请写明反弹情况,如「回头看 ${code} 反弹 说明」。`);
    }
    await lookBack(said.tx, task, result, said.origin);
    const told =
      result === 'holds'
        ? `回头看:巩固,${dayWord(task.closedOn)}的销号继续有效。`
        : `回头看:反弹,重新推进;${dayWord(task.closedOn)}销号的记录保留,完成时限仍为${dueWord(task.deadline, said.today)}。`;
    if (result === 'relapsed') {
      // Nobody finds a task open again that they took for done.
      const whole = `${told}情况:「${folded(note.replace(LEAD, ''))}」`;
      await tellAbout(said, task, null, whole);
      await tellAbout(said, task, task.leaderId, whole);
    }
    return { head: `已记录【${task.code}】${task.title}`, lines: [told], task: task.code };
  },
};
