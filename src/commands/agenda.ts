import { matterLines, mattersWord, reportLine, toReport } from '../chat/agenda.ts';
import { dayWord } from '../chat/words.ts';
import { mattersOf, meetingOf } from '../ledger/meetings.ts';
import { has, maySee } from '../ledger/rules/audience.ts';
import { survey } from '../ledger/survey.ts';
import type { Command } from './command.ts';

export const agenda: Command = {
  act: 'agenda',
  help: '议程:本月调度会的时间地点、汇报事项和待批事项',
  examples: ['议程'],
  may: ({ person }) => has(person, 'office', 'secretary', 'leader'),
  run: async ({ tx, plan, calendar, today, person, place }) => {
    const meeting = await meetingOf(tx, plan, calendar, today.slice(0, 7));
    const { tasks } = await survey(tx, plan, today, calendar);
    const matters = await mattersOf(tx, plan);
    const when = meeting
      ? `${dayWord(meeting.day)}${meeting.time},${meeting.place}`
      : '时间待定,由整改办发「调度会 日期 时间 地点」';
    const isOffice = has(person, 'office') && (place === 'office' || place === 'single');
    const word = mattersWord(matters);
    return {
      head: `${Number(today.slice(5, 7))}月调度会议程(${when})`,
      lines: [
        reportLine(toReport(tasks), (task) => maySee(task.level, task, person, place) === 'yes'),
        ...(isOffice ? matterLines(matters) : word === null ? [] : [`待批事项:${word}。`]),
      ],
    };
  },
};
