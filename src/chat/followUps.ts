import type { FollowUp } from '../ledger/acts/followUps.ts';
import type { Day } from '../ledger/days.ts';
import { withoutTerm } from './reason.ts';
import { dayWord, fitForGroup, folded, tellsOfJourney } from './words.ts';

/** So many characters of a decision stand in a list. */
const CHARACTERS = 30;

/** What was decided, without the code and the day said beside it; nothing that no group reads where `wide`. */
export function whatWord({ what }: Pick<FollowUp, 'what'>, wide: boolean, most = CHARACTERS): string {
  if (what === null || (wide && !isForAll(what))) return '事项见台账';
  const words = what.replace(/@(?=\S)/g, '');
  return `「${folded(withoutTerm(words) || words, most)}」`;
}

/** An order may say where its giver goes: 下周三陪我到三中检查. */
const isForAll = (what: string): boolean => fitForGroup(what) && !tellsOfJourney(what, what.includes('我'));

/** `【4.3.2】第1条「隐患逐校过一遍」(安全管理科,6月10日前):未办结,已过期限`. */
export function followUpLine(followUp: FollowUp, today: Day, wide: boolean): string {
  const { task, section, due, row } = followUp;
  const term = due === null ? '期限待明确' : `${dayWord(due)}前`;
  return `【${task.code}】第${row}条${whatWord(followUp, wide)}(${section ?? '责任待明确'},${term}):${standWord(followUp, today)}`;
}

export function standWord({ due, doneOn }: FollowUp, today: Day): string {
  if (doneOn !== null) return `${dayWord(doneOn)}办结`;
  return due !== null && due < today ? '未办结,已过期限' : '办理中';
}
