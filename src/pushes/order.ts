import { termWord } from '../chat/telling.ts';
import { noReplyNeeded } from '../chat/words.ts';
import { addDays } from '../ledger/days.ts';
import { isAnyOrdered } from '../ledger/listing.ts';
import { mayShow } from '../ledger/rules/audience.ts';
import { everyWorkday, slotsOn } from './moment.ts';
import type { Push } from './push.ts';

/** Late enough that the orders of a day leave together. */
const AT = '16:42';
/** An order signed in the evening or before a holiday is told on the next working day. */
const BACK = 15;

/** A listing that the secretary has ordered: section, task and term, never the reason. */
export const order: Push = {
  name: 'order',
  times: () => [AT],
  slots: slotsOn({ at: AT, falls: everyWorkday }),
  isDue: (db, { plan, today }) => isAnyOrdered(db, plan, addDays(today, -BACK)),
  scan: async (look) => {
    const since = addDays(look.today, -BACK);
    const { tasks } = await look.survey();
    const fresh = tasks.filter(({ listed, state }) => listed?.on && listed.on >= since && state !== 'closed');
    const groups = look.groups.filter(({ audience, gone }) => audience === 'leaders' && gone === null);
    return groups.flatMap((group) =>
      fresh
        .filter((task) => mayShow(task.level, group.audience))
        .map((task) => ({
          key: `order:${group.id}:${task.code}:${task.listed?.on}`,
          to: { groupId: group.id },
          tasks: [task.code],
          marks: [],
          reply: {
            lines: [
              `【${task.code}】(${task.section ?? '待明确'})经批准列为挂牌督办事项${termWord(task.listed?.term ?? null)}。`,
            ],
            footer: noReplyNeeded,
          },
        })),
    );
  },
};
