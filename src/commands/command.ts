import type { Act, Intent, Vocabulary } from '../chat/intent.ts';
import type { Reply } from '../chat/reply.ts';
import type { Calendar } from '../ledger/calendar.ts';
import type { Day } from '../ledger/days.ts';
import type { Db } from '../ledger/db.ts';
import type { Origin } from '../ledger/entries.ts';
import type { FileRow } from '../ledger/files.ts';
import type { Group, Person } from '../ledger/people.ts';
import type { Plan } from '../ledger/plan.ts';
import type { Owner, Place } from '../ledger/rules/audience.ts';
import type { Audience, Level } from '../ledger/terms.ts';

/** Who says it, where and when, and the transaction in which it is done. */
export interface Said {
  tx: Db;
  plan: Plan;
  person: Person;
  place: Place;
  group: Group | null;
  origin: Origin;
  /** UTF-8 bytes of words that one answer may hold, where that is little. */
  room?: number | undefined;
  /** The files that came with it, or wait for it. */
  accompanying: readonly Pick<FileRow, 'taskId'>[];
  vocabulary: Vocabulary;
  calendar: Calendar;
  now: Date;
  today: Day;
  /** The first of the bot's names, for the examples in a reply. */
  botName: string;
  /** A signed link to a page of the board for whoever reads this answer; null without PUBLIC_URL. */
  link(page: string): string | null;
  /** The next pushes as things stand, for 运行状态. */
  upcoming(count: number): Promise<{ push: string; at: Date }[]>;
  /** Everything that can be said, for 帮助. */
  commands: Readonly<Record<Act, Command>>;
  tell: Tell;
  post: Post;
  /** The same message as if it had been said one to one. */
  alone(): Said;
}

/**
 * Writes to somebody one to one, in the same transaction, and says whether it gets there; to nobody about a task that
 * they may not know of. What answers a question goes at any hour and only where it stays between the two.
 */
export type Tell = (message: {
  key: string;
  personId: number;
  reply: Reply;
  task?: Owner & { code: string; level: Level };
  /** What it asks for, as `awaits` names it: once that is settled, it doesn't leave any more. */
  mark?: string;
  answers?: boolean;
}) => Promise<boolean>;

/**
 * Posts to the groups of these audiences, in the same transaction, what the speaker has just decided, in the place of
 * whatever waits to be posted with the same mark, and not after a moment.
 */
export type Post = (
  push: 'meeting',
  message: { key: string; mark: string; until: Date; audiences: Audience[]; reply: Reply },
) => Promise<void>;

/**
 * One command's part of the answer. Parts with the same head are told together, a foot is told once; `task` is what
 * 这项 will mean in this chat from now on, null where that can't be told.
 */
export interface Part {
  head?: string;
  lines: string[];
  foot?: string;
  /** The day of what was recorded. */
  happened?: Day;
  /** How the speaker undoes it: a slip, a figure that can be corrected afterwards too, or what is no longer wanted. */
  takeBack?: 'mistaken' | 'correctable' | 'unwanted';
  task?: string | null;
  /** Holds a one-time code: it is told once and kept nowhere. */
  secret?: true;
  /** Nothing was done by it: it tells, or it asks. */
  only?: 'told' | 'asked';
  /** A list: in a group one screen of it, the rest on 下一页. */
  paged?: true;
  /** Lines by whose number one of them may be meant next, and what each would mean. */
  choices?: { number: number; intent: Intent }[];
}

/** What people may say: one file each. `run` throws `Refusal` before it has written anything. */
export interface Command {
  act: Act;
  help: string;
  examples: string[];
  /**
   * Still heard once the plan's ledger is closed: it changes nothing of the year's account, or is about a bulletin, people
   * or groups. Whatever else there is records.
   */
  heardAfterwards?: true;
  /** Only tells and changes nothing: its answer may go one to one where the place is too wide for it. */
  tells?: true;
  /** Whether it runs at all for this person here. */
  may(who: Pick<Said, 'person' | 'place'>): boolean;
  /** Whether 帮助 tells this person of it, where that is fewer than may say it. */
  suits?(who: Pick<Said, 'person' | 'place'>): boolean;
  /** What of `help` and `examples` this person is told, where that is not all. */
  hints?(who: Pick<Said, 'person' | 'place'>): Pick<Command, 'help' | 'examples'>;
  run(said: Said, intent: Intent): Promise<Part | null>;
}
