import type { Light, TaskState } from '../terms.ts';

/** Where a task stands in counts: once, under the first of these that fits. */
export type Standing = 'closed' | 'listed' | 'behind' | 'progress';

/**
 * How a bureau counts its tasks; the four standings add up to `all`. `overdue` is a part of `behind`, and of those listed
 * `listedOverdue` are overdue too.
 */
export interface Counts extends Record<Standing, number> {
  all: number;
  overdue: number;
  listedOverdue: number;
}

export interface Stands {
  standing: Standing;
  overdue: boolean;
}

export function standingOf(task: { state: TaskState; listed: unknown }, light: Light | null): Stands {
  const overdue = light === 'red';
  if (task.state === 'closed') return { standing: 'closed', overdue: false };
  if (task.listed) return { standing: 'listed', overdue };
  return { standing: overdue || light === 'yellow' ? 'behind' : 'progress', overdue };
}

export function countsOf(tasks: readonly Stands[]): Counts {
  const having = (standing: Standing) => tasks.filter((task) => task.standing === standing).length;
  return {
    all: tasks.length,
    closed: having('closed'),
    listed: having('listed'),
    behind: having('behind'),
    progress: having('progress'),
    overdue: tasks.filter((task) => task.standing === 'behind' && task.overdue).length,
    listedOverdue: tasks.filter((task) => task.standing === 'listed' && task.overdue).length,
  };
}
