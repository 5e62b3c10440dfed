import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Arrival, Chat, Fault, Line, Shown, Surroundings } from '../double.ts';
import type { History } from '../history.ts';
import type { MediaShelf } from '../media.ts';
import { createChatBudget } from './chatBudget.ts';
import { answering, PUSH, push, welcome } from './frames.ts';
import { captionOf } from './words.ts';

const DAY = 24 * 60 * 60_000;
/** A welcome that comes later is refused. Milliseconds. */
const WELCOME = 5_000;

/** A person's message that went out over the connection, and waits for its answer. */
interface Call {
  line: Line;
  at: Date;
  answered(shown: Shown): void;
}

/** What is said in chats over the connection; each of the bot's words comes to a code, 0 where it was taken. */
export interface Talk {
  /** In this chat somebody has spoken with the bot. */
  met(chat: string): void;
  called(reqId: string, call: Call): void;
  entered(reqId: string, visit: { account: string; at: Date }): void;
  greet(reqId: string, body: unknown): number;
  answer(reqId: string, body: unknown): number;
  push(body: unknown, fault?: Fault): number;
}

interface Parts {
  world: Surroundings;
  history: History;
  shelf: MediaShelf;
  sent: Arrival[];
}

const unknown = 846_605;
const malformed = 40_058;
const tooOften = 45_009;

export function createTalk({ world: { clock, groups }, history, shelf, sent }: Parts): Talk {
  const calls = new Map<string, Call>();
  const visits = new Map<string, { account: string; at: Date }>();
  const streams = new Map<string, Line>();
  const known = new Set<string>();
  const mayHear = createChatBudget(clock);
  const since = (at: Date): number => clock.now().getTime() - at.getTime();

  /** An answer whose stream was shown before takes its place. */
  function show(id: string, to: Line, shown: Shown): void {
    const before = streams.get(id);
    const line = { id, chat: to.chat, at: clock.now(), from: null, ...shown, answers: to.id };
    if (before) history.change(before, shown);
    else streams.set(id, history.add(line));
  }

  return {
    met: (chat) => void known.add(chat),
    called: (reqId, call) => void calls.set(reqId, call),
    entered: (reqId, visit) => void visits.set(reqId, visit),
    greet(reqId, body) {
      const visit = visits.get(reqId);
      visits.delete(reqId);
      if (!visit || since(visit.at) > WELCOME) return unknown;
      const said = welcome.safeParse(body).data;
      if (!said) return malformed;
      const at = clock.now();
      const chat = { single: visit.account };
      history.add({ id: reqId, chat, at, from: null, ...words(said.text.content, 'text'), answers: reqId });
      return 0;
    },
    answer(reqId, body) {
      const call = calls.get(reqId);
      if (!call || since(call.at) > DAY) return unknown;
      const said = answering.safeParse(body).data;
      if (!said) return malformed;
      if (!mayHear(nameOf(call.line.chat))) return tooOften;
      const isStream = said.msgtype === 'stream';
      const shown = words(isStream ? said.stream.content : said.markdown.content);
      show(isStream ? `${reqId} ${said.stream.id}` : randomUUID(), call.line, shown);
      call.answered(shown);
      return 0;
    },
    push(body, fault) {
      const posted = push.safeParse(body).data;
      if (!posted) return malformed;
      if (!known.has(posted.chatid)) return 93_006;
      const shown = shownBy(posted, shelf);
      if (!shown) return 40_007;
      const isGroup = groups.some(({ chat }) => chat === posted.chatid);
      const chat: Chat = isGroup ? { group: posted.chatid } : { single: posted.chatid };
      const within = mayHear(posted.chatid);
      const at = clock.now();
      const arrival = { at, path: PUSH, body: JSON.stringify(body), to: [chat], shown: within };
      sent.push({ ...arrival, text: shown.text, mentions: [], ...(fault && { fault }) });
      if (!within) return tooOften;
      history.add({ id: randomUUID(), chat, at, from: null, ...shown });
      return 0;
    },
  };
}

const words = (text: string, markup: Shown['markup'] = 'markdown'): Shown => ({ text, markup, mentions: [] });

/** Undefined where it names a picture or a file that nobody has handed over. */
function shownBy(posted: z.infer<typeof push>, shelf: MediaShelf): Shown | undefined {
  if (posted.msgtype === 'markdown') return words(posted.markdown.content);
  const id = posted.msgtype === 'image' ? posted.image.media_id : posted.file.media_id;
  const enclosed = shelf.media(id);
  return enclosed && { ...words(captionOf(enclosed)), enclosed };
}

const nameOf = (chat: Chat): string => ('group' in chat ? chat.group : chat.single);
