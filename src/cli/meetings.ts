import { createTell } from '../bot/tell.ts';
import { noLink } from '../chat/link.ts';
import { moveOf } from '../commands/command/meetings.ts';
import { meetingOf } from '../ledger/acts/meetings.ts';
import { dayOf, monthAfter } from '../ledger/days.ts';
import type { Db } from '../ledger/db.ts';
import { plansOf } from '../ledger/plan.ts';
import type { Ways } from '../ways/ways.ts';

/** Of the meetings to come as they stand now: what it gives back tells of those that stand otherwise since, as 日历 does. */
export async function watchMeetings(tx: Db, ways: Ways, now: Date): Promise<() => Promise<string[]>> {
  const [plan] = await plansOf(tx);
  if (!plan) return async () => [];
  const today = dayOf(now, plan.timeZone);
  const months = [today.slice(0, 7), monthAfter(today.slice(0, 7))];
  const before = await Promise.all(months.map((month) => meetingOf(tx, plan, month)));
  return async () => {
    const [after] = await plansOf(tx);
    if (!after) return [];
    const { post } = createTell({ ways, linkTo: noLink, now, put: () => {} }, tx, after);
    const moving = { tx, plan: after, calendar: plan.setup.calendar, now, today, post };
    const lines: string[] = [];
    for (const each of before)
      if (each) lines.push(...(await moveOf(moving, `import:${now.getTime()}`, each)));
    return lines;
  };
}
