import { dayWord } from '../chat/words.ts';
import { setDays } from '../ledger/acts/calendar.ts';
import { meetingOf } from '../ledger/acts/meetings.ts';
import { daysBetween, isDay } from '../ledger/days.ts';
import { Refusal } from '../ledger/refusal.ts';
import { has, isWide } from '../ledger/rules/audience.ts';
import { moveOf } from './command/meetings.ts';
import type { Command } from './command.ts';

/** No holiday is longer; more is a slip of the finger. */
const LONGEST = 15;

export const calendar: Command = {
  act: 'calendar',
  heardAfterwards: true,
  help: '日历 日期 [至 日期] 休(班):登记放假和调休上班的日子,优先于内置日历',
  examples: ['日历 2027-02-05 至 2027-02-11 休', '日历 2027-02-20 班'],
  may: ({ person, place }) => has(person, 'office') && !isWide(place),
  run: async (said, { date: from = '', until: to = from, about }) => {
    const span = isDay(from) && isDay(to) ? daysBetween(from, to) : -1;
    if (span < 0 || span > LONGEST) {
      throw new Refusal('请写明日期,如「日历 2027-02-05 至 2027-02-11 休」,一次不超过半个月。');
    }
    const kind = about === '班' ? 'work' : 'off';
    const months = [...new Set([from, to].map((day) => day.slice(0, 7)))];
    const meetings = await Promise.all(months.map((month) => meetingOf(said.tx, said.plan, month)));
    await setDays(said.tx, said.plan, { from, to, kind }, said.origin);
    const moves: string[] = [];
    const by = `${said.origin.platform}:${said.origin.messageId}`;
    for (const each of meetings) if (each) moves.push(...(await moveOf(said, by, each)));
    const days = from === to ? dayWord(from) : `${dayWord(from)}至${dayWord(to)}`;
    return {
      lines: [
        `已记录,${from.slice(0, 4)}年${days}${kind === 'work' ? '上班' : '休息'},推送和时限按此计算。`,
        ...moves,
      ],
    };
  },
};
