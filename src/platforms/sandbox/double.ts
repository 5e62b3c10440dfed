import type { PlatformName } from '../../chat/message.ts';
import type { Clock } from '../../time.ts';
import type { Sockets } from './sockets.ts';

/** A chat of the double's world; one to one is the chat of the bot with that account. */
export type Chat = { group: string } | { single: string };

export interface Group {
  chat: string;
  name: string;
  /** What an address of its group robot ends in: WeCom's key, DingTalk's access_token. Without one it has no robot. */
  key?: string;
  /** DingTalk's signing secret of that robot (`SEC…`). */
  secret?: string;
}

export interface Person {
  account: string;
  name: string;
}

/** What both doubles are made of. */
export interface Surroundings {
  clock: Clock;
  /** The product's hook; asked for at each call, so that a port may be known later. */
  deliver: string | (() => string);
  botName: string;
  groups: Group[];
  people: Person[];
  /** How long a callback waits for its answer, in milliseconds: WeCom's page says 5 s, DingTalk's 2.5 s. */
  patience?: number;
  /** How often an unanswered callback is sent again: WeCom's page says twice; DingTalk promises nothing. */
  retries?: number;
}

/** One message as people see it in a chat. */
export interface Line {
  id: string;
  chat: Chat;
  at: Date;
  /** Null is the bot. */
  from: string | null;
  text: string;
  markup: 'text' | 'markdown';
  /** Accounts that are notified. */
  mentions: string[];
  quote?: string;
  /** A picture or a file that the message is. */
  enclosed?: Media;
  /** How a person's message fared: `unheard` mentions no bot, `lost` found no answer with status 200. */
  fate?: 'sending' | 'taken' | 'unheard' | 'lost';
  /** The message that this one answers; a push has none. */
  answers?: string;
  /** Answers the message's second delivery. */
  again?: boolean;
}

/** A picture or a file that somebody sends. */
export type SentMedia = Omit<Media, 'type'> & { quoted?: boolean };

/** A picture or a file as the platform keeps it. */
export interface Media {
  kind: 'picture' | 'file';
  name: string;
  type: string;
  bytes: Buffer;
}

/** What people see of a message of the bot's. */
export type Shown = Pick<Line, 'text' | 'markup' | 'mentions' | 'enclosed'>;

/** An answer that the platform takes and would not show; the message says why. */
export class Unshowable extends Error {
  override name = 'Unshowable';
}

/** What became of a person's message. */
export interface Heard {
  id: string;
  /** How often the callback was sent; none where a group message mentions no bot. */
  tries: number;
  /** Of the last try; null where none came in time. */
  status: number | null;
  /** The bot's words; null for an empty answer, and for one that the platform would not show. */
  answer: string | null;
  /** Why the platform would not show it. */
  why?: string;
}

/** A message that the product sent, whatever became of it. */
export interface Arrival {
  at: Date;
  path: string;
  /** The body as it came. */
  body: string;
  to: Chat[];
  text: string;
  mentions: string[];
  /** Whether people see it: not when refused, and not when it repeats one. */
  shown: boolean;
  fault?: Fault;
}

/**
 * How a call of the product's ends. `errcode` is the platform's own no; after `hang` and `reset after accepting`
 * people see the message, and the product can't know.
 */
export const faults = [
  'errcode',
  'status 429',
  'status 500',
  'html',
  'redirect',
  'hang after accepting',
  'reset after accepting',
  'reset before',
  'refuse',
] as const;
export type Fault = (typeof faults)[number];

export interface FaultOptions {
  /** Of an `errcode`; in DingTalk's OpenAPI it is a word. */
  code?: number | string;
  /** How many calls it befalls; without it, all until `heal`. Refused connections can't be counted. */
  times?: number;
  /** The path that it befalls; without it, every path that takes messages. */
  path?: string;
}

/** A platform that plays its part over loopback HTTP, for the sandbox and for tests. */
export interface Double<Via extends string = string> {
  platform: PlatformName;
  /** Resolves to its address, `http://127.0.0.1:…`. */
  listen(): Promise<string>;
  close(): Promise<void>;
  /** A person types; resolves when the answer is there or given up. */
  say(words: {
    chat: { group: string } | 'single';
    user: string;
    text: string;
    quote?: string;
    /** Pictures and files that come with the words, or instead of them; `quoted` ones are of the message quoted. */
    files?: SentMedia[];
    via?: Via;
    id?: string;
  }): Promise<Heard>;
  /** Delivers a message once more, as a retry does: same id and words, signed anew. */
  again(id: string): Promise<Heard>;
  fail(fault: Fault, options?: FaultOptions): Promise<void>;
  heal(): Promise<void>;
  fault(): { fault: Fault; options: FaultOptions } | null;
  /** Everything that people have seen, oldest first. */
  lines(): readonly Line[];
  /** Everything that the product has sent, oldest first. */
  sent: Arrival[];
  /** By which door messages come that say nothing of it. */
  through(door: 'hook' | 'connection'): void;
  /** The sockets of its long connections. */
  sockets: Sockets;
  /** Called with every new or changed line; returns the way to stop. */
  on(listener: (line: Line) => void): () => void;
}
