import { deedWord, keptApart, reasoned, whoseWord } from '../chat/entry.ts';
import { framed, spokenAt } from '../chat/words.ts';
import { type HistoryLine, historyOf } from '../ledger/history.ts';
import { Refusal } from '../ledger/refusal.ts';
import { isMember } from '../ledger/rules/audience.ts';
import type { Seen } from '../ledger/survey.ts';
import type { Command, Said } from './command.ts';
import { mayShowHere, taskFor } from './reach.ts';

const MOST = 10;

export const history: Command = {
  act: 'history',
  help: '记录 任务编号:最近的登记',
  examples: ['记录 4.3.2'],
  tells: true,
  may: () => true,
  run: async (said, intent) => {
    const { task } = await taskFor(said, intent);
    if (task.level === 'self' && !isMember(said.person)) {
      throw new Refusal(`【${task.code}】只记是否已交,不列记录;已交情况请发「查 ${task.code}」。`);
    }
    const entries = await historyOf(said.tx, said.plan.id, task.code, MOST);
    const lines = entries.flatMap((entry) => line(said, task, entry) ?? []);
    return {
      head: `【${task.code}】${task.title} 最近记录`,
      lines: lines.length > 0 ? lines : ['还没有登记。'],
      paged: true,
      task: task.code,
    };
  },
};

/** Nothing where the entry is about an indicator that may not be shown here; of one's own matters one's own deeds alone. */
function line(said: Said, task: Seen, entry: HistoryLine): string | undefined {
  const when = `#${entry.seq} ${spokenAt(entry.at, said.plan.timeZone)}`;
  const code = entry.detail.indicator;
  const indicator = task.indicators.find((each) => each.code === code);
  if (task.level === 'self') {
    return entry.personId === said.person.id ? `${when} ${deedWord(entry, indicator)}` : undefined;
  }
  if (indicator && (!mayShowHere(said, task)(indicator) || indicator.subject === 'person')) return undefined;
  const who = whoseWord(entry);
  const did = `${when} ${deedWord(entry, indicator)}`;
  if (entry.sealed) return `${did} ${who} 已封存`;
  const isKept = reasoned.includes(entry.act) && said.place !== 'single' && said.place !== 'office';
  return entry.said === null || entry.mixed || isKept || keptApart.includes(entry.act)
    ? `${did} ${who}`
    : `${did} ${framed(who, entry.section ?? '', entry.said, 30)}`;
}
