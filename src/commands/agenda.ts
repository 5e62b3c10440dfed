import { matterLines, mattersWord, reportLine, toReport } from '../chat/agenda.ts';
import { followUpLine } from '../chat/followUps.ts';
import { dayWord } from '../chat/words.ts';
import { type FollowUp, toAskAfter } from '../ledger/acts/followUps.ts';
import { meetingOf, nextMeeting } from '../ledger/acts/meetings.ts';
import { has, isWide, maySee, showsTo } from '../ledger/rules/audience.ts';
import { mattersOf } from '../ledger/views/matters.ts';
import { confirmedSurvey } from '../ledger/views/survey.ts';
import type { Command, Said } from './command.ts';

export const agenda: Command = {
  act: 'agenda',
  heardAfterwards: true,
  help: '议程:本月调度会的时间地点、上次议定事项、汇报事项和待批事项',
  examples: ['议程'],
  tells: true,
  may: ({ person }) => has(person, 'office', 'secretary', 'leader'),
  run: async (said) => {
    const { tx, plan, today, person, place } = said;
    const meeting = (await meetingOf(tx, plan, today.slice(0, 7))) ?? (await nextMeeting(tx, plan, today));
    // As the meeting's papers tell it.
    const { tasks } = (await confirmedSurvey(tx, plan, today)).as(showsTo(person, place));
    const matters = await mattersOf(tx, plan);
    const when = meeting
      ? `${dayWord(meeting.day)}${meeting.time},${meeting.place}`
      : '时间待定,由整改办发「调度会 日期 时间 地点」';
    const isOffice = has(person, 'office') && !isWide(place);
    const word = mattersWord(matters);
    return {
      head: `${Number((meeting?.day ?? today).slice(5, 7))}月调度会议程(${when})`,
      lines: [
        ...decidedLines(said, await toAskAfter(tx, plan, today)),
        reportLine(toReport(tasks), (task) => maySee(task.level, task, person, place) === 'yes'),
        ...(isOffice ? matterLines(matters) : word === null ? [] : [`待批事项:${word}。`]),
      ],
    };
  },
};

/** What was decided before and what became of it; what may not be shown here is only counted. */
function decidedLines({ person, place, today }: Said, decided: FollowUp[]): string[] {
  const shown = decided.filter(({ task }) => maySee(task.level, task, person, place) === 'yes');
  const hidden = decided.length - shown.length;
  if (decided.length === 0) return ['上次议定事项:无。'];
  const isDone = shown.filter(({ doneOn }) => doneOn !== null).length;
  const wide = isWide(place);
  return [
    `上次议定事项${shown.length}件,已办结${isDone}件${hidden > 0 ? `,另有${hidden}件由整改办单独报告` : ''}:`,
    ...shown.map((each) => followUpLine(each, today, wide)),
  ];
}
