import type { Timers } from '../../time.ts';
import type { End } from './backoff.ts';
import type { Dial } from './wire.ts';

/**
 * `off` until it is wanted; `opening` until a socket stands, `open` until the platform has accepted us, `subscribed`
 * until it has given a sign of life since, `ready` from then on; `waiting` between two attempts.
 */
export type LinkState = 'off' | 'waiting' | 'opening' | 'open' | 'subscribed' | 'ready';

export interface LinkStatus {
  state: LinkState;
  /** How the last one ended: a class and a code, never an address with a key in it. */
  why: string | null;
  attempts: number;
}

/** The platform refuses. */
export class Denied extends Error {
  override name = 'Denied';
  readonly end: End;

  constructor(end: End, why: string) {
    super(why);
    this.end = end;
  }
}

/** What a platform's conversation can do with the socket under it. */
export interface Line {
  send(frame: object): void;
  ping(): void;
  /** The platform has accepted us. */
  subscribed(): void;
  /** This socket is of no more use. */
  end(end: End, why: string): void;
  /** Another is opened in its place, while what this one brought and may still bring is finished here. */
  retire(why: string): void;
}

/** A platform's conversation over one socket. */
export interface Speech {
  /** The socket is open. */
  begin(): void;
  hear(text: string): void;
  /** Asks for a sign of life. Any frame that comes is one. */
  beat(): void;
  /** The socket is gone. */
  over(): void;
}

export interface Protocol<S extends Speech> {
  /** Where to connect this time. Throws `Denied` where the platform itself says no. */
  address(): Promise<string>;
  speak(line: Line): S;
}

export interface Lines {
  dial: Dial;
  timers: Timers;
  /** From 0 up to 1. */
  random(): number;
  /** The present, by which messages and tickets are dated. */
  now(): Date;
}
