import type { Invocation } from './wire.ts';

const MINUTE = 60_000;
/** What a platform allows a robot in any minute. */
export const ALLOWED = 20;

/** A letter as whoever wrote it knows it. */
export interface Written {
  name: string;
  chat: string;
  /** Milliseconds of simulated time, as all moments here. */
  at: number;
  /** It goes through the robot whose platform fails. */
  ill: boolean;
  /** A bulletin, of which nobody wants a second one. */
  once: boolean;
  /** The beat was told of it. */
  prompt: boolean;
  /** For somebody to whom the platform shows nothing: the office is to be told. */
  refused: boolean;
}

/** A message as people saw it. */
export interface Sight {
  chat: string;
  at: number;
  letters: string[];
  /** It says that it comes again (补发). */
  again: boolean;
}

/** What was written, what left the house, what people saw, and how the ledger says that each letter ended. */
export interface History {
  written: Written[];
  calls: Invocation[];
  seen: Sight[];
  ended: Map<string, string>;
  robot: string;
  /** The platform was out of reach, so that nothing can have arrived and nothing is in doubt. */
  unreached?: boolean;
  healedAt: number;
}

export interface Verdict {
  letters: number;
  /** Never seen, and nobody is told so. */
  lost: string[];
  /**
   * Never seen, for which the office is told that they may not have arrived; a bulletin in doubt is always left to it, and
   * so is what its platform refuses for good.
   */
  declared: string[];
  /** Refused for good, and yet tried again or not told of. */
  insisted: string[];
  /** Shown again without saying so. */
  doubled: string[];
  /** Seen after one that was written to the same chat later. */
  disordered: string[];
  /** Calls with one letter, at most. */
  tries: number;
  /** Calls of one robot within any minute, at most; what it was asked, whatever came of it. */
  inMinute: number;
  /** Milliseconds from the healing to the last letter that had waited, and the least that the platform's limit asks for. */
  drained: number;
  best: number;
  /** Milliseconds until the slowest letter of the other robots of which the beat was told was seen. */
  others: number;
  /** Calls for a token until the healing. */
  tokens: number;
}

export function judge({ written, calls, seen, ended, robot, unreached, healedAt }: History): Verdict {
  const sights = (name: string) => seen.filter(({ letters }) => letters.includes(name));
  const firstAt = (name: string) => sights(name)[0]?.at ?? Number.POSITIVE_INFINITY;
  const unseen = written.filter(({ name }) => sights(name).length === 0).map(({ name }) => name);
  const told = (name: string) => ['unknown', 'dead', 'expired'].includes(ended.get(name) ?? '');
  const isBulletin = (each: string) => written.some(({ name, once }) => once && name === each);
  const isOffices = (name: string) => isBulletin(name) && ended.get(name) === 'unknown' && !unreached;
  const refused = written.filter((letter) => letter.refused).map(({ name }) => name);
  const sends = calls.filter(({ kind }) => kind === 'send');
  const countOf = (name: string, of: Invocation['kind']) =>
    calls.filter(({ kind, letters }) => kind === of && letters.includes(name)).length;
  // A file whose handing over fails isn't sent.
  const triesOf = (name: string) => Math.max(countOf(name, 'send'), countOf(name, 'upload'));
  const waited = written.filter(({ ill, at }) => ill && at < healedAt).map(({ name }) => name);
  const late = waited.map(firstAt).filter((at) => at >= healedAt && at < Number.POSITIVE_INFINITY);
  const posts = new Set(late).size;
  return {
    letters: written.length,
    lost: unseen.filter((name) => !told(name)),
    declared: unseen.filter((name) => told(name) && !refused.includes(name) && !isOffices(name)),
    insisted: refused.filter((name) => ended.get(name) !== 'dead' || triesOf(name) > 1),
    doubled: written
      .filter(({ name }) => sights(name).filter(({ again }) => !again).length > 1)
      .map(({ name }) => name),
    disordered: disordered(written, firstAt),
    tries: Math.max(...written.map(({ name }) => triesOf(name))),
    inMinute: Math.max(
      ...[...new Set(sends.map((each) => each.robot))].map((each) =>
        mostInMinute(sends.filter((send) => send.robot === each).map(({ at }) => at)),
      ),
    ),
    drained: Math.max(0, ...late) === 0 ? 0 : Math.max(...late) - healedAt,
    best: Math.max(0, Math.ceil(posts / ALLOWED) - 1) * MINUTE,
    others: Math.max(
      0,
      ...written.filter(({ ill, prompt }) => prompt && !ill).map(({ name, at }) => firstAt(name) - at),
    ),
    tokens: calls.filter(({ kind, at, ...call }) => kind === 'token' && call.robot === robot && at < healedAt)
      .length,
  };
}

export function mostInMinute(moments: number[]): number {
  return Math.max(
    0,
    ...moments.map((from) => moments.filter((at) => at >= from && at < from + MINUTE).length),
  );
}

function disordered(written: Written[], firstAt: (name: string) => number): string[] {
  return [...new Set(written.map(({ chat }) => chat))].flatMap((chat) => {
    const queue = written.filter((each) => each.chat === chat);
    return queue
      .filter(({ name }, place) => queue.slice(place + 1).some((next) => firstAt(next.name) < firstAt(name)))
      .filter(({ name }) => firstAt(name) < Number.POSITIVE_INFINITY)
      .map(({ name }) => name);
  });
}
