import { figureWords } from '../chat/telling.ts';
import { type Confirmed, confirm as letCount, waitingTasks } from '../ledger/acts/confirm.ts';
import { factsOf, lock, type TaskFacts } from '../ledger/facts.ts';
import { type HeldRequest, uphold } from '../ledger/people/handover.ts';
import { inPrivate, notHere, Refusal } from '../ledger/refusal.ts';
import { confirmsFor, maySee } from '../ledger/rules/audience.ts';
import { spokenPeriod } from '../ledger/rules/period.ts';
import { mayShowHere, taskFor, taskToReport } from './command/reach.ts';
import { heldFor } from './command/requests.ts';
import { tellUpheld } from './command/turn.ts';
import type { Command, Said } from './command.ts';

export const confirm: Command = {
  act: 'confirm',
  help: '确认 [任务编号]:本科室内勤代填的数确认后计入台账;新任负责人确认前任未办结的申请',
  examples: ['确认', '确认 {task}'],
  may: ({ person }) => confirmsFor(person).length > 0,
  run: async (said, intent) => {
    const section = said.vocabulary.sections.find(({ code }) => code === intent.section);
    if (section && section.name !== said.person.section) throw notHere();
    if (intent.task !== undefined) await taskToReport(said, { act: 'confirm', task: intent.task });
    const waiting = await waitingFor(said, intent.task);
    const here = waiting.filter(({ task }) => maySee(task.level, task, said.person, said.place) === 'yes');
    if (here.length === 0) throw waiting.length === 0 ? new Refusal('没有待确认的数。') : inPrivate();
    const lines: string[] = [];
    for (const each of here) lines.push(...(await settle(said, each)));
    const [first, ...more] = here;
    return {
      head: here.some(({ request }) => request) ? '已记录,经确认:' : '已记录,下列内勤代填的数经确认计入台账:',
      lines,
      ...(waiting.length > here.length ? { foot: '另有事项请在与我的单聊中确认。' } : {}),
      ...(first && more.length === 0 ? { task: first.task.code } : {}),
    };
  },
};

interface Waiting {
  task: TaskFacts;
  figures: boolean;
  /** What a predecessor asked for; only the chief in person stands by it. */
  request: HeldRequest | undefined;
}

/** Tasks on which something waits for the speaker's word, read under their locks. */
async function waitingFor({ tx, plan, person }: Said, code: string | undefined): Promise<Waiting[]> {
  const look = async () => {
    const figures = await waitingTasks(tx, plan.id, confirmsFor(person));
    const requests = await heldFor(tx, plan, person);
    const codes = [...new Set([...figures, ...requests.map(({ task }) => task.code)])].filter(
      (each) => code === undefined || each === code,
    );
    return { figures, requests, codes };
  };
  await lock(tx, plan.id, (await look()).codes);
  const { figures, requests, codes } = await look();
  const waiting: Waiting[] = [];
  for (const each of codes) {
    const task = await factsOf(tx, plan, each);
    const request = requests.find((held) => held.task.code === each);
    if (task) waiting.push({ task, figures: figures.includes(each), request });
  }
  return waiting;
}

async function settle(said: Said, { task, figures, request }: Waiting): Promise<string[]> {
  const { tx, person, origin } = said;
  const lines: string[] = [];
  if (request) {
    await uphold(tx, task, origin);
    await tellUpheld(said, await taskFor(said, { act: 'confirm', task: task.code }), request);
    lines.push(`【${task.code}】前任的申请继续办理`);
  }
  if (figures) {
    const counted = await letCount(tx, task, confirmsFor(person), origin);
    const shown = counted.filter(({ indicator }) => mayShowHere(said, task)(indicator));
    const more = counted.length > shown.length ? ['其余在单聊中查询'] : [];
    lines.push(`【${task.code}】${[...shown.map(countedWord), ...more].join(';')}`);
  }
  return lines;
}

/** `演练:2次→3次,计入2026年`; of members' own figures only that they count. */
function countedWord({ indicator, period, before, after }: Confirmed): string {
  if (indicator.subject === 'person') return `${indicator.label}:已计入${spokenPeriod(period)}`;
  const change = `${figureWords(indicator, before)}→${figureWords(indicator, after)}`;
  return `${indicator.label}:${change},计入${spokenPeriod(period)}`;
}
