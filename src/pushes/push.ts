import type { Reply } from '../chat/reply.ts';
import type { Calendar } from '../ledger/calendar.ts';
import type { Day } from '../ledger/days.ts';
import type { Db } from '../ledger/db.ts';
import type { Group, Member, Plan } from '../ledger/people.ts';

/** The moment at which a push looks at a plan. */
export interface Look {
  db: Db;
  plan: Plan;
  calendar: Calendar;
  groups: Group[];
  members: Member[];
  now: Date;
  /** The day and the minutes since midnight in the plan's time zone. */
  today: Day;
  minute: number;
  botName: string;
}

/** Something to say, to a person or to a group, before anyone has looked how they can be reached. */
export interface Notice {
  /** What, for whom, which period; said once, whatever happens to processes and clocks. */
  key: string;
  to: { personId: number } | { groupId: number };
  reply: Reply;
  /** Codes of the tasks it is about. */
  tasks: string[];
  /** What it tells, step by step (`over1:5.1.1:2026-03-31`), so that a later look knows it has been told. */
  marks: string[];
  /** From when on it is due, and how late it may still go. */
  dueAt: Date;
  expiresAt: Date;
  /** Where a person who can't be written to one to one is told instead, with a mention; only what may be read there. */
  instead?: { groupId: number; reply: Reply };
  /** A bulletin of unknown fate isn't repeated unasked. */
  once?: boolean;
}

/** What the bot says unasked: one file each. `scan` asks the ledger what is due from its moment on; it has no memory. */
export interface Push {
  name: string;
  scan(look: Look): Promise<Notice[]>;
}
