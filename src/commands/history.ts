import { figureWords } from '../chat/telling.ts';
import { dayWord, figureWord, framed, spokenAt } from '../chat/words.ts';
import type { IndicatorRow } from '../ledger/facts.ts';
import { type HistoryLine, historyOf } from '../ledger/history.ts';
import type { Figure } from '../ledger/rules/figure.ts';
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
  const did = `${when} ${what(entry, indicator)}`;
  const isKept = reasoned.includes(entry.act) && said.place !== 'single' && said.place !== 'office';
  return entry.said === null || isKept
    ? `${did} ${who}`
    : `${did} ${framed(who, entry.section ?? '', entry.said, 30)}`;
}

/** Why a task is listed, and what is said on it, no group reads but the office's. */
const reasoned = ['list', 'order', 'unlist', 'delist', 'lift', 'unlift'];

const acts: Record<string, string> = {
  note: '进展说明',
  submit: '申请销号',
  return: '退回',
  list: '拟挂牌',
  order: '批准挂牌',
  unlist: '不同意挂牌',
  delist: '拟摘牌',
  lift: '批准摘牌',
  unlift: '不同意摘牌',
  extend: '申请延期',
  grant: '同意延期',
  refuse: '不同意延期',
  mute: '静音',
  holds: '回头看巩固',
  relapsed: '回头看反弹',
};
const steps: Record<string, string> = { review: '审核通过', verify: '核验通过', approve: '批准销号' };

function what({ act, detail }: HistoryLine, indicator: IndicatorRow | undefined): string {
  if (act === 'undo') return `撤回#${(detail.undoes as number[]).join('、#')}`;
  if (act === 'verify') return steps[detail.step as string] ?? '销号环节通过';
  if (act === 'confirm') return `确认代填${(detail.postings as number[]).length}笔`;
  if (detail.to !== undefined && detail.from !== undefined) {
    const late = detail.late === true ? ',逾期后申请' : '';
    return `${acts[act] ?? act}(${dayWord(detail.from as string)}→${dayWord(detail.to as string)}${late})`;
  }
  if (indicator === undefined) return acts[act] ?? act;
  if (act === 'evidence') return `${indicator.label}佐证`;
  if (act === 'correct') {
    const { before, after } = detail as { before: Figure; after: Figure };
    return `更正${indicator.label}${figureWords(indicator, before)}→${figureWords(indicator, after)}`;
  }
  if (act !== 'progress') return acts[act] ?? act;
  const { op, value, part } = detail as { op: string; value: number | null; part: number | null };
  const amount =
    part === null ? figureWord(value ?? 0) : `${figureWord(part)}/${value === null ? '' : figureWord(value)}`;
  return `${indicator.label}${op === 'add' ? '+' : '累计'}${amount}`;
}
