import { mayStore } from '../chat/storable.ts';
import { called } from '../ledger/people/roster.ts';
import { readdress } from '../ledger/people/staff.ts';
import { Refusal } from '../ledger/refusal.ts';
import { isWide } from '../ledger/rules/audience.ts';
import { isOffice, personCalled } from './command/reach.ts';
import type { Command } from './command.ts';

export const address: Command = {
  act: 'address',
  heardAfterwards: true,
  help: '称呼 某人 称呼:今后怎样称呼',
  examples: ['称呼 {person} 王科长'],
  may: (who) => isOffice(who) && !isWide(who.place),
  run: async (said, { person: name, about = '' }) => {
    const person = await personCalled(said, name);
    const other = await called(said.tx, said.plan.id, about);
    if (other && other.id !== person.id) throw new Refusal(`${about}已是${other.name}的称呼,请换一个。`);
    if (!mayStore(about)) throw new Refusal('称呼不合规范,未改动。');
    await readdress(said.tx, said.plan, person, about, said.origin);
    return { lines: [`已记录,${person.name}今后称${about}。`] };
  },
};
