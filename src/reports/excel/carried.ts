import type { Plan } from '../../ledger/plan.ts';
import type { Printed, PrintedTask } from '../../ledger/views/printed.ts';
import { type Point, pointsOf, pointWord } from '../points.ts';
import { formal, fullDay } from '../word/marks.ts';
import { type Column, printSheet } from './sheet.ts';
import { stateWords } from './stateWords.ts';

interface Line extends PrintedTask {
  points: Point[];
}

const columns: Column<Line>[] = [
  { head: '序号', width: 6, of: ({ task }) => String(task.serial ?? ''), centred: true },
  { head: '原编号', width: 9, of: ({ task }) => task.code, centred: true },
  { head: '任务', width: 28, of: ({ task }) => task.title },
  { head: '责任领导', width: 11, of: ({ task }) => task.leader ?? '待明确', centred: true },
  { head: '责任科室', width: 14, of: ({ task }) => task.section ?? '待明确', centred: true },
  { head: '原时限', width: 16, of: firstDeadline, centred: true },
  { head: '现时限', width: 16, of: ({ task }) => fullDay(task.deadline), centred: true },
  { head: '状态', width: 14, of: ({ task }) => stateWords(task), centred: true },
  { head: '逾期（工作日）', width: 12, of: lateWord, centred: true },
  { head: '尚差', width: 40, of: shortWords },
];

/**
 * 结转清单: what is open by now, as it stood at the year's end, with the code, the deadline and the lateness that it
 * carries over.
 */
export function carriedSheet(
  plan: Plan,
  printed: Printed,
  open: ReadonlySet<string>,
  asOf: string,
): Promise<Uint8Array> {
  const closed = printed.tasks.filter(({ task }) => task.state !== 'closed' && !open.has(task.code));
  const since = closed.length > 0 ? `,其后销号${closed.length}项不在其内` : '';
  const lines = printed.tasks
    .filter(({ task }) => open.has(task.code))
    .map((each) => ({ ...each, points: pointsOf({ ...each, frame: printed.frame, entries: [] }) }));
  return printSheet({
    name: '结转清单',
    title: formal(`${plan.org}${plan.title}未销号事项结转清单`),
    below: formal(
      `数据截至${asOf},共${lines.length}项${since};编号、现时限和逾期天数随任务转入下一年度方案;限知,不得转发`,
    ),
    columns: columns.map((each) => ({ ...each, of: (line: Line) => formal(each.of(line)) })),
    lines,
  });
}

function firstDeadline({ task, moves }: Line): string {
  return fullDay(moves.find(({ from }) => from !== null)?.from ?? task.deadline);
}

/** On the day after its deadline a task is overdue, and no working day may have gone by yet. */
function lateWord({ task }: Line): string {
  return task.light === 'red' ? String(task.overdueBy) : '—';
}

/** What is chased and isn't met yet, a line each. */
function shortWords({ points }: Line): string {
  const lacking = points.filter(({ met }) => met === false);
  return lacking.map((each) => `${pointWord(each)}${each.short && `,${each.short}未达到`}`).join('\n') || '—';
}
