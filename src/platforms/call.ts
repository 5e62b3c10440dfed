import type { Message } from '../chat/message.ts';
import type { Reply } from '../chat/reply.ts';

/** An HTTP call as it came in, nothing parsed: signatures are made over raw text. */
export interface Call {
  method: string;
  /** Without the question mark, still percent-encoded. */
  query: string;
  /** Names and values in turn, as Node's `rawHeaders`: a header that comes twice must be seen twice. */
  headers: readonly string[];
  body: Buffer;
}

export interface Answer {
  status: number;
  type: string;
  body: string;
}

/** What a verified call turned out to be. `answer` travels with it, so nobody else needs to know the platform. */
export type Received =
  | { is: 'message'; message: Message; answer(reply: Reply | null): Answer }
  | { is: 'greeting'; answer(reply: Reply | null): Answer }
  | { is: 'settled'; answer: Answer }
  | { is: 'unusable'; reason: string; answer: Answer };

/** The call is not the platform's: 401 with an empty body, the same for every cause. `why` is for the log. */
export class Forged extends Error {
  override name = 'Forged';
}
