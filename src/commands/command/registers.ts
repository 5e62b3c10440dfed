import type { Intent } from '../../chat/intent.ts';
import { registerNamed, registerWords } from '../../chat/registers.ts';
import { notHere, Refusal } from '../../ledger/refusal.ts';
import { has, reportsAs } from '../../ledger/rules/audience.ts';
import type { Register } from '../../ledger/terms.ts';
import type { Seen } from '../../ledger/views/survey.ts';
import type { Said } from '../command.ts';
import { mayReport, taskFor } from './reach.ts';

/** The register that is meant, for who keeps it: whoever reports on its task, discipline for what it inspects. */
export async function registerFor(said: Said, intent: Intent): Promise<{ task: Seen; register: Register }> {
  const register = registerNamed(intent.about ?? '');
  if (!register) throw notHere();
  if (intent.task === undefined) {
    throw new Refusal(`本方案没有以${registerWords[register]}为内容的任务,未记录。请按任务编号登记进展。`);
  }
  const { task } = await taskFor(said, intent);
  const looks = register === 'inspection' || register === 'visit';
  const keeps =
    reportsAs(task, said.person) !== null ||
    (looks && has(said.person, 'discipline')) ||
    (register === 'burden' && mayReport(said));
  if (!keeps) throw notHere();
  return { task, register };
}
