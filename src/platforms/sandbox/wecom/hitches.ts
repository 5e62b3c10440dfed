import type { Peer } from '../sockets.ts';

/** What can be made to go wrong with the connection, besides what befalls a push. */
export interface Hitches {
  /** Keeps all acknowledgements back until it is told otherwise. */
  hold(on: boolean): void;
  /** Refuses so many of what the bot says, or of one command, with this code. */
  refuse(code: number, times: number, cmd?: string): void;
  /** Cuts each connection right after it has subscribed. */
  cutSubscribers(on: boolean): void;
}

/** What of that befalls a frame. */
interface Befallen {
  /** The code that this command is refused with; undefined where it isn't. */
  refused(cmd: string): number | undefined;
  /** Says it to the product, now or when it is held back no longer. */
  tell(peer: Peer, said: object): void;
  /** Cuts whoever has just subscribed. */
  after(cmd: string, peer: Peer): void;
}

/** What keeps the connection itself alive is refused only by its name. */
const vital = ['aibot_subscribe', 'ping'];

export function createHitches(): Hitches & Befallen {
  const held: (() => void)[] = [];
  let holding = false;
  let refusal: { code: number; times: number; cmd?: string | undefined } = { code: 0, times: 0 };
  let cutting = false;

  const isRefused = (cmd: string): boolean =>
    refusal.times > 0 && (refusal.cmd === undefined ? !vital.includes(cmd) : refusal.cmd === cmd);

  return {
    hold(on) {
      holding = on;
      if (!on) for (const tell of held.splice(0)) tell();
    },
    refuse(code, times, cmd) {
      refusal = { code, times, cmd };
    },
    cutSubscribers(on) {
      cutting = on;
    },
    refused(cmd) {
      if (!isRefused(cmd)) return undefined;
      refusal.times -= 1;
      return refusal.code;
    },
    tell(peer, said) {
      if (holding) held.push(() => peer.send(said));
      else peer.send(said);
    },
    after(cmd, peer) {
      if (cutting && cmd === 'aibot_subscribe') peer.close();
    },
  };
}
