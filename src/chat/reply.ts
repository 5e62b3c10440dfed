import type { Enclosed, Reply } from '../ledger/reply.ts';
import type { PlatformName } from './message.ts';
import { plain } from './plain.ts';

export type { Enclosed, Reply };

export const textOf = (reply: Reply): string =>
  [reply.title, ...reply.lines, reply.footer].filter((part) => part !== undefined && part !== '').join('\n');

const bytes = (text: string): number => Buffer.byteLength(text);

/** UTF-8 bytes of a line as it is shown, in which what could be markup has grown. */
const shown = (line: string): number => bytes(plain(line));

/** Those of a whole reply. */
export const sizeOf = ({ title, lines, footer }: Reply): number =>
  [title, ...lines, footer].reduce((size, part) => (part ? size + shown(part) + 1 : size), -1);

/**
 * Parts of at most `limit` UTF-8 bytes each as they are shown, cut between lines and numbered (1/2) in their titles. A single
 * line that is longer than a part is cut on a whole character and ends in ….
 */
export function split(reply: Reply, limit: number): Reply[] {
  if (sizeOf(reply) <= limit) return [reply];
  const frame = sizeOf({ ...reply, lines: [] }) + '\n(99/99)\n'.length;
  const room = Math.max(limit - frame, 64);
  const pages: string[][] = [[]];
  let used = 0;
  for (const line of reply.lines.map((each) => fitted(each, room - 1))) {
    const size = shown(line) + 1;
    if (used + size > room && used > 0) {
      pages.push([]);
      used = 0;
    }
    pages.at(-1)?.push(line);
    used += size;
  }
  return pages.map((lines, index) => ({
    ...reply,
    title: `${reply.title ?? ''}(${index + 1}/${pages.length})`,
    lines,
  }));
}

function fitted(line: string, room: number): string {
  let kept = line;
  for (
    let most = room;
    shown(kept) > room;
    most = Math.min(most - 1, Math.floor((most * room) / shown(kept)))
  ) {
    kept = shorten(line, most);
  }
  return kept;
}

/** The text with as many of its items, one at least, as one message of `limit` bytes carries. */
export function inOneMessage(items: number, compose: (shown: number) => Reply, limit: number): Reply {
  let kept = items;
  while (kept > 1 && sizeOf(compose(kept)) > limit) kept -= 1;
  return compose(kept);
}

/** Lines of a text in a group, its title and its end among them. */
export const SCREEN = 8;

/** Screens of at most so many lines each, where the text is longer than one; a line of each says how to go on. */
export function screens(reply: Reply, most: number): Reply[] {
  const foot = reply.footer === undefined ? 0 : 1;
  if (reply.lines.length + foot <= most) return [reply];
  const room = most - foot - 1;
  const count = Math.ceil(reply.lines.length / room);
  return Array.from({ length: count }, (_, at) => ({
    ...reply,
    lines: reply.lines.slice(at * room, (at + 1) * room),
  }));
}

/** At most `limit` UTF-8 bytes, cut on a whole character. */
export function shorten(text: string, limit: number): string {
  if (bytes(text) <= limit) return text;
  const room = limit - bytes('…');
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += bytes(character);
    if (used > room) break;
    kept += character;
  }
  return `${kept}…`;
}

/**
 * Where a push goes, and which robot's budget it spends. `met`: somebody has spoken with the bot in this chat over its
 * connection, so that it may speak there unasked.
 */
export type Target = { platform: PlatformName; met?: boolean } & (
  | { to: 'group'; chatId: string; address?: string; secret?: string }
  | { to: 'person'; account: string }
);
