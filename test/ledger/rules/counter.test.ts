import { describe, expect, test } from 'vitest';
import { samplePlan } from '../../../src/ledger/plan/load.ts';
import { type Counted, counterOf, countersOf, taskOf } from '../../../src/ledger/rules/counter.ts';

const sample = samplePlan();
const tasks = [
  ...sample.tasks,
  ...sample.governance.map(({ items, ...duty }) => ({ ...duty, indicators: items })),
];
const found = (of: typeof tasks) =>
  Object.fromEntries(
    (['meeting', 'report', 'bulletin', 'evaluation', 'inspection', 'visit', 'wish'] as const).map((what) => [
      what,
      counterOf(what, countersOf(of))?.code,
    ]),
  );
const kept = (what: Counted) => taskOf(what, tasks);

describe('what the bot does and keeps lists of is counted', () => {
  test('by the indicator that names it', () => {
    expect(found(tasks)).toEqual({
      ...{ meeting: 'G1/1', report: 'G2/1', bulletin: 'G6/1', evaluation: 'G7/1' },
      ...{ inspection: 'G4/1', visit: 'G5/1', wish: '2.2.1/1' },
    });
    expect([kept('decision'), kept('burden')]).toEqual(['3.2.1', '5.2.3']);
  });

  test('whatever its code', () => {
    const moved: Record<string, string> = { G1: 'G6', G6: 'G4', G4: 'G1' };
    const of = tasks.map((task) => {
      const code = moved[task.code] ?? task.code;
      const indicators = task.indicators.map((each) => ({
        ...each,
        code: each.code.replace(task.code, code),
      }));
      return { ...task, code, indicators };
    });
    expect(found(of)).toMatchObject({ meeting: 'G6/1', bulletin: 'G4/1', inspection: 'G1/1' });
  });

  test('by nothing where the plan names it nowhere, or twice', () => {
    const plain = tasks.map((task) => ({
      ...task,
      title: '工作',
      indicators: task.indicators.map((each) => ({ ...each, label: '工作' })),
    }));
    expect(Object.values(found(plain)).filter((code) => code !== undefined)).toEqual([]);
    const twice = tasks.map((task) =>
      task.code === 'G9'
        ? {
            ...task,
            indicators: task.indicators.map((each) => ({
              ...each,
              label: '推进会',
              clock: 'month' as const,
            })),
          }
        : task,
    );
    expect(found(twice).meeting).toBeUndefined();
  });
});
