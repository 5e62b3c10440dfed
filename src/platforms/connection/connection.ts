import type { Alarm } from './alarm.ts';
import { createBackoff, type End } from './backoff.ts';
import type { Lines, LinkState, LinkStatus, Protocol, Speech } from './protocol.ts';
import { createSession, type Session } from './session.ts';

export interface Connection<S extends Speech> {
  open(): void;
  /** Takes leave of the platform; resolves when no socket and no timer is left. */
  close(): Promise<void>;
  /** The conversation that can be used now. */
  speech(): S | undefined;
  status(): LinkStatus;
}

/** Milliseconds. From an attempt's start to the platform's acceptance. */
const OPENING = 10_000;
const BEAT = 30_000;
/** A socket that gives no sign of life for so long after it was asked for one is dead, whatever TCP thinks. */
const SILENT = 10_000;
/** A connection that has stood for so long has made good for what failed before. */
const SETTLED = 30_000;
const UNDISPUTED = 60 * 60_000;
const RETIREMENT = 10_000;
const FAREWELL = 1_000;

/**
 * Keeps one connection to a platform standing: one session that counts, beside it at most one that finishes what it
 * brought, one attempt at a time and never two within a second. What is said over it is the protocol's.
 */
export function createConnection<S extends Speech>(
  protocol: Protocol<S>,
  { dial, timers, random }: Lines,
  alarm: Alarm,
  changed: (status: LinkStatus) => void,
): Connection<S> {
  const backoff = createBackoff(timers, random);
  let state: LinkState = 'off';
  let why: string | null = null;
  let current: Session<S> | undefined;
  let retired: Session<S> | undefined;

  const status = (): LinkStatus => ({ state, why, attempts: backoff.attempts() });

  function become(next: LinkState, reason: string | null = why): void {
    state = next;
    why = reason;
    changed(status());
  }

  const tryIn = (milliseconds: number): void => alarm.set('attempt', milliseconds, attempt);

  function attempt(): void {
    backoff.begin();
    const session = createSession(protocol, dial);
    current = session;
    become('opening');
    alarm.set('opening', OPENING, () => failed(session, 'dropped', 'timeout'));
    session.start({
      opened: () => become('open'),
      alive: () => alive(session),
      subscribed: () => subscribed(session),
      failed: (end, reason) => failed(session, end, reason),
      retire: (reason) => retire(session, reason),
    });
  }

  function subscribed(session: Session<S>): void {
    if (session !== current || state !== 'open') return;
    alarm.clear('opening');
    become('subscribed');
    beat(session);
  }

  function beat(session: Session<S>): void {
    alarm.set('silent', SILENT, () => failed(session, 'dropped', 'silent'));
    alarm.set('beat', BEAT, () => beat(session));
    session.speech()?.beat();
  }

  function alive(session: Session<S>): void {
    if (session !== current) return;
    if (state === 'subscribed' || state === 'ready') alarm.clear('silent');
    if (state !== 'subscribed') return;
    become('ready', null);
    alarm.set('settled', SETTLED, backoff.forgive);
    alarm.set('undisputed', UNDISPUTED, backoff.forgetKicks);
  }

  function failed(session: Session<S>, end: End, reason: string): void {
    if (!session.end() || session !== current) return;
    const turnedAway = end === 'dropped' && (state === 'open' || state === 'subscribed');
    letGo();
    become('waiting', reason);
    tryIn(backoff.after(turnedAway ? 'denied' : end));
  }

  function retire(session: Session<S>, reason: string): void {
    if (session !== current) return;
    retired?.end();
    retired = session;
    letGo();
    alarm.set('retired', RETIREMENT, session.end);
    become('waiting', reason);
    tryIn(backoff.atOnce());
  }

  function letGo(): void {
    current = undefined;
    alarm.clear('attempt', 'opening', 'beat', 'silent', 'settled', 'undisputed');
  }

  return {
    open() {
      if (state !== 'off') return;
      become('waiting', null);
      tryIn(backoff.atOnce());
    },
    async close() {
      if (state === 'off') return;
      become('off', null);
      const leaving = [
        current?.leave((giveUp) => alarm.set('farewell', FAREWELL, giveUp)),
        retired?.leave((giveUp) => alarm.set('last farewell', FAREWELL, giveUp)),
      ];
      letGo();
      await Promise.all(leaving);
      retired = undefined;
      alarm.clear('retired', 'farewell', 'last farewell');
    },
    speech: () => (state === 'subscribed' || state === 'ready' ? current?.speech() : undefined),
    status,
  };
}
