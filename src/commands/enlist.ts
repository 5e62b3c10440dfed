import { mayStore } from '../chat/storable.ts';
import { called, sectionBy } from '../ledger/people/roster.ts';
import { enlist as takeIn } from '../ledger/people/staff.ts';
import { Refusal } from '../ledger/refusal.ts';
import { isWide } from '../ledger/rules/audience.ts';
import { isOffice } from './command/reach.ts';
import { roleIn } from './command/role.ts';
import type { Command } from './command.ts';

export const enlist: Command = {
  act: 'enlist',
  heardAfterwards: true,
  help: '新增 姓名 科室 职务 [角色]:新增人员,不写角色为内勤,班子成员科室写局领导;任负责人再发「交接」',
  examples: ['新增 王强 {section} 副科长', '新增 李敏 {section} 科员 角色 整改办'],
  may: (who) => isOffice(who) && !isWide(who.place),
  run: async (said, { person: name = '', section: code = '', about: post = '', note: word }) => {
    const section = await sectionBy(said.tx, said.plan.id, code);
    if (!section) throw new Refusal('请写明科室,如「新增 王强 安全管理科 副科长」。');
    if (section.kind === 'leadership' && /书记|局长$/.test(post) && !/副/.test(post)) roleIn('书记');
    const role = word === undefined ? (section.kind === 'leadership' ? 'leader' : 'staff') : roleIn(word);
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
    await takeIn(said.tx, said.plan, { name, post, sectionId: section.id, roles: [role] }, said.origin);
    return {
      lines: [
        `已记录:新增${name}(${section.name}${post})。`,
        `领取绑定码请在单聊中发「绑定码 ${name}」;任负责人请发「交接 ${section.name} 负责人 ${name} 自 日期」。`,
      ],
    };
  },
};
