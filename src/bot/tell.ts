import { calling } from '../chat/instead.ts';
import type { LinkTo } from '../chat/link.ts';
import type { Post, Tell } from '../commands/command.ts';
import { dayOf } from '../ledger/days.ts';
import type { Db } from '../ledger/db.ts';
import { put, retract } from '../ledger/outbox.ts';
import type { Plan } from '../ledger/plan.ts';
import { maySee, mayShow } from '../ledger/rules/audience.ts';
import { groupsFor, type Notice } from '../pushes/push.ts';
import { type Here, hereIn, type Linking } from '../ways/here.ts';
import type { Ways } from '../ways/ways.ts';

/** What waits for somebody to act, and a paper that was asked for, keep for a week; an answer that comes late answers nothing. */
const KEEPS = 7 * 24 * 60 * 60_000;
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
  let read: Promise<Here & Linking> | undefined;
  /** Read once a message, and only for one that writes. */
  const here = () => (read ??= look());

  async function look(): Promise<Here & Linking> {
    const link: Linking['link'] = (page, whom) => linkTo(page, whom, now);
    return { ...(await hereIn(tx, plan, dayOf(now, plan.timeZone))), link };
  }

  async function send(push: string, notice: Notice, keeps = KEEPS): Promise<void> {
    const slot = { dueAt: now, expiresAt: new Date(now.getTime() + keeps) };
    await put(tx, ways.address(push, notice, slot, await here()), now);
    told();
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
    await send('personal', notice, answers && !reply.enclosed ? ANSWERS : KEEPS);
    return reach?.place === 'single';
  };

  const post: Post = async (push, { key, mark, until, audiences, reply }) => {
    await retract(tx, [mark], now);
    const keeps = Math.min(KEEPS, until.getTime() - now.getTime());
    for (const { id } of groupsFor(await here(), ...audiences)) {
      const to = { groupId: id };
      await send(push, { key: `${key}:g${id}`, to, reply, tasks: [], marks: [mark], tells: true }, keeps);
    }
  };

  return { tell, post };
}
