import type { Day } from '../../ledger/days.ts';
import type { Db } from '../../ledger/db.ts';
import type { TaskFacts } from '../../ledger/facts.ts';
import type { Indicator } from '../../ledger/rules/indicator.ts';
import type { Markup } from '../html.ts';
import type { Reader } from './reader.ts';

/** What a page is made from: one reader, one moment, one reading of the ledger. */
export interface View {
  db: Db;
  reader: Reader;
  now: Date;
  today: Day;
  /** Until when the reader's link holds. */
  until: Date;
  /** The way to another page for the same reader: `task/4.3.2`. */
  link(page?: string): string;
}

/** A page's name for the head and what stands in it. */
export interface Page {
  title: string;
  /** The way back, under the names of the pages there. */
  trail?: { name: string; link: string }[];
  body: Markup;
  /** `wall`: for a screen on a wall, large, on one screen, and fetched anew every few minutes. */
  kind?: 'overview' | 'wall';
}

/** Undefined where there is no such thing, or not for this reader. */
export type MakePage = (view: View, name: string) => Promise<Page | undefined>;

/** What a reader may not see is only counted; from the office and the secretary only persons' own matters are kept. */
export const apartWord = ({ reader }: View, count: number): string =>
  reader.office ? `另有${count}项属本人事项,只计数。` : `另有${count}项由责任科室或整改办办理,不在这里列出。`;

export const sees = ({ reader }: View, task: TaskFacts): boolean => reader.sees(task.level, task);

/** What of a task's indicators the reader may see. */
export const shownTo =
  ({ reader }: View, task: TaskFacts) =>
  (indicator: Indicator): boolean =>
    reader.sees(indicator.level ?? task.level, task);
