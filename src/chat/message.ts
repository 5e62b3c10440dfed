import type { PlatformName } from '../ledger/terms.ts';

export type { PlatformName };

/** A person's message, whichever platform and callback shape it came by. */
export interface Message {
  platform: PlatformName;
  /** aibotid or robotCode, else `robot`; with `id` and `sender` it makes a message one message. */
  bot: string;
  id: string;
  /** The account exactly as the verified callback carries it; `007` is not `7`. */
  sender: string;
  chat: { kind: 'group'; id: string } | { kind: 'single' };
  /** As typed, the mention of the bot included; empty for a bare picture or file. */
  text: string;
  /** The text of the quoted message, where the platform hands it over. */
  quote?: string;
  /** What came instead of words or beside them; `other`: a kind that no robot is given the content of. */
  media?: 'picture' | 'voice' | 'video' | 'file' | 'other';
  /** The files that came with it, and those of the message that it quotes. */
  files?: SentFile[];
  /** UTF-8 bytes of words that an answer by the way that it came may hold, where that is little. */
  room?: number;
  /** What proves the call (DingTalk's timestamp and sign, WeCom's msg_signature): kept to spot a replayed pair. */
  proof: string;
}

/** A picture or another file that somebody sent, which its platform keeps for a while. */
export interface SentFile {
  kind: 'picture' | 'video' | 'file';
  /** As its sender called it, where the platform says so. */
  name?: string;
  /** How its platform gives it out: that platform's own words, good for whoever has them, and kept under seal. */
  source: string;
}

/** What is larger is not kept. */
export const MOST_MEGABYTES = 20;
/** How the fault of such a file begins. */
export const TOO_LARGE = 'too large';

/** Whether it can't be had however often it is sent. */
export const isTooLarge = ({ why }: { why: string | null }): boolean => why?.startsWith(TOO_LARGE) ?? false;

/** The chat as one string, the same for every message in it; a single chat belongs to its sender. */
export function chatKey(message: Pick<Message, 'platform' | 'chat' | 'sender'>): string {
  return message.chat.kind === 'group'
    ? `${message.platform}:group:${message.chat.id}`
    : `${message.platform}:single:${message.sender}`;
}
