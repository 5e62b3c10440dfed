import { extendedTasks } from '../../ledger/views/matters.ts';
import { lastEntries } from '../../ledger/views/reported.ts';
import type { Said } from '../command.ts';

/** The tasks that a list is drawn from by what was done on them; nothing for any other list. */
export interface Among {
  /** By their codes. */
  延期: ReadonlySet<string>;
  /** By their ids. */
  今日登记: ReadonlySet<number>;
}

export async function amongFor({ tx, plan, today }: Said, word: string): Promise<Among> {
  const entered = word.includes('今日登记') ? await lastEntries(tx, plan) : new Map();
  return {
    延期: new Set(/延期|展期/u.test(word) ? await extendedTasks(tx, plan) : []),
    今日登记: new Set([...entered].flatMap(([id, on]) => (on === today ? [id] : []))),
  };
}
