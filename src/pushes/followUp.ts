import { followUpLine } from '../chat/followUps.ts';
import { answerWith, dayWord } from '../chat/words.ts';
import { dueFollowUps, type FollowUp } from '../ledger/acts/followUps.ts';
import type { Day } from '../ledger/days.ts';
import { has, mayShow } from '../ledger/rules/audience.ts';
import { toldOrProposed } from '../ledger/views/told.ts';
import { AFTERWARDS, everyWorkday, slotsOn } from './push/moment.ts';
import { oneADay } from './push/sectionGroups.ts';
import { type Look, type Moment, type Notice, type Push, platformOf, type Reach } from './push.ts';

/** Working days before its day that a follow-up is called to mind; once it has passed, again each week. */
const SOON = 2;
const AGAIN = 5;
/** So many stand in a section's group. */
const IN_GROUP = 4;

/** What a meeting decided or a leader ordered, to whoever answers for it: before its day, and after it while it waits. */
export const followUp: Push = {
  name: 'follow-up',
  times: () => [AFTERWARDS],
  slots: slotsOn({ at: AFTERWARDS, falls: everyWorkday }),
  isDue: async (db, moment) => (await dueFollowUps(db, moment.plan, soon(moment))).length > 0,
  scan: async (look) => {
    const due = await dueFollowUps(look.db, look.plan, soon(look));
    const known = await toldOrProposed(look, due.map(markOf(look)));
    const fresh = due.filter((each) => {
      // What the office didn't let go is proposed to it again when it would be told again.
      const last = known.get(markOf(look)(each));
      return (
        last === undefined || (isOver(look, each) && look.calendar.workdaysBetween(last, look.today) >= AGAIN)
      );
    });
    const tomorrow = look.calendar.workdayFrom(look.today, 1);
    // Its day would be over.
    const urgent = new Set(
      fresh
        .filter((each) => each.due !== null && !isOver(look, each) && each.due < tomorrow)
        .map(markOf(look)),
    );
    // The inspectors posted here are never reminded.
    const notices = look.members.flatMap((member) => {
      if (member.resident) return [];
      const reach = look.reach(member.id);
      const own = fresh.filter((each) => answerFor(look, each).includes(member.id));
      const isShown = ({ task }: FollowUp) =>
        reach === null || reach.place === 'single' || mayShow(task.level, reach.group.audience);
      const shown = own.filter(isShown);
      const hidden = reach?.place === 'section' ? own.filter((each) => !isShown(each)) : [];
      return [
        ...(shown.length === 0 ? [] : [noticeOf(look, member.id, shown, reach)]),
        ...(hidden.length === 0 ? [] : [noticeOf(look, member.id, hidden, null)]),
      ];
    });
    return oneADay(look, notices, ({ marks }) => !marks.some((mark) => urgent.has(mark)));
  },
};

/** Its owner; where that person is no longer here, the chiefs of its task's section, or else the office. */
function answerFor({ members, reach }: Look, { ownerId, task }: FollowUp): number[] {
  if (ownerId === null) return [];
  if (members.some(({ id }) => id === ownerId)) return [ownerId];
  const chiefs = members.filter((each) => has(each, 'chief') && each.sectionId === task.sectionId);
  const heirs = chiefs.length > 0 ? chiefs : members.filter((each) => has(each, 'office'));
  const reached = heirs.filter(({ id }) => reach(id) !== null);
  return (reached.length > 0 ? reached : heirs).map(({ id }) => id);
}

const soon = ({ calendar, today }: Moment): Day => calendar.workdayFrom(today, SOON);

const isOver = ({ today }: Moment, { due }: FollowUp): boolean => due !== null && due < today;

const markOf =
  (look: Look) =>
  (followUp: FollowUp): string =>
    `follow${isOver(look, followUp) ? 'Over' : 'Soon'}:${followUp.id}:${followUp.due}`;

/** `reach` null: nothing that may tell it reaches them, which the office hears of. */
function noticeOf(look: Look, personId: number, own: FollowUp[], reach: Reach | null): Notice {
  const wide = reach !== null && reach.place !== 'single';
  const most = wide ? IN_GROUP : own.length;
  const [first] = own;
  return {
    key: `follow-up:${personId}:${look.today}${reach === null ? ':lost' : ''}`,
    to: { personId, ...(reach === null ? {} : { orSection: true }) },
    tasks: [...new Set(own.map(({ task }) => task.code))],
    marks: own.map(markOf(look)),
    reply: {
      title: `【议定事项提示】${dayWord(look.today)}`,
      lines: [
        ...own.slice(0, most).map((each) => followUpLine(each, look.today, wide)),
        ...(own.length > most ? [`另有${own.length - most}项,发「我的」查看。`] : []),
        `办好后回复「议定 ${first?.task.code} 已办结」。`,
      ],
      footer: answerWith(look.botNames[platformOf(reach)]),
    },
  };
}
