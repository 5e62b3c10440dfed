import { evidenced } from '../../ledger/acts/evidence.ts';
import type { Day } from '../../ledger/days.ts';
import { extendedTasks } from '../../ledger/views/matters.ts';
import { lastEntries } from '../../ledger/views/reported.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import type { Said } from '../command.ts';

/** The tasks that a list is drawn from by what was done on them; nothing for any other list. */
export interface Among {
  /** The codes of those whose deadline was moved, or is asked to be. */
  extended: ReadonlySet<string>;
  /** The day of the last entry on each, by its id. */
  entered: ReadonlyMap<number, Day>;
  /** The ids of the indicators behind which evidence stands. */
  evidenced: ReadonlySet<number>;
}

export async function amongFor(
  { tx, plan }: Said,
  word: string,
  tasks: readonly Pick<Seen, 'indicators'>[],
): Promise<Among> {
  const ids = tasks.flatMap(({ indicators }) => indicators.map(({ id }) => id));
  return {
    extended: new Set(/延期|展期/u.test(word) ? await extendedTasks(tx, plan) : []),
    entered: /今日登记|周未登记/u.test(word) ? await lastEntries(tx, plan) : new Map(),
    evidenced: word.includes('佐证') ? await evidenced(tx, ids) : new Set(),
  };
}
