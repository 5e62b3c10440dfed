import type { Viewer } from '../../../src/ledger/rules/audience.ts';
import { judge, type TaskAct, type TaskInHand } from '../../../src/ledger/rules/task.ts';
import type { TaskState } from '../../../src/ledger/terms.ts';
import { everyone, person, sectionId, task } from './plan.ts';

export const chain = ['request', 'review', 'verify', 'approve'];

export function inHand(
  code: string,
  state: TaskState = 'active',
  taken: [step: string, by: string][] = [],
): TaskInHand {
  const owner = task(code);
  return {
    ...owner,
    state,
    chain,
    officeLed: owner.sectionId === sectionId('bangongshi'),
    secretaryLed: owner.leaderId === person('党组书记').id,
    taken: taken.map(([step, by]) => ({ step, personId: person(by).id })),
  };
}

export const to = (state: TaskState) => ({ may: true, to: state });
export const refused = (why: 'state' | 'twice' | 'person') => ({ may: false, why });

/** Everyone of the sample plan who may do it now. */
export const whoMay = (given: TaskInHand, act: Exclude<TaskAct, 'close'>): Viewer[] =>
  everyone.filter((viewer) => judge(given, act, viewer).may);
export const named = (...names: string[]): Viewer[] => names.map(person);
