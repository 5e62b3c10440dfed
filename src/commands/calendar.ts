import { dayWord } from '../chat/words.ts';
import { setDays } from '../ledger/acts/calendar.ts';
import { type Meeting, meetingOf } from '../ledger/acts/meetings.ts';
import { daysBetween, instantOf, isDay } from '../ledger/days.ts';
import { readCalendar } from '../ledger/plan/read.ts';
import { Refusal } from '../ledger/refusal.ts';
import { has, isWide } from '../ledger/rules/audience.ts';
import { isAnnounced, tellOfMove } from './command/meetings.ts';
import type { Command, Said } from './command.ts';

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
    for (const each of meetings) if (each) moves.push(...(await moveOf(said, each)));
    const days = from === to ? dayWord(from) : `${dayWord(from)}至${dayWord(to)}`;
    return {
      lines: [
        `已记录,${from.slice(0, 4)}年${days}${kind === 'work' ? '上班' : '休息'},推送和时限按此计算。`,
        ...moves,
      ],
    };
  },
};

/** What becomes of the meeting: by the rule it moves, and who was called to it is told; one that was set is the office's to move. */
async function moveOf(said: Said, before: Meeting): Promise<string[]> {
  const { tx, plan, now, origin } = said;
  const isToCome = ({ day, time }: Meeting) => instantOf(day, time, plan.timeZone) > now;
  if (before.held || !isToCome(before)) return [];
  const days = await readCalendar(tx, plan.id);
  const month = before.day.slice(0, 7);
  const after = await meetingOf(tx, { ...plan, setup: { ...plan.setup, calendar: days } }, month);
  if (!after) return [];
  const name = `${Number(month.slice(5))}月调度会`;
  if (!days.isWorkday(after.day) || !isToCome(after)) {
    return [`${name}定于${dayWord(before.day)}${before.time},请另定:「调度会 日期 时间 地点」。`];
  }
  if (after.day === before.day) return [];
  const told = isAnnounced(said, before, after.day)
    ? await tellOfMove(said, `${origin.platform}:${origin.messageId}`, before, after)
    : '';
  return [`${name}随之由${dayWord(before.day)}改为${dayWord(after.day)}${after.time}。${told}`];
}
