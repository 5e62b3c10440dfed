import { expect, test } from 'vitest';
import { plansOf } from '../../src/ledger/plan.ts';
import { readQuarter } from '../../src/reports/quarter.ts';
import { openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';

test('a quarter that still runs counts the meeting and the inspection of its running month, and nothing later', async () => {
  const living = await openLivingHouse(await openPostgres(), '2026-03-03', '10:00');
  const office = (text: string) => living.say('office', 'off_zhuren', text);
  await office('调度会 3月13日 15:00 局三楼会议室');
  await living.at('2026-03-13', '17:00');
  expect(await office('已召开 参会26人 时长85分钟')).toContain('已召开');
  expect(await office('G4 督查+1')).toContain('已记录');
  const [plan] = await plansOf(living.store.db);
  if (!plan) throw new Error('there is no plan');
  const doneBy = async (today: string) =>
    (await readQuarter(living.store.db, plan, '2026-Q1', { now: living.clock.now(), today })).figures.done;
  expect(await doneBy('2026-03-20')).toMatchObject({ meetings: 1, inspections: 1 });
  expect(await doneBy('2026-03-13')).toMatchObject({ meetings: 0, inspections: 0 });
  await living.close();
});
