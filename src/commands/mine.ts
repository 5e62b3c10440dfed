import { taskRow } from '../chat/telling.ts';
import { noReplyNeeded } from '../chat/words.ts';
import { has, leads, maySee, worksOn } from '../ledger/rules/audience.ts';
import type { Seen } from '../ledger/views/survey.ts';
import { surveyFor } from './command/reach.ts';
import { waitingLine } from './command/waiting.ts';
import type { Command, Said } from './command.ts';

/** The worst first: what somebody with thirty seconds should see. */
const order = { red: 0, yellow: 1, blue: 2, green: 3 };

export const mine: Command = {
  act: 'mine',
  heardAfterwards: true,
  help: '我的:本人负责的任务',
  examples: ['我的'],
  tells: true,
  may: ({ person }) => has(person, 'chief', 'staff', 'leader', 'secretary', 'office', 'discipline'),
  run: async (said, { about }) => {
    const { tasks, duties } = await surveyFor(said);
    const own = [...tasks, ...(has(said.person, 'office') ? duties : [])].filter((task) =>
      isMine(said, task),
    );
    const seen = own.filter((task) => maySee(task.level, task, said.person, said.place) === 'yes');
    const elsewhere = own.length > seen.length && said.place !== 'single' ? await theRest(said) : undefined;
    const waiting = await waitingLine(said);
    // 有什么要我批的: the answer is that nothing is, whatever else is his.
    if (about === '待批' && waiting.length === 0 && said.place === 'single')
      return { lines: ['目前没有待您审批的事项。由本人负责的任务发「我的」。'] };
    if (seen.length === 0)
      return { lines: [...waiting, elsewhere ?? '没有由本人负责的任务。发「总览」看全局。'] };
    return {
      head: `${said.person.address}负责的任务${elsewhere === undefined ? `,共${seen.length}项` : ''}`,
      lines: [...waiting, ...seen.toSorted(worstFirst).map((task) => taskRow(task, said.today))],
      paged: true,
      ...(elsewhere === undefined ? {} : { foot: elsewhere }),
    };
  },
};

/** All of them one to one, where that is possible. */
async function theRest(said: Said): Promise<string> {
  const { tell, person, origin } = said;
  const whole = await mine.run(said.alone(), { act: 'mine' });
  const sent =
    whole !== null &&
    (await tell({
      key: `mine:${origin.platform}:${origin.messageId}:${person.id}`,
      personId: person.id,
      reply: { title: whole.head ?? '', lines: whole.lines, footer: noReplyNeeded },
      answers: true,
    }));
  return sent ? '全部事项已私信您。' : '另有事项请在与我的单聊中查询。';
}

/** The office answers for its own duties; everybody else for what the plan gives them. */
const isMine = ({ person }: Said, task: Seen): boolean =>
  leads(task, person) || worksOn(task, person) || (task.duty && has(person, 'office'));

const rank = (task: Seen) => (task.light === null ? 4 : order[task.light]);
const worstFirst = (one: Seen, other: Seen) => rank(one) - rank(other);
