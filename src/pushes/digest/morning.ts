import type { Seen, Survey } from '../../ledger/views/survey.ts';
import { explained } from '../push/explanation.ts';
import { hearing } from '../push/hearing.ts';
import { dueRungs, type Rung } from '../push/ladder.ts';
import type { Look } from '../push.ts';

/** What all groups' digests of one morning are made from. */
export interface Morning {
  look: Look;
  seen: Survey;
  hasHeard(task: Seen, wait: { chief: number; leader: number }): boolean;
  /** The ladder's steps that nobody has been told yet this morning. */
  rungs: Rung[];
  /** What sections gave as explanations, by the task's id. */
  words: Map<number, string>;
}

export async function morningOf(look: Look): Promise<Morning> {
  const seen = await look.survey();
  return {
    look,
    seen,
    hasHeard: await hearing(look, seen.tasks),
    rungs: await dueRungs(look, seen.tasks),
    words: await look.once(explained),
  };
}
