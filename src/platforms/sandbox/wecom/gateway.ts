import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../time.ts';
import type { Arrival, Chat, Fault, Line, Shown, Surroundings } from '../double.ts';
import type { Faults } from '../faults.ts';
import type { History } from '../history.ts';
import { parseJson } from '../json.ts';
import { createMediaShelf } from '../media.ts';
import { createSockets, type Peer, type Sockets } from '../sockets.ts';
import { captionOf } from './api.ts';
import { callbackOf, type Words } from './callback.ts';
import { answering, type Frame, frame, PUSH, push, subscription, welcome } from './frames.ts';
import { createUploads, type Said } from './uploads.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A welcome that comes later is refused. */
const WELCOME = 5_000;

export interface WecomGateway {
  sockets: Sockets;
  /** A person's message goes out over the connection; false where there is none. */
  call(words: Words, line: Line, answered: (shown: Shown) => void): boolean;
  /** Somebody opens the chat with the bot; false where there is no connection. */
  enter(account: string): boolean;
  /** In these chats somebody has spoken with the bot before. */
  know(chats: string[]): void;
  /** Keeps all acknowledgements back until it is told otherwise. */
  hold(on: boolean): void;
  /** Refuses so many of what the bot says, or of one command, with this code. */
  refuse(code: number, times: number, cmd?: string): void;
  /** Cuts each connection right after it has subscribed. */
  cutSubscribers(on: boolean): void;
}

interface Parts {
  world: Surroundings;
  bot: { id: string; secret: string };
  history: History;
  sent: Arrival[];
  faults: Faults;
}

interface Call {
  chat: Chat;
  line: Line;
  at: Date;
  answered(shown: Shown): void;
}

