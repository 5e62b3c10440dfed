import type { PlatformName } from '../chat/message.ts';
import type { Reply } from '../chat/reply.ts';
import type { Calendar } from '../ledger/calendar.ts';
import { type Day, dayOf } from '../ledger/days.ts';
import type { Db } from '../ledger/db.ts';
import type { Group, Member } from '../ledger/people.ts';
import type { Plan } from '../ledger/plan.ts';
import type { Slot } from '../ledger/slots.ts';
import type { Audience } from '../ledger/terms.ts';
import type { Survey } from '../ledger/views/survey.ts';

/** The moment at which a push looks at a plan. */
export interface Look {
  db: Db;
  plan: Plan;
  calendar: Calendar;
  groups: Group[];
  members: Member[];
  /** Chats in which somebody has spoken with the bot over its connection, as `chatKey` names them. */
  met: ReadonlySet<string>;
  now: Date;
  /** In the plan's time zone. */
  today: Day;
  /** Names of the pushes that look at a slot in this same look, be it late. */
  due: ReadonlySet<string>;
  botNames: Record<PlatformName, string>;
  /** Whether pictures are drawn: a rehearsal tells words alone. */
  draws: boolean;
  /** Tells the operator of something that went out without a part of it. */
  lacked(error: unknown, what: string): void;
  /** The whole plan as it stands today, read once for all pushes of this moment. */
  survey(): Promise<Survey>;
  /** Whatever else several pushes of this moment go by: read for the first of them, and the same for all. */
  once<T>(read: (look: Look) => Promise<T>): Promise<T>;
  /** Where a person will read what is for them; null when nothing reaches them. */
  reach(personId: number): Reach | null;
  /**
   * A signed link to a page of the board for whom the notice goes to, or for the group that would read it instead; null
   * without PUBLIC_URL.
   */
  link(page: string, to: Notice['to']): string | null;
}

/** Bytes that every way to a person carries in one message: what is longer would come as two. */
export const MESSAGE = 1_500;

/** As much of a look as tells which slots are open. */
export type Moment = Pick<Look, 'plan' | 'calendar' | 'now' | 'today'>;

export const momentOf = (plan: Plan, now: Date): Moment => ({
  ...{ plan, calendar: plan.setup.calendar },
  ...{ now, today: dayOf(now, plan.timeZone) },
});

/**
 * One to one; else, a chief, in the section's group; during the plan's trial in the office's group. Whoever writes
 * asks first, because the place decides what may stand there.
 */
export type Reach =
  | { place: 'single'; platform: PlatformName; account: string }
  | { place: 'section' | 'office'; group: Group };

/** The platform on which it is read; WeCom where nobody knows. */
export function platformOf(reach: Reach | null): PlatformName {
  if (reach === null) return 'wecom';
  return reach.place === 'single' ? reach.platform : reach.group.platform;
}

/** The groups of these audiences that are still posted to. */
export const groupsFor = ({ groups }: Pick<Look, 'groups'>, ...audiences: Audience[]): Group[] =>
  groups.filter(({ audience, gone }) => gone === null && audiences.includes(audience));

/**
 * Something to say, to a person or to a group. `orSection`: where nothing reaches the chief one to one, the section's
 * group may read it, with the chief called.
 */
export interface Notice {
  /** What, for whom, which period; said once, whatever happens to processes and clocks. */
  key: string;
  to: { personId: number; orSection?: true } | { groupId: number };
  reply: Reply;
  /** Codes of the tasks it is about. */
  tasks: string[];
  /** What it tells, step by step (`over:5.1.1:2026-03-31:7`), so that a later look knows it has been told. */
  marks: string[];
  /** It says nothing any more after this moment, where that is before its slot is over. */
  until?: Date;
  /** A bulletin of unknown fate isn't repeated unasked. */
  once?: boolean;
  /** Answers somebody who has just asked: it leaves at any hour. */
  answers?: boolean;
  /** Tells of what somebody has just done or decided: in a group too it rests on that. */
  tells?: boolean;
}

/** What the bot says unasked: one file each. It has no memory: what it said and when it looked, the ledger knows. */
export interface Push {
  name: string;
  /** The minutes of a day from which it can be due, `08:42`. */
  times(plan: Plan): string[];
  /** The slots since the last one it looked at, that one left out, the oldest first. */
  slots(moment: Moment, last: Date | null): Slot[];
  /** Whether the slot can have anything to say at all: asked first where a whole look would mostly be in vain. */
  isDue?(db: Db, moment: Moment): Promise<boolean>;
  /** Asks the ledger what is due in the slot that is open now. */
  scan(look: Look): Promise<Notice[]>;
  /** What it writes into the ledger besides, in the transaction that takes the slot. */
  keep?(tx: Db, look: Look): Promise<void>;
}
