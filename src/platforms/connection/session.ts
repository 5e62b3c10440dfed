import type { End } from './backoff.ts';
import { Denied, type Lines, type Protocol, type Speech } from './protocol.ts';
import type { Wire } from './wire.ts';

/** What happens in a session, told to the connection that it is of; none of it once the session is over. */
export interface Events {
  /** The socket stands, and the conversation has yet to begin. */
  opened(): void;
  /** Anything that shows that the platform is there. */
  alive(): void;
  /** The platform has accepted us. */
  subscribed(): void;
  /** It can't go on; the connection decides what then. */
  failed(end: End, why: string): void;
  retire(why: string): void;
}

/** One attempt to connect and, where it succeeds, one socket with what is said over it. */
export interface Session<S extends Speech> {
  start(events: Events): void;
  speech(): S | undefined;
  /** Cuts the socket; false where the session was over before. */
  end(): boolean;
  /** Takes leave of the platform; resolves when it has closed as well, at the latest when `late` calls what it is given. */
  leave(late: (giveUp: () => void) => void): Promise<void>;
}

export function createSession<S extends Speech>(protocol: Protocol<S>, dial: Lines['dial']): Session<S> {
  let wire: Wire | undefined;
  let speech: S | undefined;
  let isOver = false;
  /** Called when the socket has closed. */
  let closed = (): void => {};

  function connect(address: string, events: Events): void {
    if (isOver) return;
    wire = dial(address, {
      opened: () => begin(events),
      alive: () => isOver || events.alive(),
      heard: (text) => isOver || speech?.hear(text),
      closed: (why) => {
        if (!isOver) events.failed('dropped', why);
        closed();
      },
    });
  }

  function begin(events: Events): void {
    if (isOver) return;
    speech = protocol.speak({
      send: (frame) => isOver || wire?.send(JSON.stringify(frame)),
      ping: () => isOver || wire?.ping(),
      subscribed: () => isOver || events.subscribed(),
      end: (end, why) => isOver || events.failed(end, why),
      retire: (why) => isOver || events.retire(why),
    });
    events.opened();
    speech.begin();
  }

  return {
    start(events) {
      protocol
        .address()
        .then((address) => connect(address, events))
        .catch((error: unknown) => {
          if (isOver) return;
          if (error instanceof Denied) events.failed(error.end, error.message);
          else events.failed('dropped', error instanceof Error ? error.name : 'network');
        });
    },
    speech: () => speech,
    end() {
      if (isOver) return false;
      isOver = true;
      wire?.cut();
      speech?.over();
      return true;
    },
    leave(late) {
      if (isOver) return Promise.resolve();
      isOver = true;
      speech?.over();
      const leaving = wire;
      if (!leaving) return Promise.resolve();
      return new Promise((resolve) => {
        closed = resolve;
        leaving.close();
        late(() => {
          leaving.cut();
          resolve();
        });
      });
    },
  };
}