/** WeCom's long connection, as its page on it has it; the codes are those that its own client knows. */
export function createWecomGateway({ world, bot, history, sent, faults }: Parts): WecomGateway {
  const { clock } = world;
  const calls = new Map<string, Call>();
  const entered = new Map<string, { account: string; at: Date }>();
  const streams = new Map<string, Line>();
  const met = new Set<string>();
  const mayHear = createChatBudget(clock);
  const shelf = createMediaShelf();
  const uploads = createUploads(shelf);
  const held: (() => void)[] = [];
  let holding = false;
  let refusal: { code: number; times: number; cmd?: string | undefined } = { code: 0, times: 0 };
  let cutting = false;
  let subscribed: Peer | undefined;

  const sockets = createSockets((_url, peer) => ({
    heard: (text) => {
      const read = frame.safeParse(parseJson(text)).data;
      if (!read) return;
      const befallen = peer === subscribed && read.cmd === PUSH ? faults.take(PUSH, true) : null;
      const { code, body } = befallen ? befall(read, befallen) : judge(read, peer);
      const errmsg = code === 0 ? 'ok' : 'refused';
      const said = { headers: read.headers, ...(body ? { body } : {}), errcode: code, errmsg };
      if (befallen && silent.includes(befallen.fault)) {
        if (befallen.fault.startsWith('reset')) peer.cut();
      } else if (holding) held.push(() => peer.send(said));
      else peer.send(said);
      if (cutting && read.cmd === 'aibot_subscribe') peer.close();
    },
    closed: () => {
      if (subscribed === peer) subscribed = undefined;
    },
  }));

  function judge({ cmd, headers, body }: Frame, peer: Peer): Said {
    const isRefused = refusal.times > 0 && (refusal.cmd ?? cmd) === cmd;
    if (isRefused && (refusal.cmd !== undefined || !['aibot_subscribe', 'ping'].includes(cmd))) {
      refusal.times -= 1;
      return { code: refusal.code };
    }
    if (cmd === 'aibot_subscribe') return { code: subscribe(body, peer) };
    if (peer !== subscribed) return { code: 846_609 };
    if (cmd === 'ping') return { code: 0 };
    if (cmd === 'aibot_respond_msg') return { code: answer(headers.req_id, body) };
    if (cmd === 'aibot_respond_welcome_msg') return { code: greet(headers.req_id, body) };
    if (cmd === PUSH) return { code: say(body) };
    return uploads[cmd]?.(body) ?? { code: 40_008 };
  }

  /** What HTTP has a status for is one of the codes here; what would be no JSON there is no word here. */
  function befall({ body }: Frame, { fault, code }: { fault: Fault; code: number | string }): Said {
    if (fault.endsWith('after accepting')) return { code: say(body, fault) };
    const at = clock.now();
    sent.push({ ...{ at, path: PUSH, body: JSON.stringify(body), to: [], text: '' }, ...nobody, fault });
    return { code: fault === 'status 429' ? 45_009 : fault === 'errcode' ? Number(code) || -1 : -1 };
  }

  /** One connection a bot: a second one that subscribes takes the first one's place. */
  function subscribe(body: unknown, peer: Peer): number {
    const asked = subscription.safeParse(body).data;
    if (asked?.bot_id !== bot.id || asked.secret !== bot.secret) return 853_000;
    if (subscribed && subscribed !== peer) {
      subscribed.send(event('disconnected_event'));
      subscribed.close();
    }
    subscribed = peer;
    return 0;
  }

  const event = (eventtype: string, reqId = randomUUID(), more = {}) => ({
    cmd: 'aibot_event_callback',
    headers: { req_id: reqId },
    body: {
      msgid: randomUUID(),
      create_time: Math.floor(clock.now().getTime() / 1000),
      aibotid: bot.id,
      msgtype: 'event',
      event: { eventtype },
      ...more,
    },
  });

  function greet(reqId: string, body: unknown): number {
    const visit = entered.get(reqId);
    entered.delete(reqId);
    const at = clock.now();
    if (!visit || at.getTime() - visit.at.getTime() > WELCOME) return 846_605;
    const said = welcome.safeParse(body).data;
    if (!said) return 40_058;
    const shown: Shown = { text: said.text.content, markup: 'text', mentions: [] };
    history.add({ id: reqId, chat: { single: visit.account }, at, from: null, ...shown, answers: reqId });
    return 0;
  }

  function answer(reqId: string, body: unknown): number {
    const call = calls.get(reqId);
    if (!call || clock.now().getTime() - call.at.getTime() > DAY) return 846_605;
    const said = answering.safeParse(body).data;
    if (!said) return 40_058;
    if (!mayHear(nameOf(call.chat))) return 45_009;
    const text = said.msgtype === 'stream' ? said.stream.content : said.markdown.content;
    const shown: Shown = { text, markup: 'markdown', mentions: [] };
    const id = said.msgtype === 'stream' ? `${reqId} ${said.stream.id}` : randomUUID();
    const before = streams.get(id);
    if (before) history.change(before, shown);
    else {
      const at = clock.now();
      streams.set(id, history.add({ id, chat: call.chat, at, from: null, ...shown, answers: call.line.id }));
    }
    call.answered(shown);
    return 0;
  }

  function say(body: unknown, fault?: Fault): number {
    const posted = push.safeParse(body).data;
    if (!posted) return 40_058;
    const group = world.groups.find(({ chat }) => chat === posted.chatid);
    const chat: Chat = group ? { group: group.chat } : { single: posted.chatid };
    if (!met.has(posted.chatid)) return 93_006;
    const enclosed =
      posted.msgtype === 'markdown'
        ? undefined
        : shelf.media(posted.msgtype === 'image' ? posted.image.media_id : posted.file.media_id);
    if (posted.msgtype !== 'markdown' && !enclosed) return 40_007;
    const within = mayHear(posted.chatid);
    const text =
      posted.msgtype === 'markdown' ? posted.markdown.content : enclosed ? captionOf(enclosed) : '';
    const shown: Shown = { text, markup: 'markdown', mentions: [] };
    const at = clock.now();
    const arrival = { at, path: PUSH, body: JSON.stringify(body), to: [chat], shown: within };
    sent.push({ ...arrival, text: shown.text, mentions: [], ...(fault && { fault }) });
    if (!within) return 45_009;
    history.add({ id: randomUUID(), chat, at, from: null, ...shown, ...(enclosed && { enclosed }) });
    return 0;
  }

  return {
    sockets,
    call(words, line, answered) {
      met.add(words.group ?? words.user.account);
      if (!subscribed) return false;
      const reqId = randomUUID();
      calls.set(reqId, { chat: line.chat, line, at: clock.now(), answered });
      subscribed.send({ cmd: 'aibot_msg_callback', headers: { req_id: reqId }, body: callbackOf(words) });
      return true;
    },
    enter(account) {
      if (!subscribed) return false;
      const reqId = randomUUID();
      entered.set(reqId, { account, at: clock.now() });
      subscribed.send(event('enter_chat', reqId, { chattype: 'single', from: { userid: account } }));
      return true;
    },
    know(chats) {
      for (const chat of chats) met.add(chat);
    },
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
  };
}

const nobody = { mentions: [], shown: false };
/** Faults after which nothing is heard of a push. */
const silent: Fault[] = ['html', 'redirect', 'hang after accepting', 'reset after accepting', 'reset before'];

const nameOf = (chat: Chat): string => ('group' in chat ? chat.group : chat.single);

/** Answers and pushes together: 30 a minute and 1,000 an hour a chat. */
function createChatBudget(clock: Clock): (chat: string) => boolean {
  const heard = new Map<string, number[]>();
  return (chat) => {
    const now = clock.now().getTime();
    const recent = (heard.get(chat) ?? []).filter((at) => now - at < 60 * MINUTE);
    const minute = recent.filter((at) => now - at < MINUTE);
    heard.set(chat, recent);
    if (minute.length >= 30 || recent.length >= 1_000) return false;
    recent.push(now);
    return true;
  };
}
