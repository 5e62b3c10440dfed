import type { Dial } from '../../src/platforms/connection/wire.ts';
import type { Sockets } from '../../src/platforms/sandbox/sockets.ts';

/** Sockets without a network: what is sent arrives in order, a little later, unless the socket has gone. */
export interface Memory {
  dial: Dial;
  /** Nobody answers at any address. */
  refuse(on: boolean): void;
  /** Whoever dials hears neither yes nor no. */
  swallow(on: boolean): void;
  /** How many sockets stand on the product's side. */
  standing(): number;
}

export function createMemory(sockets: Sockets): Memory {
  let refusing = false;
  let swallowing = false;
  let standing = 0;

  const dial: Dial = (address, ears) => {
    let open = true;
    const soon = (job: () => void) => queueMicrotask(() => open && job());
    const end = (why: string) => {
      if (!open) return;
      open = false;
      standing -= 1;
      queueMicrotask(() => {
        caller?.closed();
        ears.closed(why);
      });
    };
    standing += 1;
    const caller =
      refusing || swallowing
        ? null
        : sockets.join(new URL(address), {
            send: (text) =>
              soon(() => {
                ears.alive();
                ears.heard(text);
              }),
            close: () => soon(() => end('closed 1000')),
            cut: () => end('closed 1006'),
          });
    if (caller) soon(ears.opened);
    else if (!swallowing) end(refusing ? 'ECONNREFUSED' : 'http 401');
    return {
      send: (text) => soon(() => caller?.heard(text)),
      ping: () => soon(() => sockets.isMute() || ears.alive()),
      close: () => end('closed 1000'),
      cut: () => end('closed 1006'),
    };
  };

  return {
    dial,
    refuse: (on) => {
      refusing = on;
    },
    swallow: (on) => {
      swallowing = on;
    },
    standing: () => standing,
  };
}
