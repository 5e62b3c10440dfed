import type { Letter } from '../outbox.ts';
import { type Answers, type Budget, isAhead, MINUTE, none } from './allowance.ts';
import { backOff } from './fate.ts';

/** What has waited for so long wasn't sent at the last look. */
const WAITED = MINUTE / 2;

/** What the outbox can't know of letters. */
export interface Leave {
  /** Whether it may leave at this moment. */
  may(letter: Letter): boolean;
  /** Whether the platform shows the same post once. */
  repeats(letter: Letter): boolean;
  /** Posts that its robot may spend in any minute and, where that is counted too, in any hour. */
  budget(letter: Letter): Budget;
  /** Whether these can go as one text. */
  fit(parcel: Letter[]): boolean;
}

/**
 * What may leave now, a parcel for each chat: in order, the next one only when the fate of the one before is known.
 * Letters that had to wait go as one as far as they fit, and so do those that remind one person of something. What has
 * once left together stays together: so those that may leave at night join none that may not.
 */
export function parcelsOf(open: Letter[], now: Date, leave: Leave, answered: Answers = none): Letter[][] {
  const chats = new Map<string, Letter[]>();
  for (const letter of open) {
    const chat = letter.account ?? `group:${letter.groupId}`;
    chats.set(chat, [...(chats.get(chat) ?? []), letter]);
  }
  return [...chats.values()].flatMap((queue) => {
    const [head, ...rest] = queue.filter(leave.may);
    if (!head || queue.some(({ state }) => state === 'sending')) return [];
    if (!isDue(head, now) && !mayGoSooner(head, now, answered)) return [];
    if (head.attempt > 0) return [[head, ...rest.filter(({ uuid }) => uuid === head.uuid)]];
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

/** Its own back-off is over once the robot has taken another's since; what the platform itself asked for isn't. */
const mayGoSooner = (
  { account, state, attempt, triedAt, dueAt }: Letter,
  now: Date,
  answered: Answers,
): boolean => {
  const at = account === null ? answered.group : answered.person;
  return (
    triedAt !== null &&
    at !== null &&
    at > triedAt &&
    now.getTime() - triedAt.getTime() >= MINUTE &&
    dueAt.getTime() - triedAt.getTime() <= backOff(attempt, state === 'unknown')
  );
};

/** Behind a first that was never tried stands none that was; a bulletin goes by itself. */
function goesAlong(parcel: Letter[], letter: Letter, now: Date, leave: Leave): boolean {
  const all = [...parcel, letter];
  return (
    all.every(({ once, quiet }) => !once && quiet === letter.quiet) &&
    all.every((each) => hasWaited(each, now) || reminds(each, now)) &&
    leave.fit(all)
  );
}

/** Nobody is reminded twice in a minute: what several pushes have for one person at one look is one message. */
const reminds = ({ account, quiet, dueAt }: Letter, now: Date): boolean =>
  account !== null && quiet && dueAt <= now;

const hasWaited = ({ createdAt, dueAt }: Letter, now: Date): boolean =>
  Math.max(createdAt.getTime(), dueAt.getTime()) <= now.getTime() - WAITED;
