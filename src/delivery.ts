import type { Logger } from 'pino';
import type { UnderWay } from './beat.ts';
import { leaveAt } from './delivery/leave.ts';
import { post } from './delivery/post.ts';
import { createStepWatch } from './delivery/stepWatch.ts';
import { claim, robotsWaiting } from './ledger/outbox/claim.ts';
import type { Outcome } from './ledger/outbox/fate.ts';
import { endOvertaken } from './ledger/outbox/overtaken.ts';
import type { Leave } from './ledger/outbox/parcels.ts';
import type { Sending } from './ledger/outbox.ts';
import * as outbox from './ledger/outbox.ts';
import type { Metrics } from './metrics.ts';
import type { Look } from './pushes/push.ts';
import type { Clock } from './time.ts';
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
  ways: Ways;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
}

/** From the outbox to the platforms, and back with what became of it. */
export function createDelivery({ ways, clock, log, metrics }: DeliveryParts): Delivery {
  const clockWasSet = createStepWatch(clock);
  /** Fates that the database couldn't be told. */
  const owed: (() => Promise<void>)[] = [];
  const newest = new Map<number, Look>();
  /** What was last sent through each robot of each plan, or is being sent. */
  const lanes = new Map<string, Promise<void>>();

  async function deliver(look: Look, end: AbortSignal, again: (at: Date) => void): Promise<UnderWay> {
    const { db, plan } = look;
    newest.set(plan.id, look);
    const leave = leaveAt(look, ways, clock);
    await Promise.allSettled(owed.splice(0).map((tell) => tell()));
    const { left, next } = await outbox.abandoned(db, plan.id, clock.now());
    for (const parcel of left) await settle(parcel, abandoned, parcel.every(leave.repeats), look);
    if (next) again(next);
    await outbox.expire(db, plan.id, clock.now());
    await endOvertaken(db, plan.id, clock.now());
    const robots = await robotsWaiting(db, plan.id, (chat) => {
      const route = ways.route(chat, look);
      return route?.platform.robot(route.target);
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

  async function send(parcel: Sending[], until: number, leave: Leave, look: Look): Promise<void> {
    const [head] = parcel;
    if (!head) return;
    const outcome = await post(parcel, ways.route(head, look), { until, now: clock.now() }, look);
    metrics.delivered(head.platform, outcome.is);
    if (outcome.is !== 'sent') {
      log.warn({ letter: head.id, push: head.push, ...outcome }, 'a letter was not sent');
    }
    await settle(parcel, outcome, leave.repeats(head), look);
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

const abandoned: Outcome = { is: 'unknown', why: '发送途中进程终止', ours: true };

/** Waits for every one of them, also when one fails. */
async function all(jobs: Promise<void>[]): Promise<void> {
  const [failed] = (await Promise.allSettled(jobs)).filter((job) => job.status === 'rejected');
  if (failed) throw failed.reason;
}
