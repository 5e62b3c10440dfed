import cron from 'node-cron';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';
import type { Clock } from './time.ts';

export interface Beat {
  /** Looks now. One look at a time: a call during one waits for another after it, and further calls for that same one. */
  look(): Promise<void>;
  /** Looks soon, if the beat has been started: something was put that need not wait for the minute. */
  nudge(): void;
  start(): void;
  /** Looks no more; a look under way ends what it has begun. */
  stop(): Promise<void>;
  /** Milliseconds since the last look that succeeded, on a clock that nobody can set. */
  since(): number;
}

export interface BeatParts {
  /** One look at one moment; ends early once it is told to. */
  tick(now: Date, end: AbortSignal): Promise<void>;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
}

/** Without a look for so long, the minute's timer must be waiting for a time that the wall clock was set away from. */
const OVERDUE = 90_000;
const WATCH = 15_000;

/**
 * The beat: once a minute it says "look". What is due, the ledger knows; that it is said once, the outbox's key
 * sees to. So a minute that was missed, came twice or lay in another process needs no care here.
 */
export function createBeat({ tick, clock, log, metrics }: BeatParts): Beat {
  const ending = new AbortController();
  let began = performance.now();
  let succeeded = performance.now();
  let underWay: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  async function once(): Promise<void> {
    began = performance.now();
    try {
      await tick(clock.now(), ending.signal);
      succeeded = performance.now();
      metrics.looked(clock.now());
    } catch (error) {
      log.error({ err: error }, 'a look at the ledger did not succeed');
    }
  }

  async function turn(): Promise<void> {
    await underWay;
    next = undefined;
    if (ending.signal.aborted) return;
    underWay = once();
    await underWay;
    underWay = undefined;
  }

  const look = (): Promise<void> => {
    next ??= turn();
    return next;
  };

  const minute = cron.createTask('* * * * *', look, {
    name: 'beat',
    noOverlap: true,
    // A loop that was busy at the full minute looks a little later rather than not at all.
    missedExecutionTolerance: OVERDUE / 2,
    suppressMissedWarning: true,
    logger: quiet(log),
  });
  let watchdog: NodeJS.Timeout | undefined;

  function nudge(): void {
    if (watchdog !== undefined && !ending.signal.aborted) void look();
  }

  function watch(): void {
    if (underWay || performance.now() - began < OVERDUE) return;
    void minute.stop();
    void minute.start();
    void look();
  }

  return {
    look,
    nudge,
    start: () => {
      void minute.start();
      watchdog = setInterval(watch, WATCH);
      void look();
    },
    stop: async () => {
      ending.abort();
      clearInterval(watchdog);
      await minute.destroy();
      await (next ?? underWay);
    },
    since: () => performance.now() - succeeded,
  };
}

/** What node-cron has to say goes to the log, not to the console. */
const quiet = (log: Logger) => ({
  debug: (message: string | Error) => log.debug(message),
  info: (message: string) => log.debug(message),
  warn: (message: string) => log.debug(message),
  error: (message: string | Error) => log.error(message),
});
