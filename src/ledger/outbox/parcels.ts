import type { Letter } from '../outbox.ts';

const MINUTE = 60_000;

/** No platform asks for a longer rest; what seems to wait longer was written down before the clock was set back. */
const LONGEST_REST = 60 * MINUTE;

/** What has waited for so long wasn't sent at the last look. */
const WAITED = MINUTE / 2;

/** What the outbox can't know of letters. */
export interface Leave {
  /** Whether it may leave at this moment. */
  may(letter: Letter): boolean;
  /** Whether the platform shows the same post once. */
  repeats(letter: Letter): boolean;
  /** Posts that its robot may spend in any minute and, where that is counted too, in any hour. */
  budget(letter: Letter): { minute: number; hour?: number };
  /** Whether these can go as one text. */
  fit(parcel: Letter[]): boolean;
}

/**
 * What may leave now, a parcel for each chat: in order, the next one only when the fate of the one before is known.
 * Letters that had to wait go as one as far as they fit, and so do those that remind one person of something; what has
 * once left together stays together.
 */
export function parcelsOf(open: Letter[], now: Date, leave: Leave, answered: Date | null = null): Letter[][] {
  const chats = new Map<string, Letter[]>();
  for (const letter of open) {
    const chat = letter.account ?? `group:${letter.groupId}`;
    chats.set(chat, [...(chats.get(chat) ?? []), letter]);
  }
  return [...chats.values()].flatMap((queue) => {
    const [head, ...rest] = queue.filter(leave.may);
    if (!head || queue.some(({ state }) => state === 'sending')) return [];
    if (!isDue(head, now) && !maySoonRepeat(head, now, leave, answered)) return [];
    const parcel = [head];
    for (const letter of rest) {
      if (!goesAlong(parcel, letter, now, leave)) break;
      parcel.push(letter);
    }
    return [parcel];
  });
}

const isDue = ({ attempt, dueAt }: Letter, now: Date): boolean =>
  attempt === 0 ? dueAt <= now : !isAhead(dueAt, now);

/** The only repeat needn't wait any longer once the platform has answered somebody since the first try. */
const maySoonRepeat = (letter: Letter, now: Date, leave: Leave, answered: Date | null): boolean =>
  letter.state === 'unknown' &&
  !letter.again &&
  !leave.repeats(letter) &&
  answered !== null &&
  letter.leftAt !== null &&
  letter.triedAt !== null &&
  answered > letter.leftAt &&
  now.getTime() - letter.triedAt.getTime() >= MINUTE;

function goesAlong(parcel: Letter[], letter: Letter, now: Date, leave: Leave): boolean {
  const [head] = parcel;
  if (head && head.attempt > 0) return letter.uuid === head.uuid;
  const all = [...parcel, letter];
  return all.every((each) => mayJoin(each) && (hasWaited(each, now) || reminds(each, now))) && leave.fit(all);
}

/** Never tried, and no bulletin, which goes by itself. */
const mayJoin = ({ attempt, once }: Letter): boolean => attempt === 0 && !once;

/** Nobody is reminded twice in a minute: what several pushes have for one person at one look is one message. */
const reminds = ({ account, quiet, dueAt }: Letter, now: Date): boolean =>
  account !== null && quiet && dueAt <= now;

const hasWaited = ({ createdAt, dueAt }: Letter, now: Date): boolean =>
  Math.max(createdAt.getTime(), dueAt.getTime()) <= now.getTime() - WAITED;

/** A moment yet to come, unless it lies so far ahead that the clock must have been set back since. */
export const isAhead = (at: Date | null, now: Date): boolean =>
  at !== null && at > now && at.getTime() - now.getTime() <= LONGEST_REST;
