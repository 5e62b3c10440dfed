import { readFileSync } from 'node:fs';
import { planFile } from '../../src/ledger/plan/file.ts';
import type { Counts } from '../../src/ledger/rules/standing.ts';
import type { Achieved } from '../../src/reports/achieved.ts';
import type { Figures } from '../../src/reports/figures.ts';
import type { Laggard, Tally } from '../../src/reports/standings.ts';

const sample = new URL('../../src/ledger/sample/plan-2025.json', import.meta.url);
const plan = planFile.parse(JSON.parse(readFileSync(sample, 'utf8')));

const counts = (
  closed: number,
  progress: number,
  behind: number,
  overdue = 0,
  listed = 0,
  late = 0,
): Counts => ({
  ...{ closed, progress, behind, overdue, listed, listedOverdue: late },
  all: closed + progress + behind + listed,
});
const tally = (now: Counts, completion: number, before: number): Tally => ({
  ...now,
  completion,
  before: { ...counts(0, now.all, 0), completion: before },
});

const taskOf = (code: string) => {
  const found = plan.tasks.find((task) => task.code === code);
  if (!found) throw new Error(code);
  const section = plan.sections.find((each) => each.code === found.section)?.name ?? null;
  return { code, title: found.title, section, leader: found.leader, level: found.secrecy };
};

const laggard = (code: string, more: Partial<Laggard>): Laggard => ({
  ...taskOf(code),
  ...{ standing: 'behind', light: 'yellow', overdueBy: 0, deadline: '2026-12-31' },
  ...{ fresh: false, listedOn: null, term: null, reasons: [], completion: 40 },
  ...more,
});

function achieved(code: string, value: number, before: number): Achieved {
  const task = taskOf(code.split('/')[0] ?? '');
  const found = plan.tasks.flatMap((each) => each.indicators).find((each) => each.code === code);
  if (!found) throw new Error(code);
  const { label, unit, kind, comparator, clock, subject } = found;
  const target = Array.isArray(found.target) ? found.target[0] : found.target;
  return {
    ...{ task: task.code, title: task.title, level: task.level, code, label, unit },
    ...{ monitored: found.class === 'monitor', personal: subject === 'person', ofDuty: false },
    indicator: { kind, comparator, target, targetHigh: null, clock, subject },
    figure: { kind: 'number', value },
    before: { kind: 'number', value: before },
  };
}

/** A third quarter as it could be, for whoever wants to look at a picture or a page. */
export const example: Figures = {
  title: plan.plan.title,
  period: '2026-Q3',
  span: { starts: '2026-01-01', ends: '2026-12-31' },
  asOf: '2026-09-30',
  readAt: '2026-10-08T00:42:00.000Z',
  whole: tally(counts(9, 26, 5, 2, 2, 1), 61, 44),
  categories: [
    { code: '1', title: '政治忠诚', ...tally(counts(1, 5, 1), 66, 50) },
    { code: '2', title: '党性修养', ...tally(counts(2, 5, 0), 71, 48) },
    { code: '3', title: '敬畏之心', ...tally(counts(1, 5, 1), 55, 41) },
    { code: '4', title: '担当作为', ...tally(counts(2, 3, 1, 0, 1), 58, 45) },
    { code: '5', title: '管党治党', ...tally(counts(1, 4, 1, 1, 1), 49, 38) },
    { code: '6', title: '以案为鉴', ...tally(counts(2, 4, 1, 1), 67, 46) },
  ],
  sections: [],
  leaders: [],
  achieved: [
    achieved('1.1.1/3', 9, 6),
    achieved('2.2.1/1', 13, 8),
    achieved('4.2.2/2', 4200, 1200),
    achieved('4.2.2/1', 5, 2),
    achieved('4.3.2/2', 3, 2),
    achieved('4.3.2/3', 5, 3),
  ],
  laggards: [
    laggard('4.2.1', { standing: 'listed', light: 'yellow', listedOn: '2026-08-12', term: '2026-10-30' }),
    laggard('5.1.1', { standing: 'listed', light: 'red', overdueBy: 129, deadline: '2026-03-31' }),
    laggard('6.2.1', { light: 'red', overdueBy: 2, deadline: '2026-09-30' }),
    laggard('1.1.3', {}),
    laggard('3.1.1', {}),
    laggard('5.2.3', {}),
  ],
  closed: [],
  apart: { behind: 1 },
};
