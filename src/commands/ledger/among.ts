import { extendedTasks } from '../../ledger/views/matters.ts';
import { lastEntries } from '../../ledger/views/reported.ts';
import type { Said } from '../command.ts';

/** The tasks that a list is drawn from by what was done on them; nothing for any other list. */
export interface Among {
  /** The codes of those whose deadline was moved, or is asked to be. */
  extended: ReadonlySet<string>;
  /** The ids of those on which something was entered today. */
  entered: ReadonlySet<number>;
}

export async function amongFor({ tx, plan, today }: Said, word: string): Promise<Among> {
  const days = word.includes('今日登记') ? await lastEntries(tx, plan) : new Map();
  return {
    extended: new Set(/延期|展期/u.test(word) ? await extendedTasks(tx, plan) : []),
    entered: new Set([...days].flatMap(([id, on]) => (on === today ? [id] : []))),
  };
}
