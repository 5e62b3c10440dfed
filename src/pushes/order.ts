import { SCREEN } from '../chat/reply.ts';
import { termWord } from '../chat/telling.ts';
import { codesWord, noReplyNeeded } from '../chat/words.ts';
import { isAnyOrdered } from '../ledger/acts/listing.ts';
import { addDays } from '../ledger/days.ts';
import type { Group } from '../ledger/people.ts';
import { mayShow } from '../ledger/rules/audience.ts';
import type { Seen } from '../ledger/views/survey.ts';
import { told } from '../ledger/views/told.ts';
import { everyWorkday, slotsOn } from './push/moment.ts';
import { groupsFor, type Look, type Notice, type Push } from './push.ts';

/** Late enough that the orders of a day leave together. */
const AT = '16:42';
/** An order signed in the evening or before a holiday is told on the next working day. */
const BACK = 15;
/** Orders that a post has room for above its end. */
const LINES = SCREEN - 1;

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
    const groups = groupsFor(look, 'leaders');
    const marksOf = (group: Group) => fresh.map((task) => markOf(group, task));
    const known = await told(look, groups.flatMap(marksOf));
    return groups.flatMap((group) => {
      const own = fresh.filter(
        (task) => mayShow(task.level, group.audience) && !known.has(markOf(group, task)),
      );
      return own.length === 0 ? [] : [noticeOf(look, group, own)];
    });
  },
};

const markOf = (group: Group, { code, listed }: Seen): string => `order:${group.id}:${code}:${listed?.on}`;

/** All of a day in one post. */
function noticeOf({ today }: Look, group: Group, ordered: Seen[]): Notice {
  const shown = ordered.length > LINES ? LINES - 1 : ordered.length;
  const rest = ordered.slice(shown).map(({ code }) => code);
  return {
    key: `order:${group.id}:${today}`,
    to: { groupId: group.id },
    tasks: ordered.map(({ code }) => code),
    marks: ordered.map((task) => markOf(group, task)),
    reply: {
      lines: [
        ...ordered
          .slice(0, shown)
          .map(
            ({ code, section, listed }) =>
              `【${code}】(${section ?? '待明确'})经批准列为挂牌督办事项${termWord(listed?.term ?? null)}。`,
          ),
        ...(rest.length > 0 ? [`另有${rest.length}项同日列为挂牌督办事项:${codesWord(rest)}。`] : []),
      ],
      footer: noReplyNeeded,
    },
  };
}
