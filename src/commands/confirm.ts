import { figureWords } from '../chat/telling.ts';
import { type Confirmed, confirm as letCount, waitingTasks } from '../ledger/confirm.ts';
import { factsOf, lock, type TaskFacts } from '../ledger/facts.ts';
import { inPrivate, notHere, Refusal } from '../ledger/refusal.ts';
import { has, maySee } from '../ledger/rules/audience.ts';
import { spokenPeriod } from '../ledger/rules/period.ts';
import type { Command, Said } from './command.ts';
import { mayShowHere, taskToReport } from './reach.ts';

export const confirm: Command = {
  act: 'confirm',
  help: '确认 [任务编号]:本科室内勤代填的数,确认后计入台账',
  examples: ['确认', '确认 4.3.2'],
  may: ({ person }) => has(person, 'chief'),
  run: async (said, intent) => {
    const section = said.vocabulary.sections.find(({ code }) => code === intent.section);
    if (section && section.name !== said.person.section) throw new Refusal(notHere);
    if (intent.task !== undefined) await taskToReport(said, { act: 'confirm', task: intent.task });
    const tasks = await waitingFor(said, intent.task);
    const here = tasks.filter((task) => maySee(task.level, task, said.person, said.place) === 'yes');
    if (here.length === 0) throw new Refusal(tasks.length === 0 ? '没有待确认的数。' : inPrivate);
    const lines: string[] = [];
    for (const task of here) lines.push(await confirmTask(said, task));
    const [first, ...more] = here;
    return {
      head: '已记录,下列内勤代填的数经确认计入台账:',
      lines,
      ...(tasks.length > here.length ? { foot: '另有事项请在与我的单聊中确认。' } : {}),
      ...(first && more.length === 0 ? { task: first.code } : {}),
    };
  },
};

/** Tasks on which figures of the speaker's clerks wait, read under their locks. */
async function waitingFor({ tx, plan, person }: Said, code: string | undefined): Promise<TaskFacts[]> {
  const waiting = async () => {
    const codes = await waitingTasks(tx, plan.id, person.sectionId);
    return codes.filter((each) => code === undefined || each === code);
  };
  await lock(tx, plan.id, await waiting());
  const tasks: TaskFacts[] = [];
  for (const each of await waiting()) {
    const task = await factsOf(tx, plan.id, each);
    if (task) tasks.push(task);
  }
  return tasks;
}

async function confirmTask(said: Said, task: TaskFacts): Promise<string> {
  const { tx, person, origin, now, text } = said;
  const counted = await letCount(tx, task, person.sectionId, origin, now, text);
  const shown = counted.filter(({ indicator }) => mayShowHere(said, task)(indicator));
  const more = counted.length > shown.length ? ['其余在单聊中查询'] : [];
  return `【${task.code}】${[...shown.map(countedWord), ...more].join(';')}`;
}

/** `演练:2次→3次,计入2026年`; of members' own figures only that they count. */
function countedWord({ indicator, period, before, after }: Confirmed): string {
  if (indicator.subject === 'person') return `${indicator.label}:已计入${spokenPeriod(period)}`;
  const change = `${figureWords(indicator, before)}→${figureWords(indicator, after)}`;
  return `${indicator.label}:${change},计入${spokenPeriod(period)}`;
}
