import { completionWord, taskHead } from '../chat/telling.ts';
import { dayWord } from '../chat/words.ts';
import { has, leads, maySee, worksOn } from '../ledger/rules/audience.ts';
import { type Seen, survey } from '../ledger/survey.ts';
import type { Command, Said } from './command.ts';

/** The worst first: what somebody with thirty seconds should see. */
const order = { red: 0, yellow: 1, blue: 2, green: 3 };

export const mine: Command = {
  act: 'mine',
  help: '我的:本人负责的任务',
  examples: ['我的'],
  may: ({ person }) => has(person, 'chief', 'staff', 'leader', 'secretary', 'office', 'discipline'),
  run: async (said) => {
    const { tasks, duties } = await survey(said.tx, said.plan, said.today, said.calendar);
    const own = [...tasks, ...(has(said.person, 'office') ? duties : [])].filter((task) =>
      isMine(said, task),
    );
    const seen = own.filter((task) => maySee(task.level, task, said.person, said.place) === 'yes');
    const elsewhere = own.length > seen.length ? '另有事项请在与我的单聊中查询。' : undefined;
    if (seen.length === 0) return { lines: [elsewhere ?? '没有由本人负责的任务。发「总览」看全局。'] };
    return {
      head: `${said.person.address}负责的任务${elsewhere === undefined ? `,共${seen.length}项` : ''}`,
      lines: seen.toSorted(worstFirst).map(row),
      ...(elsewhere === undefined ? {} : { foot: elsewhere }),
    };
  },
};

/** The office answers for its own duties; everybody else for what the plan gives them. */
const isMine = ({ person }: Said, task: Seen): boolean =>
  leads(task, person) || worksOn(task, person) || (task.duty && has(person, 'office'));

const rank = (task: Seen) => (task.light === null ? 4 : order[task.light]);
const worstFirst = (one: Seen, other: Seen) => rank(one) - rank(other);

export const row = (task: Seen): string =>
  [
    taskHead(task),
    task.state === 'closed' ? '已销号' : `时限${dayWord(task.deadline)}`,
    completionWord(task.completion),
  ]
    .filter(Boolean)
    .join(' ');
