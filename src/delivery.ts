import type { Logger } from 'pino';
import { marked } from './chat/instead.ts';
import type { PlatformName } from './chat/message.ts';
import { type Reply, SCREEN, type Target, textOf } from './chat/reply.ts';
import { fitForGroup } from './chat/words.ts';
import type { UnderWay } from './clock.ts';
import type { Db } from './ledger/db.ts';
import { claim, robotsWaiting } from './ledger/outbox/claim.ts';
import type { Outcome } from './ledger/outbox/fate.ts';
import type { Leave } from './ledger/outbox/parcels.ts';
import type { Letter, Sending } from './ledger/outbox.ts';
import * as outbox from './ledger/outbox.ts';
import { paperOf } from './ledger/papers.ts';
import type { Metrics } from './metrics.ts';
import type { Enclosure, Platform } from './platforms/platform.ts';
import { isOpen } from './pushes/moment.ts';
import type { Look } from './pushes/push.ts';
import { createStepWatch } from './stepWatch.ts';
import type { Clock } from './time.ts';
import { isWords, together } from './ways/together.ts';
import type { Ways } from './ways/ways.ts';

export interface Delivery {
  /**
   * Begins to send what may leave now, until nothing may, the signal says to end or a newer look goes on with it: what
   * is under way then is waited for by whoever waits for this to be over. It says when more may leave, and when what
   * somebody is sending counts as left.
   */
  deliver(look: Look, end: AbortSignal, again: (at: Date) => void): Promise<UnderWay>;
}

export interface DeliveryParts {
  platforms: Record<PlatformName, Platform>;
  ways: Ways;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
}

