import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBeat } from '../../src/beat.ts';
import { createMetrics } from '../../src/metrics.ts';
import { createClock, realTimers } from '../../src/time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const GRACE = 8_000;

/** The beat's own timers run in a time that the test lets pass; what a look does is not its business. */
describe('the beat', () => {
  let looks: Date[];
  let work: (end: AbortSignal) => Promise<void>;
  let sending: Promise<void>;
  let next: Date | undefined;
  let beat: ReturnType<typeof createBeat>;

  beforeEach(() => {
    vi.useFakeTimers({
      now: new Date('2026-04-01T08:41:30+08:00'),
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
    });
    looks = [];
    work = async () => {};
    sending = Promise.resolve();
    beat = createBeat({
      tick: async (now, end, again) => {
        looks.push(now);
        if (next) again(next);
        next = undefined;
        await work(end);
        return { over: sending };
      },
      clock: createClock(),
      timers: realTimers,
      log: pino({ level: 'silent' }),
      metrics: createMetrics(),
    });
  });
  afterEach(async () => {
    work = async () => {};
    await beat.stop(GRACE);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
  const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

  test('looks at once and then at every full minute', async () => {
    beat.start();
    await pass(3 * MINUTE);
    expect(looks.map((at) => at.toISOString().slice(14, 19))).toEqual(['41:30', '42:00', '43:00', '44:00']);
  });

  test('looks once more within the minute when more may leave then', async () => {
    next = new Date('2026-04-01T08:41:50+08:00');
    beat.start();
    await pass(MINUTE);
    expect(looks.map((at) => at.toISOString().slice(14, 19))).toEqual(['41:30', '41:50', '42:00']);
  });

  test.each([-8, 2])('goes on when the wall clock is set by %i hours', async (hours) => {
    beat.start();
    await pass(MINUTE);
    vi.setSystemTime(Date.now() + hours * HOUR);
    const before = looks.length;
    await pass(10 * MINUTE);
    expect(looks.length - before).toBeGreaterThanOrEqual(9);
    expect(beat.since()).toBeLessThan(2 * MINUTE);
  });

  test('goes on after looks that fail, and tells how long none has succeeded', async () => {
    beat.start();
    await pass(MINUTE);
    expect(beat.since()).toBeLessThan(MINUTE);
    work = () => Promise.reject(new Error('the database is away'));
    await pass(3 * MINUTE);
    expect(beat.since()).toBeGreaterThan(2 * MINUTE);
    work = async () => {};
    await pass(MINUTE);
    expect(beat.since()).toBeLessThan(MINUTE);
  });

  test('has one look at a time, and for all who ask during it one more', async () => {
    let release = () => {};
    work = () => new Promise<void>((resolve) => (release = resolve));
    const first = beat.look();
    await pass(0);
    const others = [beat.look(), beat.look(), beat.look()];
    await pass(0);
    expect(looks).toHaveLength(1);
    work = async () => {};
    release();
    await Promise.all([first, ...others]);
    expect(looks).toHaveLength(2);
  });

  test('looks on while what an earlier look set off is still being sent, and waits for it before it stops', async () => {
    let sent = () => {};
    sending = new Promise<void>((resolve) => (sent = resolve));
    beat.start();
    await pass(3 * MINUTE);
    expect(looks).toHaveLength(4);
    let stopped = false;
    const stopping = beat.stop(GRACE).then(() => {
      stopped = true;
    });
    await pass(GRACE - 1);
    expect(stopped).toBe(false);
    sent();
    await stopping;
  });

  test('doesn’t stop the slower for a platform that doesn’t answer', async () => {
    let sent = () => {};
    sending = new Promise<void>((resolve) => (sent = resolve));
    beat.start();
    await pass(0);
    let stopped = false;
    const stopping = beat.stop(GRACE).then(() => {
      stopped = true;
    });
    await pass(GRACE);
    expect(stopped).toBe(true);
    await stopping;
    sent();
  });

  test('that stops tells the look under way, waits for it and begins no other', async () => {
    let release = () => {};
    let ended = false;
    work = (end) =>
      new Promise<void>((resolve) => {
        release = resolve;
        end.addEventListener('abort', () => {
          ended = true;
        });
      });
    beat.start();
    await pass(0);
    const stopping = beat.stop(GRACE);
    let stopped = false;
    void stopping.then(() => {
      stopped = true;
    });
    await pass(5 * MINUTE);
    expect([ended, stopped, looks.length]).toEqual([true, false, 1]);
    release();
    await stopping;
    await beat.look();
    expect(looks).toHaveLength(1);
  });
});
