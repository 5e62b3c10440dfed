import { chatKey } from '../../chat/message.ts';
import type { Answer, Received } from '../call.ts';
import { type Alarm, createAlarm } from './alarm.ts';
import { type Attempt, createAnswers } from './answers.ts';
import { createConnection } from './connection.ts';
import type { Lines, LinkStatus, Protocol, Speech } from './protocol.ts';
import { createTurns } from './turns.ts';

/** What a connection needs of the house behind it. */
export interface Host {
  /**
   * Has a call handled, as a hook does: its effect is committed when this returns. Null where a copy of the message
   * has been answered before. Never rejects.
   */
  serve(received: Received): Promise<Answer | null>;
  changed(status: LinkStatus): void;
  /** Something is odd that people may miss; words of ours only. */
  odd(what: string): void;
}

/** A connection that the bot opens to its platform, so that nobody has to reach the bot. */
export interface Link {
  open(host: Host): void;
  /** Finishes what has come in, within so many milliseconds, and takes leave. */
  close(grace: number): Promise<void>;
  status(): LinkStatus;
}

/** What a platform's side of a link works with. */
export interface Exchange<S extends Speech> {
  alarm: Alarm;
  /** Milliseconds on a clock that nobody can set. */
  elapsed(): number;
  /** The conversation that can be used now. */
  speech(): S | undefined;
  /** Hands a call to the house when its sender's earlier ones are done, and its answer to `then`. */
  take(received: Received, then: (answer: Answer | null) => void): void;
  /** Gives an answer in its chat after those before it. */
  give(chat: string, attempt: () => Promise<Attempt>): void;
  /** The connection is back: what was parked goes on. */
  resume(): void;
  odd(what: string): void;
}

/** Calls handled side by side. Heartbeats don't wait for them. */
const AT_ONCE = 100;

/** The part of a link that is the same on every platform. */
export function createLink<S extends Speech>(
  lines: Lines,
  protocolOf: (exchange: Exchange<S>) => Protocol<S>,
): { link: Link; exchange: Exchange<S> } {
  const alarm = createAlarm(lines.timers);
  const turns = createTurns(AT_ONCE);
  const answers = createAnswers(alarm);
  let host: Host | undefined;

  const exchange: Exchange<S> = {
    alarm,
    elapsed: lines.timers.now,
    speech: () => connection.speech(),
    take(received, then) {
      const name = received.is === 'message' ? chatKey(received.message) + received.message.sender : '';
      turns.take(name, async () => then((await host?.serve(received)) ?? null));
    },
    give: answers.give,
    resume: answers.resume,
    odd: (what) => host?.odd(what),
  };
  const connection = createConnection(protocolOf(exchange), lines, alarm, (status) => host?.changed(status));

  async function finish(): Promise<void> {
    await turns.idle();
    await answers.settled();
  }

  const link: Link = {
    open(behind) {
      host = behind;
      connection.open();
    },
    async close(grace) {
      const late = new Promise<void>((resolve) => alarm.set('grace', grace, resolve));
      await Promise.race([finish(), late]);
      await connection.close();
      answers.stop();
      alarm.stop();
    },
    status: connection.status,
  };
  return { link, exchange };
}
