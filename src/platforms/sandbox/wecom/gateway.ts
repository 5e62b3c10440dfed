import { randomUUID } from 'node:crypto';
import type { Arrival, Fault, Line, Shown, Surroundings } from '../double.ts';
import type { Faults } from '../faults.ts';
import type { History } from '../history.ts';
import { parseJson } from '../json.ts';
import { createMediaShelf } from '../media.ts';
import { createSockets, type Peer, type Sockets } from '../sockets.ts';
import { callbackOf, type Words } from './callback.ts';
import { type Frame, frame, PUSH, subscription } from './frames.ts';
import { createHitches, type Hitches } from './hitches.ts';
import { createTalk } from './talk.ts';
import { createUploads, type Said } from './uploads.ts';

export interface WecomGateway extends Hitches {
  sockets: Sockets;
  /** A person's message goes out over the connection; false where there is none. */
  call(words: Words, line: Line, answered: (shown: Shown) => void): boolean;
  /** Somebody opens the chat with the bot; false where there is no connection. */
  enter(account: string): boolean;
  /** In these chats somebody has spoken with the bot before. */
  know(chats: string[]): void;
}

interface Parts {
  world: Surroundings;
  bot: { id: string; secret: string };
  history: History;
  sent: Arrival[];
  faults: Faults;
}

/** WeCom's long connection, as its page on it has it; the codes are those that its own client knows. */
export function createWecomGateway({ world, bot, history, sent, faults }: Parts): WecomGateway {
  const { clock } = world;
  const shelf = createMediaShelf();
  const talk = createTalk({ world, history, shelf, sent });
  const uploads = createUploads(shelf);
  const hitches = createHitches();
  let subscribed: Peer | undefined;

  const sockets = createSockets((_url, peer) => ({
    heard: (text) => {
      const read = frame.safeParse(parseJson(text)).data;
      if (read) hear(read, peer);
    },
    closed: () => {
      if (subscribed === peer) subscribed = undefined;
    },
  }));

  function hear(read: Frame, peer: Peer): void {
    const befallen = peer === subscribed && read.cmd === PUSH ? faults.take(PUSH, true) : null;
    const { code, body } = befallen ? befall(read, befallen) : judge(read, peer);
    if (befallen && silent.includes(befallen.fault)) {
      if (befallen.fault.startsWith('reset')) peer.cut();
    } else {
      const errmsg = code === 0 ? 'ok' : 'refused';
      hitches.tell(peer, { headers: read.headers, ...(body ? { body } : {}), errcode: code, errmsg });
    }
    hitches.after(read.cmd, peer);
  }

  function judge({ cmd, headers, body }: Frame, peer: Peer): Said {
    const refused = hitches.refused(cmd);
    if (refused !== undefined) return { code: refused };
    if (cmd === 'aibot_subscribe') return { code: subscribe(body, peer) };
    if (peer !== subscribed) return { code: 846_609 };
    if (cmd === 'ping') return { code: 0 };
    if (cmd === 'aibot_respond_msg') return { code: talk.answer(headers.req_id, body) };
    if (cmd === 'aibot_respond_welcome_msg') return { code: talk.greet(headers.req_id, body) };
    if (cmd === PUSH) return { code: talk.push(body) };
    return uploads[cmd]?.(body) ?? { code: 40_008 };
  }

  /** What HTTP has a status for is one of the codes here; what would be no JSON there is no word here. */
  function befall({ body }: Frame, { fault, code }: { fault: Fault; code: number | string }): Said {
    if (fault.endsWith('after accepting')) return { code: talk.push(body, fault) };
    const arrival = { at: clock.now(), path: PUSH, body: JSON.stringify(body), fault };
    sent.push({ ...arrival, to: [], text: '', mentions: [], shown: false });
    return { code: fault === 'status 429' ? 45_009 : fault === 'errcode' ? Number(code) || -1 : -1 };
  }

  /** One connection a bot: a second one that subscribes takes the first one's place. */
  function subscribe(body: unknown, peer: Peer): number {
    const asked = subscription.safeParse(body).data;
    if (asked?.bot_id !== bot.id || asked.secret !== bot.secret) return 853_000;
    if (subscribed && subscribed !== peer) {
      subscribed.send(eventOf(bot.id, 'disconnected_event', clock.now()));
      subscribed.close();
    }
    subscribed = peer;
    return 0;
  }

  return {
    sockets,
    ...hitches,
    call(words, line, answered) {
      talk.met(words.group ?? words.user.account);
      if (!subscribed) return false;
      const reqId = randomUUID();
      talk.called(reqId, { line, at: clock.now(), answered });
      subscribed.send({ cmd: 'aibot_msg_callback', headers: { req_id: reqId }, body: callbackOf(words) });
      return true;
    },
    enter(account) {
      if (!subscribed) return false;
      const [reqId, at] = [randomUUID(), clock.now()];
      talk.entered(reqId, { account, at });
      const chat = { chattype: 'single', from: { userid: account } };
      subscribed.send(eventOf(bot.id, 'enter_chat', at, { reqId, chat }));
      return true;
    },
    know(chats) {
      for (const chat of chats) talk.met(chat);
    },
  };
}

/** Faults after which nothing is heard of a push. */
const silent: Fault[] = ['html', 'redirect', 'hang after accepting', 'reset after accepting', 'reset before'];

const eventOf = (
  botId: string,
  eventtype: string,
  at: Date,
  { reqId = randomUUID(), chat = {} }: { reqId?: string; chat?: object } = {},
) => ({
  cmd: 'aibot_event_callback',
  headers: { req_id: reqId },
  body: {
    msgid: randomUUID(),
    create_time: Math.floor(at.getTime() / 1000),
    aibotid: botId,
    msgtype: 'event',
    event: { eventtype },
    ...chat,
  },
});
