import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../../time.ts';
import { parseJson } from '../json.ts';
import { createSockets, type Peer, type Sockets } from '../sockets.ts';

const TICKET_LIFE = 90_000;

export interface DingtalkGateway {
  sockets: Sockets;
  /** A ticket for one connection within ninety seconds. */
  ticket(): string;
  /** A robot's callback goes out over a connection; false where there is none. `acked` gets the code. */
  call(body: object, acked: (code: number) => void): boolean;
  /** Says that a connection has lived long enough, and delivers nothing more over it. */
  disconnect(): void;
  ping(): void;
  /** The connections that stand now bring nothing more, although their sockets go on answering. */
  deaden(): void;
  /** Any frame to everybody. */
  send(type: string, topic: string, data: string): void;
  /** So many of the next tickets have expired when they are used. */
  expireNext(tickets: number): void;
  /** Called with every answer to a frame. */
  onAck(listener: (frame: z.infer<typeof answer>) => void): void;
}

const answer = z.object({
  code: z.number(),
  headers: z.object({ messageId: z.string() }),
  data: z.string(),
});

/** DingTalk's Stream gateway. Over which of several connections a message goes is chance; here they take turns. */
export function createDingtalkGateway(clock: Clock): DingtalkGateway {
  const tickets = new Map<string, Date>();
  const peers: Peer[] = [];
  const leaving = new Set<Peer>();
  const dead = new Set<Peer>();
  const listeners: ((frame: z.infer<typeof answer>) => void)[] = [];
  let expiring = 0;
  let turn = 0;
  const waiting = new Map<string, (code: number) => void>();

  const sockets = createSockets((url, peer) => {
    const ticket = url.searchParams.get('ticket') ?? '';
    const issued = tickets.get(ticket);
    tickets.delete(ticket);
    if (!issued || clock.now().getTime() - issued.getTime() > TICKET_LIFE) return null;
    peers.push(peer);
    return {
      heard: (text) => {
        const said = answer.safeParse(parseJson(text)).data;
        if (!said) return;
        for (const listener of listeners) listener(said);
        waiting.get(said.headers.messageId)?.(said.code);
      },
      closed: () => {
        peers.splice(peers.indexOf(peer), 1);
        leaving.delete(peer);
        dead.delete(peer);
      },
    };
  });

  function sendTo(peer: Peer, type: string, topic: string, data: string): string {
    const messageId = randomUUID();
    const headers = {
      ...{ appId: 'sandbox', connectionId: 'sandbox', contentType: 'application/json' },
      ...{ messageId, topic, time: String(clock.now().getTime()) },
    };
    if (!dead.has(peer)) peer.send({ specVersion: '1.0', type, headers, data });
    return messageId;
  }

  return {
    sockets,
    ticket() {
      const ticket = randomUUID();
      if (expiring > 0) expiring -= 1;
      else tickets.set(ticket, clock.now());
      return ticket;
    },
    call(body, acked) {
      const able = peers.filter((each) => !leaving.has(each));
      turn += 1;
      const peer = able[turn % able.length];
      if (!peer) return false;
      const id = sendTo(peer, 'CALLBACK', '/v1.0/im/bot/messages/get', JSON.stringify(body));
      waiting.set(id, (code) => {
        waiting.delete(id);
        acked(code);
      });
      return true;
    },
    disconnect() {
      for (const peer of peers) {
        leaving.add(peer);
        sendTo(peer, 'SYSTEM', 'disconnect', JSON.stringify({ reason: 'connection is expired' }));
      }
    },
    ping() {
      for (const peer of peers) sendTo(peer, 'SYSTEM', 'ping', JSON.stringify({ opaque: randomUUID() }));
    },
    deaden() {
      for (const peer of peers) dead.add(peer);
    },
    send(type, topic, data) {
      for (const peer of peers) sendTo(peer, type, topic, data);
    },
    expireNext(count) {
      expiring = count;
    },
    onAck: (listener) => void listeners.push(listener),
  };
}
