import { place } from '../ledger/people/staff.ts';
import { Refusal } from '../ledger/refusal.ts';
import { isWide } from '../ledger/rules/audience.ts';
import { isOffice, personCalled } from './command/reach.ts';
import type { Command } from './command.ts';

export const rank: Command = {
  act: 'rank',
  heardAfterwards: true,
  help: '排序 某人 在 某人 之前(之后):人员的先后次序',
  examples: ['排序 {person} 在 {other} 之前'],
  may: (who) => isOffice(who) && !isWide(who.place),
  run: async (said, { person: name, other: otherName, side = 'behind' }) => {
    const person = await personCalled(said, name);
    const other = await personCalled(said, otherName);
    if (person.id === other.id) throw new Refusal('请写两个不同的人。');
    await place(said.tx, said.plan, person, { side, other }, said.origin);
    return { lines: [`已记录,${person.address}排在${other.address}之${side === 'before' ? '前' : '后'}。`] };
  },
};
