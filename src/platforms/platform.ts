import type { Enclosed, Reply, Target } from '../chat/reply.ts';
import type { Call, Received } from './call.ts';
import type { Link } from './connection/link.ts';
import type { Fetched } from './download.ts';
import type { Budget, Outcome } from './outcome.ts';

export { type Answer, type Call, Forged, type Received } from './call.ts';
export type { Budget, Outcome } from './outcome.ts';

/** A picture or a file as a message of its own. */
export interface Enclosure {
  kind: Enclosed['kind'];
  /** With its ending, as its reader sees it. */
  name: string;
  /** The media type. */
  type: string;
  bytes: Buffer;
}

/** One push on its way: words, or an enclosure alone. `uuid` stays the same through all attempts. */
export interface Post {
  uuid: string;
  reply: Reply;
  enclosure?: Enclosure;
  /** A moment on `performance.now()` from which on nothing of it leaves; others take it for abandoned soon after. */
  until?: number;
}

export interface Platform {
  /** Throws `Forged`. Never throws anything else for bad input. */
  receive(call: Call, now: Date): Received;
  /** Never throws: whatever happens on the wire is an outcome. */
  send(target: Target, post: Post, now: Date): Promise<Outcome>;
  /** A file that somebody sent, by its `source`; never throws. */
  take(source: string, now: Date): Promise<Fetched>;
  /** Whether this installation can push to such a target at all (credentials, an address). */
  reaches(target: Target): boolean;
  /** Whether this process can send there at this moment: a connection stands in one process, or in none. */
  ready(target: Target): boolean;
  /** The name of the budget that a target's sends are counted against; no secret in it. */
  robot(target: Target): string;
  /** What pushes may spend of it; the platform allows more, which is kept back for answers. */
  budget(target: Target): Budget;
  /** Whether sending the same post twice shows it once. */
  repeats(target: Target): boolean;
  /** Whether a picture or a file can be sent there as such. */
  carries(target: Target, kind: Enclosed['kind']): boolean;
  /** UTF-8 bytes of text that one push to such a target can carry. */
  room(target: Target): number;
  /** The long connection, where the settings want one. */
  link?: Link;
}
