import { extensionWord } from '../chat/asked.ts';
import { officePost } from '../chat/closeout.ts';
import { dueWord, folded, hasReason, undated } from '../chat/words.ts';
import { ask, extensionsOf } from '../ledger/acts/extension.ts';
import { lacking, Refusal } from '../ledger/refusal.ts';
import { has } from '../ledger/rules/audience.ts';
import { handFor, mayReport } from './command/reach.ts';
import { tellDecider } from './command/turn.ts';
import type { Command } from './command.ts';

export const extend: Command = {
  act: 'extend',
  help: '延期 任务编号 至 日期 原因:由科长或分管领导申请延期,整改办(其本身承办的由机关纪委)或分管领导批复',
  examples: ['延期 {task} 至 {later} 上级文件尚未下发'],
  may: mayReport,
  suits: ({ person }) => has(person, 'chief', 'leader'),
  run: async (said, intent) => {
    const { task, hand } = await handFor(said, intent, 'extend', '延期请科长或分管领导本人申请。');
    const { code, deadline } = task;
    if (task.duty || deadline === null) throw new Refusal(`【${code}】完成时限待明确,请与整改办联系。`);
    const asked = await extensionsOf(said.tx, task.id);
    const open = asked.find(({ granted }) => granted === null);
    if (open) throw new Refusal(`【${code}】已申请延期至${dueWord(open.to, said.today)},现待批复。`);
    const to = intent.date;
    if (to === undefined) throw new Refusal(`【${code}】请写明日期,如「延期 ${code} 至 4月30日 原因」。`);
    if (to <= deadline || to < said.today) {
      throw new Refusal(`【${code}】现时限${dueWord(deadline, said.today)},延期日期应在其后且未过,请重写。`);
    }
    if (to > said.plan.ends) {
      throw new Refusal(`【${code}】延期不能超过方案截止日${dueWord(said.plan.ends, said.today)},请重写。`);
    }
    if (!hasReason(intent.note)) {
      throw lacking(
        'reason',
        `【${code}】请写明原因,如「延期 ${code} 至 ${dueWord(to, said.today)} 原因」。`,
      );
    }
    const late = deadline < said.today;
    await ask(said.tx, { ...task, deadline }, { to, late }, said.origin);
    const why = `说明:「${folded(undated(intent.note ?? ''))}」`;
    await tellDecider(said, task, hand, { from: deadline, to, late }, why);
    return {
      head: `已记录【${code}】${task.title}`,
      lines: [
        `${extensionWord(deadline, to, late)}。批复前仍按原时限。`,
        `下一步:${officePost(hand)}或分管领导批复。`,
      ],
      takeBack: 'unwanted',
      task: code,
    };
  },
};
