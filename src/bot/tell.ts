import { calling } from '../chat/instead.ts';
import type { LinkTo } from '../chat/link.ts';
import type { Post, Tell } from '../commands/command.ts';
import { dayOf, instantOf, timeOf } from '../ledger/days.ts';
import type { Db } from '../ledger/db.ts';
import { isRepeated } from '../ledger/outbox/repeated.ts';
import { type NewLetter, put, retract } from '../ledger/outbox.ts';
import type { Plan } from '../ledger/plan.ts';
import { maySee, mayShow } from '../ledger/rules/audience.ts';
import { groupsFor, type Notice } from '../pushes/push.ts';
import { type Here, hereIn, type Linking } from '../ways/here.ts';
import type { Ways } from '../ways/ways.ts';

/**
 * Working days for which what waits for somebody to act, and a paper that was asked for, keep: none of them leaves on
 * days off, of which there may be more than a week. An answer that comes late answers nothing.
 */
const KEEPS = 5;
const ANSWERS = 30 * 60_000;

interface Posting {
  ways: Ways;
  linkTo: LinkTo;
  now: Date;
  /** Told of each letter that was put. */
  put: () => void;
}

/** Letters that a message brings about, put into the outbox in the message's own transaction. */
export function createTell(
  { ways, linkTo, now, put: told }: Posting,
  tx: Db,
  plan: Plan,
): { tell: Tell; post: Post } {
  const today = dayOf(now, plan.timeZone);
  const { settings, setup, timeZone } = plan;
  const kept = instantOf(setup.calendar.workdayFrom(today, KEEPS), settings.quiet[1], timeZone);
  let read: Promise<Here & Linking> | undefined;
  /** Read once a message, and only for one that writes. */
  const here = () => (read ??= look());

  async function look(): Promise<Here & Linking> {
    const link: Linking['link'] = (page, whom) => linkTo(page, whom, now);
    return { ...(await hereIn(tx, plan, today)), link };
  }

  async function send(push: string, notice: Notice, expiresAt: Date): Promise<void> {
    const slot = { dueAt: now, expiresAt };
    const letters: NewLetter[] = [];
    for (const letter of ways.address(push, notice, slot, await here())) letters.push(await apart(letter));
    await put(tx, letters, now);
    told();
  }

  /** What is asked for or told a second time says when, so that it is shown a second time. */
  async function apart(letter: NewLetter): Promise<NewLetter> {
    const minute = timeOf(now, plan.timeZone);
    const second = minute + now.toISOString().slice(16, 19);
    const timed = (time: string) => ({
      ...letter,
      reply: { ...letter.reply, lines: [...letter.reply.lines, `本条${time}提出。`] },
    });
    for (const each of [letter, timed(minute)]) if (!(await isRepeated(tx, each, now))) return each;
    return timed(second);
  }

  const tell: Tell = async ({ key, personId, reply, task, mark, answers = false }) => {
    const found = await here();
    const member = found.members.find((each) => each.id === personId);
    const reach = ways.reach(found, personId, answers);
    if (!member || (answers && reach?.place !== 'single')) return false;
    if (task && maySee(task.level, task, member, 'single') === 'no') return false;
    if (task && reach?.place === 'office' && !mayShow(task.level, 'office')) return false;
    const inGroup = reach?.place === 'section' && task !== undefined && mayShow(task.level, 'section');
    const notice: Notice = {
      key,
      to: { personId, ...(inGroup ? { orSection: true } : {}) },
      reply: inGroup ? calling(member.address, reply) : reply,
      tasks: task ? [task.code] : [],
      marks: mark === undefined ? [] : [mark],
      answers,
      tells: true,
    };
    await send('personal', notice, answers && !reply.enclosed ? new Date(now.getTime() + ANSWERS) : kept);
    return reach?.place === 'single';
  };

  const post: Post = async (push, { key, mark, until, audiences, reply }) => {
    await retract(tx, [mark], now);
    const expiresAt = until < kept ? until : kept;
    for (const { id } of groupsFor(await here(), ...audiences)) {
      const to = { groupId: id };
      await send(push, { key: `${key}:g${id}`, to, reply, tasks: [], marks: [mark], tells: true }, expiresAt);
    }
  };

  return { tell, post };
}
