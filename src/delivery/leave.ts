import { type Reply, SCREEN, sizeOf, textOf } from '../chat/reply.ts';
import type { Leave } from '../ledger/outbox/parcels.ts';
import type { Letter } from '../ledger/outbox.ts';
import { isOpen } from '../pushes/push/moment.ts';
import type { Look } from '../pushes/push.ts';
import type { Clock } from '../time.ts';
import type { Ways } from '../ways/ways.ts';
import { isWords, together } from './together.ts';

/** What the outbox can't know of letters: whether the hour, the group and the platform let them leave, and how fast. */
export function leaveAt(look: Look, ways: Ways, clock: Clock): Leave {
  const held = new Set(look.groups.filter((group) => group.pausedAt !== null).map((group) => group.id));
  return {
    may: (letter) =>
      (!letter.quiet || isOpen({ ...look, now: clock.now() })) &&
      (letter.groupId === null || !held.has(letter.groupId)) &&
      isReady(letter, look, ways),
    budget: (letter) => {
      const route = ways.route(letter, look);
      return route ? route.platform.budget(route.target) : { minute: 1 };
    },
    repeats: (letter) => {
      // What is enclosed is handed over anew for each attempt: no platform knows it for the same.
      if (!isWords(letter.reply)) return false;
      const route = ways.route(letter, look);
      return route?.platform.repeats(route.target) ?? false;
    },
    fit: (parcel) => {
      const [head] = parcel;
      if (!head || !parcel.every((letter) => isWords(letter.reply))) return false;
      const route = ways.route(head, look);
      const room = route?.platform.room(route.target) ?? 0;
      const reply = together(parcel);
      return sizeOf(reply) <= room && isOneScreen(head, reply, look);
    },
  };
}

/** One without a way is settled as such; one that only another process can send is left to it. */
function isReady(letter: Letter, look: Look, ways: Ways): boolean {
  const route = ways.route(letter, look);
  return route?.platform.ready(route.target) ?? true;
}

/** What is joined for a group is still one screen there; calling somebody takes a line. */
const isOneScreen = (letter: Letter, reply: Reply, look: Look): boolean =>
  !isToGroup(letter, look) || textOf(reply).split('\n').length + (reply.mention ? 1 : 0) <= SCREEN;

/** The office's group reads everything, and as much of it as there is. */
export const isToGroup = ({ groupId }: Letter, { groups }: Look): boolean =>
  groups.some(({ id, audience }) => id === groupId && audience !== 'office');
