import { stepWord } from '../chat/closeout.ts';
import { folded } from '../chat/words.ts';
import { giveBack, inHand } from '../ledger/acts/closeout.ts';
import { lacking, Refusal } from '../ledger/refusal.ts';
import { judge } from '../ledger/rules/task.ts';
import { decides, notNow } from './command/closeOut.ts';
import { taskFor } from './command/reach.ts';
import { tellAsker } from './command/turn.ts';
import type { Command } from './command.ts';

/** A bare decision keeps its verb among the words; a reason is what is left without it. */
const VERBS =
  /^(?:不予?同意|不批准?|不予(?:销号|通过|批准)|不通过|驳回|退回|打回)(?:销号|去|整改|补充|重办)?[,,。\s]*/;

export const sendBack: Command = {
  act: 'return',
  help: '退回 任务编号 理由:轮到本人的环节不通过,退回继续整改',
  examples: ['退回 {task} 佐证不齐'],
  may: decides,
  run: async (said, intent) => {
    const { task } = await taskFor(said, intent);
    const hand = await inHand(said.tx, said.plan, task);
    const verdict = judge(hand, 'return', said.person);
    if (!verdict.may) throw new Refusal(notNow(task, hand, verdict.why));
    const reason = (intent.note ?? '').replace(VERBS, '');
    if (reason === '') {
      throw lacking('reason', `【${task.code}】请写明退回理由,如「退回 ${task.code} 佐证不齐」。`);
    }
    const step = await giveBack(said.tx, task, hand, said.origin);
    await tellAsker(
      said,
      task,
      hand,
      `${stepWord(step, hand)}未通过,退回继续整改。理由:「${folded(reason)}」。补齐后可再次申请。`,
    );
    return {
      head: `已记录【${task.code}】${task.title}`,
      lines: [`${stepWord(step, hand)}未通过,退回继续整改,理由记入台账。补齐后由科长再次申请。`],
      task: task.code,
    };
  },
};
