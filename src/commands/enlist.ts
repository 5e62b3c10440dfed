import { mayStore } from '../chat/storable.ts';
import { Refusal } from '../ledger/refusal.ts';
import { called, sectionBy } from '../ledger/roster.ts';
import { enlist as takeIn } from '../ledger/staff.ts';
import type { Command } from './command.ts';
import { isClosed, isOffice } from './reach.ts';

export const enlist: Command = {
  act: 'enlist',
  help: '新增 姓名 科室 职务:新增科室工作人员;任负责人再发「交接」',
  examples: ['新增 王强 安全管理科 副科长'],
  may: (who) => isOffice(who) && isClosed(who),
  run: async (said, { person: name = '', section: code = '', about: post = '' }) => {
    const section = await sectionBy(said.tx, said.plan.id, code);
    if (!section || section.kind === 'leadership') throw new Refusal('班子成员请用工作簿导入。');
    const known = await called(said.tx, said.plan.id, name);
    if (known) {
      throw new Refusal(
        known.active
          ? `台账中已有${known.name},未新增。同名请写全称以示区别。`
          : `${known.name}已停用,恢复请发「启用 ${known.name}」。`,
      );
    }
    if (!mayStore(name + post) || said.vocabulary.sections.some((each) => each.name === name)) {
      throw new Refusal('姓名或职务不合规范,未新增。');
    }
    await takeIn(said.tx, said.plan, { name, post, sectionId: section.id }, said.origin, said.now, said.text);
    return {
      lines: [
        `已记录:新增${name}(${section.name}${post})。`,
        `领取绑定码请在单聊中发「绑定码 ${name}」;任负责人请发「交接 ${section.name} 负责人 ${name} 自 日期」。`,
      ],
    };
  },
};
