import { followUpLine } from '../chat/followUps.ts';
import { answerWith, dayWord } from '../chat/words.ts';
import type { Day } from '../ledger/days.ts';
import { dueFollowUps, type FollowUp } from '../ledger/followUps.ts';
import { mayShow } from '../ledger/rules/audience.ts';
import { told } from '../ledger/told.ts';
import { AFTERWARDS, everyWorkday, slotsOn } from './moment.ts';
import type { Look, Moment, Notice, Push, Reach } from './push.ts';

/** Working days before its day that a follow-up is called to mind; once it has passed, again each week. */
const SOON = 2;
const AGAIN = 5;

/** What a meeting decided or a leader ordered, to whoever answers for it: before its day, and after it while it waits. */
export const followUp: Push = {
  name: 'follow-up',
  times: () => [AFTERWARDS],
  slots: slotsOn({ at: AFTERWARDS, falls: everyWorkday }),
  isDue: async (db, moment) => (await dueFollowUps(db, moment.plan, soon(moment))).length > 0,
  scan: async (look) => {
    const due = await dueFollowUps(look.db, look.plan, soon(look));
    const known = await told(look.db, look.plan, due.map(markOf(look)));
    const fresh = due.filter((each) => {
      const last = known.get(markOf(look)(each))?.last;
      return (
        last === undefined || (isOver(look, each) && look.calendar.workdaysBetween(last, look.today) >= AGAIN)
      );
    });
    return look.members.flatMap((member) => {
      const reach = look.reach(member.id);
      if (reach === null) return [];
      const own = fresh.filter(
        ({ ownerId, task }) =>
          ownerId === member.id && (reach.place === 'single' || mayShow(task.level, reach.group.audience)),
      );
      return own.length === 0 ? [] : [noticeOf(look, member.id, own, reach)];
    });
  },
};

const soon = ({ calendar, today }: Moment): Day => calendar.workdayFrom(today, SOON);

const isOver = ({ today }: Moment, { due }: FollowUp): boolean => due !== null && due < today;

const markOf =
  (look: Look) =>
  (followUp: FollowUp): string =>
    `follow${isOver(look, followUp) ? 'Over' : 'Soon'}:${followUp.id}:${followUp.due}`;

function noticeOf(look: Look, personId: number, own: FollowUp[], reach: Reach): Notice {
  const wide = reach.place !== 'single';
  const [first] = own;
  return {
    key: `follow-up:${personId}:${look.today}`,
    to: { personId },
    tasks: [...new Set(own.map(({ task }) => task.code))],
    marks: own.map(markOf(look)),
    reply: {
      title: `【议定事项提示】${dayWord(look.today)}`,
      lines: [
        ...own.map((each) => followUpLine(each, look.today, wide)),
        `办好后回复「议定 ${first?.task.code} 已办结」。`,
      ],
      footer: answerWith(look.botNames[wide ? 'wecom' : reach.platform]),
    },
  };
}
