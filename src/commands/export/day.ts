import { dayWord } from '../../chat/words.ts';
import { addDays, type Day, isDay } from '../../ledger/days.ts';
import { Refusal } from '../../ledger/refusal.ts';
import type { Said } from '../command.ts';

const DAY = /(?:(20\d\d)[-./年])?(\d{1,2})[-./月](\d{1,2})日?/;

/**
 * The past day that a paper is asked for, `2026-06-30` or 6月30日; null where the words name none. A day before the
 * ledger began or one that isn't over has no figures of its own.
 */
export function dayAsked({ plan, today }: Pick<Said, 'plan' | 'today'>, words: string): Day | null {
  const found = DAY.exec(words.normalize('NFKC'));
  if (!found) return null;
  const [, year = String(plan.year), month = '', date = ''] = found;
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  if (!isDay(day) || day < plan.since || day > lastDay({ plan, today })) {
    throw new Refusal(
      `${found[0]}没有可导出的数据:台账自${dayWord(plan.since)}建立,某日的数据在该日过后导出。写法如「导出 台账 ${lastDay({ plan, today })}」。`,
    );
  }
  return day;
}

/** The last day that is over, or the plan's last one. */
export function lastDay({ plan, today }: Pick<Said, 'plan' | 'today'>): Day {
  const yesterday = addDays(today, -1);
  return yesterday > plan.ends ? plan.ends : yesterday;
}
