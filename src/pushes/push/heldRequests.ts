import { answerWith } from '../../chat/words.ts';
import { type HeldRequest, heldRequests } from '../../ledger/people/handover.ts';
import type { Member } from '../../ledger/people.ts';
import { has, maySee, mayShow } from '../../ledger/rules/audience.ts';
import { toldOrProposed } from '../../ledger/views/told.ts';
import { type Look, type Notice, platformOf } from '../push.ts';

/** Working days after which what still waits is called to mind again. */
const AGAIN = 5;

/** What waits for a new chief's word since the post passed: a predecessor asked for it, and nobody may go on with it. */
export async function heldByHandover(look: Look): Promise<Notice[]> {
  const held = await heldRequests(look.db, look.plan.id);
  if (held.length === 0) return [];
  const waiting = look.members
    .filter((member) => has(member, 'chief') && !member.resident)
    .map((member) => ({ member, own: held.filter(isOf(member)) }));
  const known = await toldOrProposed(
    look,
    waiting.flatMap(({ member, own }) => own.map(markFor(member))),
  );
  return waiting.flatMap(({ member, own }) => {
    const fresh = own.filter((each) => {
      const last = known.get(markFor(member)(each));
      return last === undefined || look.calendar.workdaysBetween(last, look.today) >= AGAIN;
    });
    return fresh.length === 0 ? [] : [noticeOf(look, member, fresh)];
  });
}

const isOf =
  (member: Member) =>
  ({ task }: HeldRequest): boolean =>
    task.sectionId === member.sectionId && maySee(task.level, task, member, 'single') === 'yes';

const markFor =
  ({ id }: Member) =>
  ({ task, closeoutId, extensionId }: HeldRequest): string =>
    `held:${task.code}:${closeoutId}:${extensionId}:${id}`;

function noticeOf(look: Look, member: Member, own: HeldRequest[]): Notice {
  // What the section's group may not read of reaches nobody there, and the office hears of that.
  const inGroup = own.every(({ task }) => mayShow(task.level, 'section'));
  return {
    key: `held:${member.id}:${look.today}`,
    to: { personId: member.id, ...(inGroup ? { orSection: true } : {}) },
    reply: {
      title: '【整改提示】待您确认',
      lines: own.map(
        ({ task, closeoutId }) =>
          `【${task.code}】${task.title}:前任的${closeoutId === null ? '延期' : '销号'}申请待您确认后继续办理,请回复「确认 ${task.code}」。`,
      ),
      footer: answerWith(look.botNames[platformOf(look.reach(member.id))]),
    },
    tasks: own.map(({ task }) => task.code),
    marks: own.map(markFor(member)),
  };
}
