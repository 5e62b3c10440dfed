import { dayWord, folded } from '../../chat/words.ts';
import type { Day } from '../../ledger/days.ts';
import type { Plan } from '../../ledger/plan.ts';
import type { Printed, PrintedTask } from '../../ledger/views/printed.ts';
import { isOpen, ofInformants, type Point, pointsOf, pointWord } from '../points.ts';
import { formal, fullDay } from '../word/marks.ts';
import { type Column, printSheet } from './sheet.ts';
import { stateWords } from './stateWords.ts';

/** `system`: as the whole system may read it. `office`: every task, for the office and the secretary. */
export type Copy = 'system' | 'office';

interface Line extends PrintedTask {
  category: string;
  measure: string;
  points: Point[];
}

const columns: Column<Line>[] = [
  { head: '序号', width: 6, of: ({ task }) => String(task.serial ?? ''), centred: true },
  { head: '类别', width: 9, of: ({ category }) => category, centred: true, merged: true },
  { head: '整改措施', width: 10, of: ({ measure }) => measure, centred: true, merged: true },
  { head: '具体任务', width: 20, of: ({ task }) => `【${task.code}】${task.title}` },
  { head: '责任领导', width: 11, of: ({ task }) => task.leader ?? '待明确', centred: true },
  { head: '责任科室', width: 14, of: sectionWords, centred: true },
  { head: '完成时限', width: 16, of: deadlineWords, centred: true },
  { head: '量化标准', width: 30, of: ({ task }) => task.standard },
  {
    head: '进展',
    width: 36,
    of: ({ task, points }) => points.map(standsWord).join('\n') || restWord(task.title),
  },
  { head: '状态', width: 14, of: ({ task }) => stateWords(task, task.overdueBy), centred: true },
  { head: '佐证', width: 24, of: proofWords },
  { head: '销号日期', width: 15, of: ({ task }) => dayOrDash(task.closedOn), centred: true },
  { head: '回头看', width: 15, of: lookbackWords, centred: true },
];

/** 任务分解表 with its figures, as people print and file it: on A3 across, wide rows grouped by 类 and 项. */
export function ledgerSheet(plan: Plan, printed: Printed, copy: Copy, asOf: string): Promise<Uint8Array> {
  const titles = new Map(
    [...printed.categories, ...printed.measures].map(({ code, title }) => [code, title]),
  );
  const titleOf = (code: string | null) => (code === null ? '' : `${code}\n${titles.get(code) ?? ''}`);
  const shown = printed.tasks.filter(({ task }) => copy === 'office' || isOpen(task.level));
  const lines = shown.map((each) => ({
    ...each,
    category: titleOf(each.task.category),
    measure: titleOf(each.task.measure),
    points: pointsOf({ ...each, frame: printed.frame, entries: [] }).filter(
      ({ indicator }) => copy === 'office' || isOpen(indicator.level),
    ),
  }));
  const apart = printed.tasks.length - shown.length;
  const told = printed.reworded.filter((code) => shown.some(({ task }) => task.code === code));
  const notes = [
    ...(told.length === 0 ? [] : [`${told.join('、')}的文字此后有调整,按现文字列出`]),
    ...(copy === 'office' ? ['限知,不得转发'] : apart === 0 ? [] : [`另有${apart}项由整改办单独管理`]),
  ];
  return printSheet({
    name: '任务分解表',
    title: formal(`${plan.org}${plan.title}任务分解表(整改台账)`),
    below: formal([`数据截至${asOf},以经科室负责人确认的数为准`, ...notes].join(';')),
    columns: columns.map((each) => ({ ...each, of: (line: Line) => formal(each.of(line)) })),
    lines,
  });
}

function sectionWords({ task, coSections }: Line): string {
  const lead = task.section ?? '待明确';
  return coSections.length === 0 ? lead : `${lead}\n(协办:${coSections.join('、')})`;
}

/** Only what somebody was granted is an extension; what a workbook set is the plan's. */
function deadlineWords({ task, moves }: Line): string {
  if (task.deadline === null) return '待明确';
  const first = moves.find(({ from }) => from !== null)?.from;
  const how = moves.at(-1)?.granted ? '已批延期' : '方案调整';
  const isAsItWas = first === undefined || first === null || first === task.deadline;
  return `${fullDay(task.deadline)}${isAsItWas ? '' : `\n(原${dayWord(first)},${how})`}`;
}

const standsWord = (point: Point): string => `${pointWord(point)}${point.met === null ? ',只统计' : ''}`;

const restWord = (title: string): string => (ofInformants(title) ? '按规定另行保管' : '—');

function proofWords({ evidence, points }: Line): string {
  const shown = new Set(points.map(({ indicator }) => indicator.id));
  const words = evidence
    .filter(({ indicatorId }) => shown.has(indicatorId))
    .map(({ name, datedOn, keptAt }, index) => {
      const more = [...(datedOn === null ? [] : [fullDay(datedOn)]), ...(keptAt === '' ? [] : [keptAt])].join(
        ',',
      );
      return `${index + 1}. ${folded(name, 80)}${more === '' ? '' : `(${folded(more, 80)})`}`;
    });
  return words.join('\n') || '—';
}

function lookbackWords({ lookbacks }: Line): string {
  return (
    lookbacks.map(({ on, result }) => `${fullDay(on)}\n${result === 'holds' ? '巩固' : '反弹'}`).join('\n') ||
    '—'
  );
}

const dayOrDash = (day: Day | null): string => (day === null ? '—' : fullDay(day));
