import { z } from 'zod';
import { isLoopbackHost } from '../../loopback.ts';
import { Denied, type Line, type Protocol, type Speech } from '../connection/protocol.ts';
import { type Door, place } from '../http.ts';
import { ask } from './ask.ts';
import { ack, type Frame, readFrame } from './frames.ts';

export interface StreamSettings {
  appKey: string;
  appSecret: string;
  apiBase: string;
}

/**
 * Milliseconds. A line may go on answering pings of the socket and bring nothing: known from the field as the Stream
 * mode's commonest fault. DingTalk sends frames of its own more often than this, messages or none.
 */
const QUIET = 3 * 60_000;

export interface Heard {
  /** A robot's callback; `done` acknowledges it, and may be called once. */
  call(frame: Frame, done: (code: number) => void): void;
  noise(): void;
}

const MESSAGES = '/v1.0/im/bot/messages/get';

/** A ticket for one connection, then frames that each want to be acknowledged. */
export const streamProtocol = (
  settings: StreamSettings,
  door: Door,
  { now, elapsed }: { now(): Date; elapsed(): number },
  heard: Heard,
): Protocol<Speech> => ({
  address: () => ticket(settings, door, now()),
  speak: (line) => speak(line, elapsed, heard),
});

const ticketed = z.object({ endpoint: z.url({ protocol: /^wss?$/ }), ticket: z.string().min(1) });
const refusal = z.object({ code: z.string().regex(/^[\w.-]{1,80}$/) });

/** Asked for anew for each connection: a ticket lives ninety seconds and opens one. */
async function ticket(
  { appKey, appSecret, apiBase }: StreamSettings,
  door: Door,
  now: Date,
): Promise<string> {
  const url = new URL(`${apiBase.replace(/\/$/, '')}/v1.0/gateway/connections/open`);
  const subscriptions = [{ type: 'CALLBACK', topic: MESSAGES }];
  const body = { clientId: appKey, clientSecret: appSecret, subscriptions, ua: 'duban/1.0.0' };
  const said = await ask(door, { url, body }, now);
  if (said.is !== 'said') {
    throw new Denied(/^(http|punished)/.test(said.why) ? 'denied' : 'dropped', said.why);
  }
  if (said.status >= 400) {
    const code = refusal.safeParse(said.json).data?.code ?? `http ${said.status}`;
    throw new Denied('barred', `${code} ${place(url)}`);
  }
  const given = ticketed.safeParse(said.json);
  if (!given.success || !isSafe(given.data.endpoint)) throw new Denied('denied', `no endpoint ${place(url)}`);
  const address = new URL(given.data.endpoint);
  address.searchParams.set('ticket', given.data.ticket);
  return address.href;
}

/** Whatever host DingTalk names, but in the clear to this very machine only. */
function isSafe(endpoint: string): boolean {
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'wss:' || isLoopbackHost(hostname);
}

function speak(line: Line, elapsed: () => number, heard: Heard): Speech {
  let heardAt = elapsed();

  function hear(text: string): void {
    heardAt = elapsed();
    const frame = readFrame(text);
    if (frame === undefined) heard.noise();
    else if (frame.type === 'SYSTEM') system(frame);
    else if (frame.type === 'EVENT') line.send(ack(frame, 200, '{"status":"SUCCESS","message":"ok"}'));
    else if (frame.topic !== MESSAGES) line.send(ack(frame, 404, '{"response":null}'));
    else heard.call(frame, (code) => line.send(ack(frame, code, '{"response":null}')));
  }

  function system(frame: Frame): void {
    if (frame.topic === 'ping') line.send(ack(frame, 200, frame.data));
    else if (frame.topic === 'disconnect') line.retire('asked to reconnect');
  }

  return {
    // The ticket has said who we are and what we want to hear.
    begin: line.subscribed,
    hear,
    beat() {
      // Another takes its place before it is let go, so that whatever it still brings is heard.
      if (elapsed() - heardAt >= QUIET) line.retire('quiet');
      else line.ping();
    },
    over: () => {},
  };
}
