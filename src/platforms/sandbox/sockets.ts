import type { Server } from 'node:http';
import { WebSocketServer } from 'ws';

/** The product's end of one socket, as its platform has it. */
export interface Peer {
  send(frame: object): void;
  /** Closes it as a platform does that wants no more of it. */
  close(): void;
  /** The line is lost. */
  cut(): void;
}

/** What a platform does with one socket. */
interface Caller {
  heard(text: string): void;
  closed(): void;
}

/** A socket under the double; null refuses it. */
export type Accept = (url: URL, peer: Peer) => Caller | null;

/** A raw socket: of a real connection, or of one in a test's memory. */
interface RawSocket {
  send(text: string): void;
  close(): void;
  cut(): void;
}

/** The sockets of a double, and what can go wrong with them. */
export interface Sockets {
  /** Null where the platform doesn't let it in. */
  join(url: URL, raw: RawSocket): Caller | null;
  attach(server: Server): void;
  /** How many stand now. */
  standing(): number;
  /** How many were ever tried, let in or not. */
  tried(): number;
  /** Cuts all of them. */
  drop(): void;
  /** Half-open: whatever comes is lost, nothing is said, and nobody hangs up. */
  mute(on: boolean): void;
  isMute(): boolean;
  /** Says something as it stands to everybody, a frame or not. */
  shout(text: string): void;
}

export function createSockets(accept: Accept): Sockets {
  const open = new Set<RawSocket>();
  let tried = 0;
  let mute = false;

  function join(url: URL, raw: RawSocket): Caller | null {
    tried += 1;
    const peer: Peer = {
      send: (frame) => mute || raw.send(JSON.stringify(frame)),
      close: () => raw.close(),
      cut: () => raw.cut(),
    };
    const caller = accept(url, peer);
    if (!caller) return null;
    open.add(raw);
    return {
      heard: (text) => mute || caller.heard(text),
      closed: () => {
        if (open.delete(raw)) caller.closed();
      },
    };
  }

  function attach(server: Server): void {
    const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024, autoPong: false });
    server.on('upgrade', (request, socket, head) => {
      const url = new URL(request.url ?? '/', 'http://double');
      // Joined before the handshake, so that whoever isn't let in gets a status instead of a socket.
      let ws: import('ws').WebSocket | undefined;
      const caller = join(url, {
        send: (text) => ws?.send(text),
        close: () => ws?.close(1000),
        cut: () => ws?.terminate(),
      });
      if (!caller) return void socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      sockets.handleUpgrade(request, socket, head, (opened) => {
        ws = opened;
        opened.on('message', (data) => caller.heard(data.toString()));
        opened.on('ping', (data) => mute || opened.pong(data));
        opened.on('error', () => {});
        opened.on('close', caller.closed);
      });
    });
  }

  return {
    join,
    attach,
    standing: () => open.size,
    tried: () => tried,
    drop: () => {
      for (const raw of [...open]) raw.cut();
    },
    mute: (on) => {
      mute = on;
    },
    isMute: () => mute,
    shout: (text) => {
      for (const raw of open) raw.send(text);
    },
  };
}
