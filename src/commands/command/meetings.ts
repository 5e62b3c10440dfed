import { dayWord, noReplyNeeded, weekdayName } from '../../chat/words.ts';
import { callTo, type Meeting, meetingOf } from '../../ledger/acts/meetings.ts';
import { type Day, instantOf } from '../../ledger/days.ts';
import { retract } from '../../ledger/outbox.ts';
import { readCalendar } from '../../ledger/plan/read.ts';
import { ANNOUNCED } from '../../ledger/rules/occasions.ts';
import { inPlace } from '../../ledger/views/told.ts';
import type { Said } from '../command.ts';

/** Whether others go by what stood until now, or will have no other word of what stands from now on. */
export const isAnnounced = (
  { calendar, today }: Pick<Said, 'calendar' | 'today'>,
  usual: Meeting | null,
  day: Day,
): boolean =>
  day <= calendar.workdayFrom(today, 1) ||
  (usual !== null &&
    !usual.held &&
    usual.day >= today &&
    today >= calendar.workdayFrom(usual.day, ANNOUNCED));

/**
 * At once, and not with the next notice: that may come after the hour for which people were called. `by` is the word by
 * which it moved. Gives back what its speaker is told of that.
 */
export async function tellOfMove(
  { tx, now, post, plan }: Pick<Said, 'tx' | 'now' | 'post' | 'plan'>,
  by: string,
  usual: Meeting | null,
  { day, time, place }: Pick<Meeting, 'day' | 'time' | 'place'>,
): Promise<string> {
  // What waits to call them to the old hour would come beside the new one.
  if (usual) await retract(tx, [callTo(usual), inPlace(callTo(usual))], now);
  const from = usual ? `原定${dayWord(usual.day)}${usual.time},` : '';
  await post('meeting', {
    key: `meeting:moved:${by}`,
    mark: `moved:${plan.id}:${(usual?.day ?? day).slice(0, 7)}`,
    until: instantOf(day, time, plan.timeZone),
    audiences: ['leaders', 'office'],
    reply: {
      title: `【会议变更】${Number(day.slice(5, 7))}月整改工作月调度会`,
      lines: [`${from}现定${dayWord(day)}(周${weekdayName(day)})${time} 地点:${place}`],
      footer: noReplyNeeded,
    },
  });
  return `变更通知发领导小组群、整改办群,推送时段为${plan.settings.quiet.join('-')}。`;
}

/**
 * As much of a message, or of a workbook that is brought in, as tells of a meeting whose day is no working day any more,
 * or whose rule has changed. The calendar is the one by which people were called.
 */
export type Moving = Pick<Said, 'tx' | 'plan' | 'calendar' | 'now' | 'today' | 'post'>;

/**
 * What becomes of the meeting: by the rule it moves, and who was called to it is told; one that was set, or has no rule
 * any more, is the office's to move.
 */
export async function moveOf(moving: Moving, by: string, before: Meeting): Promise<string[]> {
  const { tx, plan, now } = moving;
  const isToCome = ({ day, time }: Meeting) => instantOf(day, time, plan.timeZone) > now;
  if (before.held || !isToCome(before)) return [];
  const days = await readCalendar(tx, plan.id);
  const month = before.day.slice(0, 7);
  const after = await meetingOf(tx, { ...plan, setup: { ...plan.setup, calendar: days } }, month);
  const name = `${Number(month.slice(5))}月调度会`;
  if (!after || !days.isWorkday(after.day) || !isToCome(after)) {
    return [
      `${name}${after ? '定于' : '原定'}${dayWord(before.day)}${before.time},请另定:「调度会 日期 时间 地点」。`,
    ];
  }
  const isSameDay = after.day === before.day;
  if (isSameDay && after.time === before.time && after.place === before.place) return [];
  const told = isAnnounced(moving, before, after.day)
    ? await tellOfMove(moving, `${by}:${month}`, before, after)
    : '';
  const from = isSameDay ? '' : `由${dayWord(before.day)}`;
  const place = after.place === before.place ? '' : ` ${after.place}`;
  return [`${name}随之${from}改为${dayWord(after.day)}${after.time}${place}。${told}`];
}
