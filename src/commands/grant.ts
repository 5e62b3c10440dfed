import { dayWord, movedWord } from '../chat/words.ts';
import { decide } from '../ledger/acts/extension.ts';
import { Refusal } from '../ledger/refusal.ts';
import { answersRequests, awaiting } from './command/requests.ts';
import { tellAbout } from './command/turn.ts';
import type { Command } from './command.ts';

export const grant: Command = {
  act: 'grant',
  help: '同意延期 任务编号 [至 日期]:批复延期申请,由整改办(其本身承办的由机关纪委)或分管领导办',
  examples: ['同意延期 {task}'],
  may: answersRequests,
  run: async (said, intent) => {
    const { task, open } = await awaiting(said, intent);
    if (open.held) throw new Refusal(`【${task.code}】申请人已交接,现待新任科长确认后再批复。`);
    const to = intent.until ?? open.to;
    const from = task.deadline ?? open.from;
    if (to <= from || to > said.plan.ends) {
      throw new Refusal(
        `【${task.code}】现时限${dayWord(from)},批复日期应在其后,不晚于方案截止日${dayWord(said.plan.ends)},如「同意延期 ${task.code} 至 日期」。`,
      );
    }
    await decide(said.tx, task, open, { granted: true, to }, said.origin);
    const told = `同意延期,完成时限${movedWord(from, to)}`;
    await tellAbout(said, task, open.personId, `${told}。`);
    return {
      head: `已记录【${task.code}】${task.title}`,
      lines: [`${told},原时限记入台账。`],
      task: task.code,
    };
  },
};
