import type { LetterState } from '../terms.ts';

/** Milliseconds for which no letter waits to leave, the longest days off among them: what is older needn't be looked through. */
export const WAITS_AT_MOST = 20 * 24 * 60 * 60_000;

/** How an attempt ended, as the platforms tell it. */
export type Outcome =
  | { is: 'sent' }
  | { is: 'later'; at: Date; pause: boolean; why: string }
  | { is: 'never'; why: string; gone: boolean }
  /** `ours`: it was this side that broke off, so that the platform is none the worse. */
  | { is: 'unknown'; why: string; ours?: boolean };

/** Why a letter never left, where that is as somebody wanted it: nothing of it is lost. */
export const NEEDLESS = {
  settled: '所请事项已办理或收回',
  overtaken: '待发期间所提任务已有新的登记',
  withheld: '不予发出',
  disabled: '收件人已停用',
  retired: '会话已停用',
} as const;

export const needless: string[] = Object.values(NEEDLESS);

/** Why a draft ended that nobody let go and nobody refused. */
export const UNRELEASED = '待发期间无人同意发出';

/** Why one was held back of which whoever it was for has yet to hear: the office is told. */
export const HELD_BACK = {
  unbound: '收件账号已解绑',
  moved: '收件人职务或角色已变动',
  restricted: '任务知悉范围已收窄',
  regrouped: '群的用途或所属已更改',
} as const;

/** As much of a letter as its fate hangs on. */
interface Tried {
  attempt: number;
  once: boolean;
  again: boolean;
  inDoubt: boolean;
}

/** What becomes of a letter's row. `endedAt` null: it goes again at `dueAt`. */
export interface Fate {
  state: LetterState;
  why: string | null;
  endedAt: Date | null;
  dueAt?: Date;
}

/**
 * Minutes before the second, third … attempt. There is no seventh, unless the platform has the robot rest: what keeps
 * all of its letters out says nothing of this one. Ten minutes' failure is over soon before the fifth; looked for once a
 * minute, the sixth comes within the half hour in which a platform knows a repeat.
 */
const DELAYS = [1, 2, 3, 5, 13];
const LAST_DELAY = 13;
export const TRIES = DELAYS.length + 1;

/**
 * Minutes before the only repeat of what may have arrived: by then a platform has mostly come back. It goes sooner if
 * the robot is seen to answer.
 */
const REPEAT = 12;

/** Milliseconds that a letter waits for no other reason than that its last attempt came to nothing. */
export const backOff = (attempt: number, inDoubt: boolean): number =>
  Math.max(DELAYS[attempt - 1] ?? LAST_DELAY, inDoubt ? REPEAT : 0) * 60_000;

/**
 * The row's life after an attempt. What surely didn't arrive waits and goes again, or is dead. What may have arrived
 * is unknown: where the platform shows a repeat once it goes again as it is, a reminder once more with a mark, and a
 * bulletin (`once`) not at all. A doubt is never forgotten: no later refusal makes `dead` of what may have arrived.
 */
export function fateOf(letter: Tried, outcome: Outcome, repeats: boolean, now: Date): Fate {
  if (outcome.is === 'sent') return { state: 'sent', why: null, endedAt: now };
  const { why } = outcome;
  const doubt = letter.inDoubt || outcome.is === 'unknown';
  const delay = delayOf(letter, outcome, repeats);
  const over =
    delay === undefined ||
    outcome.is === 'never' ||
    (outcome.is === 'unknown' && (letter.once || (letter.again && !repeats)));
  if (over) return { state: doubt ? 'unknown' : 'dead', why, endedAt: now };
  const soonest = now.getTime() + delay * 60_000;
  const asked = outcome.is === 'later' ? outcome.at.getTime() : soonest;
  return {
    state: doubt ? 'unknown' : 'waiting',
    why,
    endedAt: null,
    dueAt: new Date(Math.max(soonest, asked)),
  };
}

function delayOf({ attempt, again }: Tried, outcome: Outcome, repeats: boolean): number | undefined {
  const isOnlyRepeat = outcome.is === 'unknown' && !outcome.ours && !repeats && !again;
  const rests = outcome.is === 'later' && outcome.pause;
  return isOnlyRepeat && attempt < TRIES ? REPEAT : (DELAYS[attempt - 1] ?? (rests ? LAST_DELAY : undefined));
}
