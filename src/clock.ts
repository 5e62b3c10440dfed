import cron from 'node-cron';
import type { Logger } from 'pino';
import type { Delivery } from './delivery.ts';
import { calendarOf } from './ledger/calendar.ts';
import { wall } from './ledger/days.ts';
import type { Store } from './ledger/db.ts';
import * as outbox from './ledger/outbox.ts';
import { groupsOf, membersOf, type Plan, plansOf } from './ledger/people.ts';
import { readCalendarDays } from './ledger/planRead.ts';
import type { Metrics } from './metrics.ts';
import { pushes } from './pushes/index.ts';
import type { Look } from './pushes/push.ts';
import type { Clock } from './time.ts';

export interface Beat {
  /** Looks, fills the outbox and delivers. One look at a time: a second call waits and then looks again. */
  look(): Promise<void>;
  start(): void;
  /** Asks no more; a delivery under way is waited for. */
  stop(): Promise<void>;
  /** Milliseconds since the last look that succeeded, on a clock that nobody can set. */
  since(): number;
}

export interface BeatParts {
  store: Store;
  delivery: Delivery;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  botName: string;
}

/** A timer that was set to a later minute doesn't fire while the wall clock runs behind; this one still does. */
const OVERDUE = 90_000;

/**
 * The beat: once a minute it says "look". What is due, the ledger knows; that it is said once, the outbox's key
 * sees to. So a minute that was missed, came twice or lay in another process needs no care here.
 */
export function createBeat(parts: BeatParts): Beat {
  const { clock, log, metrics } = parts;
  let last = performance.now();
  let running: Promise<void> = Promise.resolve();

  async function once(): Promise<void> {
    try {
      await tick(parts, clock.now());
      last = performance.now();
      metrics.looked(clock.now());
    } catch (error) {
      log.error({ err: error }, 'a look at the ledger did not succeed');
    }
  }

  const look = (): Promise<void> => {
    running = running.then(once);
    return running;
  };

  const minute = cron.createTask('* * * * *', look, { name: 'beat', noOverlap: true });
  let watchdog: NodeJS.Timeout | undefined;

  return {
    look,
    start: () => {
      void minute.start();
      watchdog = setInterval(() => {
        if (performance.now() - last > OVERDUE) void look();
      }, OVERDUE / 3);
      void look();
    },
    stop: async () => {
      clearInterval(watchdog);
      await minute.destroy();
      await running;
    },
    since: () => performance.now() - last,
  };
}

/** One look at one moment: every plan, every push, then whatever the outbox may send. Tests call it with their own now. */
export async function tick(
  { store, delivery, log, botName }: Pick<BeatParts, 'store' | 'delivery' | 'log' | 'botName'>,
  now: Date,
): Promise<void> {
  for (const plan of await plansOf(store.db)) {
    const look = await lookAt(store, plan, now, botName);
    for (const push of pushes) {
      try {
        const notices = await push.scan(look);
        const letters = notices.flatMap((notice) => delivery.address(push.name, notice, look));
        await outbox.put(store.db, letters, now);
      } catch (error) {
        log.error({ err: error, push: push.name }, 'a push ended in a fault');
      }
    }
    await delivery.deliver(look);
  }
}

async function lookAt({ db }: Store, plan: Plan, now: Date, botName: string): Promise<Look> {
  const { day, minute } = wall(now, plan.timeZone);
  return {
    db,
    plan,
    calendar: calendarOf(await readCalendarDays(db, plan.id)),
    groups: await groupsOf(db, plan.id),
    members: await membersOf(db, plan.id),
    now,
    today: day,
    minute,
    botName,
  };
}
