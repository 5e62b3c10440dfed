import { codesWord } from '../chat/words.ts';
import { openUnder, disable as switchOff } from '../ledger/people/staff.ts';
import { Refusal } from '../ledger/refusal.ts';
import { isWide } from '../ledger/rules/audience.ts';
import { isOffice, personCalled } from './command/reach.ts';
import type { Command } from './command.ts';

export const disable: Command = {
  act: 'disable',
  heardAfterwards: true,
  help: '停用 某人:即时停用账号和提醒,不在任何群里发布;恢复写「启用 某人」',
  examples: ['停用 {person}'],
  may: (who) => isOffice(who) && !isWide(who.place),
  run: async (said, { person: name }) => {
    const person = await personCalled(said, name);
    if (person.id === said.person.id) throw new Refusal('不能停用本人,请由整改办其他人员办理。');
    if (!person.active) throw new Refusal(`${person.address}已停用,恢复请发「启用 ${person.name}」。`);
    const led = await openUnder(said.tx, person);
    await switchOff(said.tx, said.plan, person, said.origin);
    return {
      lines: [
        `已记录,${person.address}即时停用。如有误,请发「启用 ${person.name}」。`,
        ...(led.length === 0
          ? []
          : [
              `${codesWord(led)}的责任领导自此待明确,其间申请销号不经分管领导审核;请用工作簿改责任领导后导入。`,
            ]),
      ],
    };
  },
};
