import { enable as switchOn } from '../ledger/people/staff.ts';
import { Refusal } from '../ledger/refusal.ts';
import { isWide } from '../ledger/rules/audience.ts';
import { isOffice, personCalled } from './command/reach.ts';
import type { Command } from './command.ts';

export const enable: Command = {
  act: 'enable',
  heardAfterwards: true,
  help: '启用 某人:恢复停用的人员',
  examples: ['启用 {person}'],
  may: (who) => isOffice(who) && !isWide(who.place),
  run: async (said, { person: name }) => {
    const person = await personCalled(said, name);
    if (person.active) throw new Refusal(`${person.address}未停用。`);
    await switchOn(said.tx, said.plan, person, said.origin);
    return { lines: [`已记录,${person.address}恢复使用,原绑定的账号继续有效。`] };
  },
};
