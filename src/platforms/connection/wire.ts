import { createRequire } from 'node:module';
import { names } from '../names.ts';

/** A socket of text frames. */
export interface Wire {
  send(text: string): void;
  ping(): void;
  /** Takes leave; `cut` is for whoever doesn't answer that. */
  close(): void;
  cut(): void;
}

/** What happens on it: `closed` comes once and last, whatever went wrong. */
interface Ears {
  opened(): void;
  heard(text: string): void;
  /** Anything that shows that the other side is there. */
  alive(): void;
  closed(why: string): void;
}

export type Dial = (address: string, ears: Ears) => Wire;

const LARGEST_FRAME = 1024 * 1024;
const HANDSHAKE = 10_000;

/** A WebSocket. Redirects are refused, and nothing of an address gets into a reason: it may carry a ticket. */
export const dialSocket: Dial = (address, ears) => {
  // Loaded with the first line: few have one, and whoever dials can't wait.
  const { WebSocket }: typeof import('ws') = createRequire(import.meta.url)('ws');
  const socket = new WebSocket(address, {
    handshakeTimeout: HANDSHAKE,
    maxPayload: LARGEST_FRAME,
    perMessageDeflate: false,
    followRedirects: false,
    lookup: names.lookup,
  });
  let why = '';
  socket.on('open', ears.opened);
  socket.on('message', (data, isBinary) => {
    ears.alive();
    if (!isBinary) ears.heard(data.toString());
  });
  socket.on('ping', ears.alive);
  socket.on('pong', ears.alive);
  socket.on('unexpected-response', (request, response) => {
    why = `http ${response.statusCode}`;
    request.destroy();
    socket.terminate();
  });
  socket.on('error', (error) => {
    why ||= 'code' in error && typeof error.code === 'string' ? error.code : 'network';
  });
  socket.on('close', (code) => ears.closed(why || `closed ${code}`));
  const isOpen = () => socket.readyState === WebSocket.OPEN;
  return {
    send: (text) => isOpen() && socket.send(text, () => {}),
    ping: () => isOpen() && socket.ping('', true, () => {}),
    close: () => socket.close(1000),
    cut: () => socket.terminate(),
  };
};