/** From the outbox to the platforms, and back with what became of it. */
export function createDelivery({ platforms, ways, clock, log, metrics }: DeliveryParts): Delivery {
  const clockWasSet = createStepWatch(clock);
  /** Fates that the database couldn't be told. */
  const owed: (() => Promise<void>)[] = [];
  const newest = new Map<number, Look>();
  /** What is being sent through each robot of each plan. */
  const lanes = new Map<string, Promise<void>>();

  const platformOf = (letter: Letter) => platforms[letter.platform === 'wecom' ? 'wecom' : 'dingtalk'];

  async function deliver(look: Look, end: AbortSignal, again: (at: Date) => void): Promise<UnderWay> {
    const { db, plan } = look;
    newest.set(plan.id, look);
    const leave = leaveAt(look);
    await Promise.allSettled(owed.splice(0).map((tell) => tell()));
    const { left, next } = await outbox.abandoned(db, plan.id, clock.now());
    for (const post of left) await settle(post, abandoned, post.every(leave.repeats), look);
    if (next) again(next);
    await outbox.expire(db, plan.id, clock.now());
    const robots = await robotsWaiting(db, plan.id, (chat) => {
      const target = ways.target(chat, look);
      return target && platforms[target.platform].robot(target);
    });
    return {
      over: all(robots.map((robot) => sendThrough(robot, () => drain(robot, leave, look, end, again), look))),
    };
  }

  /**
   * Robots go side by side: one that is paused, spent or slow doesn't hold up another, nor the next look. What an older
   * look is sending through this one is waited for.
   */
  function sendThrough(robot: string, send: () => Promise<void>, { plan }: Look): Promise<void> {
    const lane = `${plan.id} ${robot}`;
    const before = lanes.get(lane) ?? Promise.resolve();
    const sending = before.catch(() => {}).then(send);
    lanes.set(lane, sending);
    const over = () => lanes.get(lane) === sending && lanes.delete(lane);
    sending.then(over, over);
    return sending;
  }

  async function drain(
    robot: string,
    leave: Leave,
    look: Look,
    end: AbortSignal,
    again: (at: Date) => void,
  ): Promise<void> {
    while (!end.aborted && newest.get(look.plan.id) === look && !clockWasSet()) {
      const until = performance.now() + outbox.SENDING;
      const { parcels, next } = await claim(look.db, look.plan.id, robot, clock.now(), leave);
      if (next) again(next);
      if (parcels.length === 0) return;
      await all(parcels.map((parcel) => send(parcel, until, leave, look)));
    }
  }

  function leaveAt(look: Look): Leave {
    const held = new Set(look.groups.filter((group) => group.pausedAt !== null).map((group) => group.id));
    return {
      may: (letter) =>
        (!letter.quiet || isOpen({ ...look, now: clock.now() })) &&
        (letter.groupId === null || !held.has(letter.groupId)) &&
        isReady(letter, look),
      budget: (letter) => {
        const target = ways.target(letter, look);
        return target ? platformOf(letter).budget(target) : { minute: 1 };
      },
      repeats: (letter) => {
        const target = ways.target(letter, look);
        return target !== undefined && platformOf(letter).repeats(target);
      },
      fit: (parcel) => {
        const [head] = parcel;
        if (!head || !parcel.every((letter) => isWords(letter.reply as Reply))) return false;
        const target = ways.target(head, look);
        const room = target ? platformOf(head).room(target) : 0;
        const reply = together(parcel);
        return Buffer.byteLength(textOf(reply)) <= room && isOneScreen(head, reply, look);
      },
    };
  }

  /** One without a target is settled as such; one that only another process can send is left to it. */
  function isReady(letter: Letter, look: Look): boolean {
    const target = ways.target(letter, look);
    return target === undefined || platformOf(letter).ready(target);
  }

  async function send(parcel: Sending[], until: number, leave: Leave, look: Look): Promise<void> {
    const [head] = parcel;
    if (!head) return;
    const target = ways.target(head, look);
    const reply = together(parcel);
    const outcome: Outcome = !target
      ? { is: 'never', why: '会话已不在台账中', gone: false }
      : mayStand(head, reply, look)
        ? await post(look.db, head, target, reply, until)
        : { is: 'never', why: '含不宜在群内出现的内容', gone: false };
    await settle(parcel, outcome, leave.repeats(head), look);
  }

  async function post(db: Db, head: Sending, target: Target, reply: Reply, until: number): Promise<Outcome> {
    const text = head.again && isWords(reply) ? marked('〔补发〕', reply) : reply;
    const enclosure = await enclosureOf(db, reply);
    const outcome: Outcome =
      enclosure === null
        ? { is: 'never', why: '附件已不在台账中', gone: false }
        : await platformOf(head).send(
            target,
            { uuid: head.uuid, reply: text, until, ...enclosure },
            clock.now(),
          );
    metrics.delivered(head.platform, outcome.is);
    if (outcome.is !== 'sent') {
      log.warn({ letter: head.id, push: head.push, ...outcome }, 'a letter was not sent');
    }
    return outcome;
  }

  /** What can't be written down is kept for as long as this process lives, until the database is back. */
  async function settle(parcel: Sending[], outcome: Outcome, repeats: boolean, look: Look): Promise<void> {
    const now = clock.now();
    try {
      await outbox.settle(look.db, parcel, outcome, repeats, now);
    } catch (error) {
      owed.push(() => settle(parcel, outcome, repeats, look));
      throw error;
    }
  }

  return { deliver };
}

/** What a letter encloses, with its bytes; empty for words, null where the ledger no longer has it. */
async function enclosureOf(db: Db, { enclosed }: Reply): Promise<{ enclosure?: Enclosure } | null> {
  const [first] = enclosed ?? [];
  if (!first) return {};
  const paper = await paperOf(db, first.paper);
  if (!paper) return null;
  return { enclosure: { kind: first.kind, name: first.name, type: paper.type, bytes: paper.bytes } };
}

const abandoned: Outcome = { is: 'unknown', why: '发送途中进程终止', ours: true };

/** The last door: whatever put it into the outbox, no text with such words leaves for a group but the office's. */
const mayStand = (letter: Letter, reply: Reply, look: Look): boolean =>
  !isToGroup(letter, look) || fitForGroup(textOf(reply));

/** What is joined for a group is still one screen there; calling somebody takes a line. */
const isOneScreen = (letter: Letter, reply: Reply, look: Look): boolean =>
  !isToGroup(letter, look) || textOf(reply).split('\n').length + (reply.mention ? 1 : 0) <= SCREEN;

/** The office's group reads everything, and as much of it as there is. */
const isToGroup = ({ groupId }: Letter, { groups }: Look): boolean =>
  groups.some(({ id, audience }) => id === groupId && audience !== 'office');

/** Waits for every one of them, also when one fails. */
async function all(jobs: Promise<void>[]): Promise<void> {
  const [failed] = (await Promise.allSettled(jobs)).filter((job) => job.status === 'rejected');
  if (failed) throw failed.reason;
}
