import type { Row } from '../ledger/acts/registers.ts';
import type { Register } from '../ledger/terms.ts';
import { dayWord, folded } from './words.ts';

/** How people call the registers. */
export const registerWords: Record<Register, string> = {
  wish: '点单',
  decision: '三重一大',
  inspection: '督查',
  visit: '实地',
  burden: '减负意见',
};

export const registerNamed = (word: string): Register | undefined =>
  (Object.keys(registerWords) as Register[]).find((register) => registerWords[register] === word);

/** `点单3「上学路灯损坏」(基础教育科,5月20日前):办理中`. */
export function rowLine(register: Register, { number, what, section, day, due, doneOn }: Row): string {
  const words = what === null ? '事项已封存' : `「${folded(what, 40)}」`;
  const who = section ?? '责任待明确';
  const seen = register === 'visit' || register === 'inspection';
  const term = seen ? dayWord(day) : due === null ? '' : `${dayWord(due)}前`;
  const stands = doneOn === null ? (seen ? '' : ':办理中') : `:${dayWord(doneOn)}办结`;
  return `${registerWords[register]}${number}${words}(${[who, term].filter(Boolean).join(',')})${stands}`;
}
