import { type PlanFile, planFile } from '../../src/ledger/plan/file.ts';
import { loadPlan, samplePlan } from '../../src/ledger/plan/load.ts';
import { type LivingHouse, openLivingHouse } from './house.ts';
import { stores } from './stores.ts';

/** The sample's tasks that another bureau's plan is made of, and what they are called there. */
const renamed = { '4.2.2': '1.1.1', '5.1.1': '2.1.1', '4.3.1': '10.2.2', '4.3.2': '10.2.11' };

/**
 * A plan as another bureau could have it, with the sample's people and groups: it runs over the turn of the year, has
 * a tenth category and codes of two digits, and none of the sample's numbers.
 */
export function planOverTheTurn(): PlanFile {
  const sample = samplePlan();
  const tasks = Object.entries(renamed).flatMap(([was, is], index) => {
    const task = sample.tasks.find(({ code }) => code === was);
    if (!task) throw new Error(`the sample has no ${was}`);
    const [category = '', second] = is.split('.');
    const own = JSON.parse(JSON.stringify(task).replaceAll(`"${was}`, `"${is}`));
    const more = { serial: index + 1, category, measure: `${category}.${second}`, deadline: '2027-06-30' };
    return [{ ...own, ...more }];
  });
  return planFile.parse({
    ...sample,
    plan: {
      ...{ ...sample.plan, code: 'own-2026', title: '作风整治方案', year: 2026 },
      ...{ starts: '2026-07-01', ends: '2027-06-30' },
    },
    categories: ['1', '2', '10'].map((code) => ({ code, title: `第${code}类` })),
    measures: ['1.1', '2.1', '10.2'].map((code) => ({
      code,
      title: `第${code}项`,
      category: code.split('.')[0],
    })),
    tasks,
    governance: sample.governance.filter(({ merged_with: merged }) => merged === undefined),
  });
}

export async function openOwnHouse(day: string, time: string): Promise<LivingHouse> {
  const [postgres] = stores;
  if (!postgres) throw new Error('no store');
  const store = await postgres.open();
  await store.db.transaction((tx) =>
    loadPlan(tx, planOverTheTurn(), new Date(`${day}T00:00:00Z`), { sample: true }),
  );
  return openLivingHouse(store, day, time);
}
