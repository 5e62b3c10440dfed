import cron from 'node-cron';
import type { Logger } from 'pino';
import { inTurn } from './inTurn.ts';
import type { Metrics } from './metrics.ts';
import type { Clock, Timers } from './time.ts';

export interface Beat {
  /**
   * Looks now, and waits for what that sets off. One look at a time: a call during one waits for another after it, and
   * further calls for that same one.
   */
  look(): Promise<void>;
  /** Looks soon, if the beat has been started: something was put that need not wait for the minute. */
  nudge(): void;
  /** By hand: whoever starts it says when a minute has passed. */
  start(by?: 'minute' | 'hand'): void;
  /**
   * Looks no more; a look under way ends what it has begun. What is still being sent after so many milliseconds is left to
   * its lease, as if this process had died in it.
   */
  stop(grace: number): Promise<void>;
  /** Milliseconds since the last look that succeeded, on a clock that nobody can set. */
  since(): number;
}

/** What a look has set off. The next look doesn't wait for it. */
export interface UnderWay {
  over: Promise<void>;
}

export interface BeatParts {
  /** One look at one moment; ends early once it is told to. Says `again` when more can be done before a minute is over. */
  tick(now: Date, end: AbortSignal, again: (at: Date) => void): Promise<UnderWay>;
  clock: Clock;
  timers: Timers;
  log: Logger;
  metrics: Metrics;
}

/** Without a look for so long, the minute's timer must be waiting for a time that the wall clock was set away from. */
const OVERDUE = 90_000;
const WATCH = 15_000;
const MINUTE = 60_000;
/** However soon something can be done again, there is a pause between two looks. */
const PAUSE = 1_000;

/**
 * The beat: once a minute it says "look". What is due, the ledger knows; that it is said once, the outbox's key
 * sees to. So a minute that was missed, came twice or lay in another process needs no care here.
 */
export function createBeat({ tick, clock, timers, log, metrics }: BeatParts): Beat {
  const ending = new AbortController();
  let started = false;
  let waking: { at: number; cancel: () => void } | undefined;
  let began = performance.now();
  let succeeded = performance.now();
  let looking = false;
  /** A robot that is slow is sent to while others look. */
  const sending = new Set<Promise<void>>();

  const failed = (error: unknown) => log.error({ err: error }, 'a look at the ledger did not succeed');

  const tickInTurn = inTurn(async (): Promise<UnderWay> => {
    if (ending.signal.aborted) return { over: Promise.resolve() };
    looking = true;
    began = performance.now();
    try {
      const { over } = await tick(clock.now(), ending.signal, again);
      succeeded = performance.now();
      metrics.looked(clock.now());
      const waited = over.catch(failed).finally(() => sending.delete(waited));
      sending.add(waited);
      return { over: waited };
    } catch (error) {
      failed(error);
      return { over: Promise.resolve() };
    } finally {
      looking = false;
    }
  });

  async function look(): Promise<void> {
    const { over } = await tickInTurn();
    await over;
  }

  /** Otherwise the next minute's look comes soon enough. */
  function again(moment: Date): void {
    const wait = moment.getTime() - clock.now().getTime();
    const at = timers.now() + Math.max(wait, PAUSE);
    if (!started || ending.signal.aborted || wait >= MINUTE || (waking && waking.at <= at)) return;
    waking?.cancel();
    const cancel = timers.after(at - timers.now(), () => {
      waking = undefined;
      void look();
    });
    waking = { at, cancel };
  }

  const minute = cron.createTask('* * * * *', () => void look(), {
    name: 'beat',
    // A loop that was busy at the full minute looks a little later rather than not at all.
    missedExecutionTolerance: OVERDUE / 2,
    suppressMissedWarning: true,
    logger: quiet(log),
  });
  let watchdog: NodeJS.Timeout | undefined;

  function nudge(): void {
    if (started && !ending.signal.aborted) void look();
  }

  function watch(): void {
    if (looking || performance.now() - began < OVERDUE) return;
    void minute.stop();
    void minute.start();
    void look();
  }

  return {
    look,
    nudge,
    start: (by = 'minute') => {
      started = true;
      if (by === 'hand') return;
      void minute.start();
      watchdog = setInterval(watch, WATCH);
      void look();
    },
    stop: async (grace) => {
      ending.abort();
      clearInterval(watchdog);
      waking?.cancel();
      let callOff = (): void => {};
      const over = new Promise<void>((resolve) => {
        callOff = timers.after(grace, resolve);
      });
      await minute.destroy();
      await tickInTurn();
      await Promise.race([Promise.all(sending), over]);
      callOff();
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
