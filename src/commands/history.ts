import { figureWord, framed, spokenAt } from '../chat/words.ts';
import { type HistoryLine, historyOf } from '../ledger/history.ts';
import type { Seen } from '../ledger/survey.ts';
import type { Command, Said } from './command.ts';
import { mayShowHere, taskFor } from './reach.ts';

const MOST = 10;

export const history: Command = {
  act: 'history',
  help: '记录 任务编号:最近的登记',
  examples: ['记录 4.3.2'],
  may: () => true,
  run: async (said, intent) => {
    const { task } = await taskFor(said, intent);
    const entries = await historyOf(said.tx, said.plan.id, task.code, MOST);
    const lines = entries.flatMap((entry) => line(said, task, entry) ?? []);
    return {
      head: `【${task.code}】${task.title} 最近记录`,
      lines: lines.length > 0 ? lines : ['还没有登记。'],
      task: task.code,
    };
  },
};

/** Nothing where the entry is about an indicator that may not be shown here. */
function line(said: Said, task: Seen, entry: HistoryLine): string | undefined {
  const when = `#${entry.seq} ${spokenAt(entry.at, said.plan.timeZone)}`;
  const code = entry.detail.indicator;
  const indicator = task.indicators.find((each) => each.code === code);
  if (indicator && (!mayShowHere(said, task)(indicator) || indicator.subject === 'person')) return undefined;
  const who = entry.name ?? '系统';
  const did = `${when} ${what(entry, indicator?.label)}`;
  return entry.said === null ? `${did} ${who}` : `${did} ${framed(who, entry.section ?? '', entry.said, 30)}`;
}

function what(entry: HistoryLine, label: string | undefined): string {
  if (entry.act === 'undo') return `撤回#${(entry.detail.undoes as number[]).join('、#')}`;
  if (entry.act === 'progress' && label !== undefined) {
    const { op, value, part } = entry.detail as { op: string; value: number | null; part: number | null };
    const amount =
      part === null
        ? figureWord(value ?? 0)
        : `${figureWord(part)}/${value === null ? '' : figureWord(value)}`;
    return `${label}${op === 'add' ? '+' : '累计'}${amount}`;
  }
  return entry.act === 'note' ? '进展说明' : entry.act;
}
