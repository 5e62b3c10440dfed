import { dayWord, noReplyNeeded, weekdayName } from '../../chat/words.ts';
import type { Meeting } from '../../ledger/acts/meetings.ts';
import { type Day, instantOf } from '../../ledger/days.ts';
import { ANNOUNCED } from '../../ledger/rules/occasions.ts';
import type { Said } from '../command.ts';

/** Whether others go by what stood until now, or will have no other word of what stands from now on. */
export const isAnnounced = ({ calendar, today }: Said, usual: Meeting | null, day: Day): boolean =>
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
  { post, plan }: Said,
  by: string,
  usual: Meeting | null,
  { day, time, place }: Pick<Meeting, 'day' | 'time' | 'place'>,
): Promise<string> {
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
