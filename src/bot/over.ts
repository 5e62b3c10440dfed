import { dayWord } from '../chat/words.ts';
import type { Said } from '../commands/command.ts';
import { Refusal } from '../ledger/refusal.ts';
import { recordsUntil } from '../ledger/rules/occasions.ts';

/** The year's ledger is closed: what belongs to it could be said until the fifth working day of January. */
export function refuseIfOver(said: Said): void {
  const until = recordsUntil(said);
  if (said.today <= until) return;
  throw new Refusal(
    `未记录:${said.plan.year}年度台账已于${dayWord(until)}停止登记,现只供查询;新的进展请按下一年度方案登记,或与整改办联系。`,
  );
}
