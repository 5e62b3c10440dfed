import type { Alarm } from './alarm.ts';
import { type End, SPACING, waitOf } from './backoff.ts';
import {
  Denied,
  type Line,
  type Lines,
  type LinkState,
  type LinkStatus,
  type Protocol,
  type Speech,
} from './protocol.ts';
import type { Wire } from './wire.ts';

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

interface Session<S> {
  wire: Wire | undefined;
  speech: S | undefined;
  gone: boolean;
  /** Called when its socket has closed. */
  closed: () => void;
}

/**
 * Keeps one connection to a platform standing: one socket, one timer, one attempt at a time and never two within a
 * second. What is said over it is the protocol's.
 */
export function createConnection<S extends Speech>(
  protocol: Protocol<S>,
  { dial, timers, random }: Lines,
  alarm: Alarm,
  changed: (status: LinkStatus) => void,
): Connection<S> {
  let state: LinkState = 'off';
  let why: string | null = null;
  let current: Session<S> | undefined;
  let retired: Session<S> | undefined;
  let attempts = 0;
  let triedAt = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let kicks = 0;

  const status = (): LinkStatus => ({ state, why, attempts });

  function become(next: LinkState, reason: string | null = why): void {
    state = next;
    why = reason;
    changed(status());
  }

  function tryIn(milliseconds: number): void {
    const spaced = triedAt + SPACING - timers.now();
    alarm.set('attempt', Math.max(milliseconds, spaced), attempt);
  }

  function attempt(): void {
    attempts += 1;
    triedAt = timers.now();
    const session: Session<S> = { wire: undefined, speech: undefined, gone: false, closed: () => {} };
    current = session;
    become('opening');
    alarm.set('opening', OPENING, () => ended(session, 'dropped', 'timeout'));
    protocol
      .address()
      .then((address) => connect(session, address))
      .catch((error: unknown) => {
        if (error instanceof Denied) ended(session, error.end, error.message);
        else ended(session, 'dropped', error instanceof Error ? error.name : 'network');
      });
  }

  function connect(session: Session<S>, address: string): void {
    if (session.gone) return;
    session.wire = dial(address, {
      opened: () => opened(session),
      alive: () => alive(session),
      heard: (text) => session.gone || session.speech?.hear(text),
      closed: (reason) => {
        ended(session, 'dropped', reason);
        session.closed();
      },
    });
  }

  function opened(session: Session<S>): void {
    if (session.gone) return;
    session.speech = protocol.speak(lineOf(session));
    become('open');
    session.speech.begin();
  }

  const lineOf = (session: Session<S>): Line => ({
    send: (frame) => session.gone || session.wire?.send(JSON.stringify(frame)),
    ping: () => session.gone || session.wire?.ping(),
    subscribed: () => subscribed(session),
    end: (end, reason) => ended(session, end, reason),
    retire: (reason) => retire(session, reason),
  });

  function subscribed(session: Session<S>): void {
    if (session !== current || state !== 'open') return;
    alarm.clear('opening');
    become('subscribed');
    beat(session);
  }

  function beat(session: Session<S>): void {
    alarm.set('silent', SILENT, () => ended(session, 'dropped', 'silent'));
    alarm.set('beat', BEAT, () => beat(session));
    session.speech?.beat();
  }

  function alive(session: Session<S>): void {
    if (session !== current) return;
    if (state === 'subscribed' || state === 'ready') alarm.clear('silent');
    if (state !== 'subscribed') return;
    become('ready', null);
    alarm.set('settled', SETTLED, () => {
      failures = 0;
    });
    alarm.set('undisputed', UNDISPUTED, () => {
      kicks = 0;
    });
  }

  function ended(session: Session<S>, end: End, reason: string): void {
    if (session.gone) return;
    session.gone = true;
    session.wire?.cut();
    session.speech?.over();
    if (session !== current) return;
    const turnedAway = end === 'dropped' && (state === 'open' || state === 'subscribed');
    letGo();
    become('waiting', reason);
    if (end === 'kicked') tryIn(waitOf(end, kicks++, random));
    else tryIn(waitOf(turnedAway ? 'denied' : end, failures++, random));
  }

  function retire(session: Session<S>, reason: string): void {
    if (session !== current || session.gone) return;
    if (retired) ended(retired, 'dropped', 'retired');
    retired = session;
    letGo();
    alarm.set('retired', RETIREMENT, () => ended(session, 'dropped', 'retired'));
    become('waiting', reason);
    tryIn(0);
  }

  function letGo(): void {
    current = undefined;
    alarm.clear('attempt', 'opening', 'beat', 'silent', 'settled', 'undisputed');
  }

  /** Resolves when the other side has closed as well, at the latest after the farewell. */
  function leave(session: Session<S>): Promise<void> {
    const { wire } = session;
    session.gone = true;
    session.speech?.over();
    if (!wire) return Promise.resolve();
    return new Promise((resolve) => {
      session.closed = resolve;
      wire.close();
      alarm.set(session === current ? 'farewell' : 'last farewell', FAREWELL, () => {
        wire.cut();
        resolve();
      });
    });
  }

  return {
    open() {
      if (state !== 'off') return;
      become('waiting', null);
      tryIn(0);
    },
    async close() {
      if (state === 'off') return;
      become('off', null);
      const leaving = [current, retired].map((session) => session && !session.gone && leave(session));
      letGo();
      await Promise.all(leaving);
      retired = undefined;
      alarm.clear('retired', 'farewell', 'last farewell');
    },
    speech: () => (state === 'subscribed' || state === 'ready' ? current?.speech : undefined),
    status,
  };
}
