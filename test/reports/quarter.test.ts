import { expect, test } from 'vitest';
import { namesIn } from '../../src/ledger/people/roster.ts';
import { plansOf } from '../../src/ledger/plan.ts';
import { accountAsOf } from '../../src/ledger/views/asOf.ts';
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

test('a quarter is measured by who belonged to the leadership at its end, whoever comes and goes later', async () => {
  const living = await openLivingHouse(await openPostgres(), '2026-03-30', '10:00');
  const { say, at, store } = living;
  const office = (text: string) => say('office', 'off_zhuren', text);
  const membersOn = async (day: string) => {
    const [plan] = await plansOf(store.db);
    if (!plan) throw new Error('there is no plan');
    const { members } = (await accountAsOf(store.db, plan, day)).survey.frame;
    const names = await namesIn(store.db, plan.id);
    return members.map((id) => names.get(id));
  };
  const before = await membersOn('2026-03-29');
  expect(before).not.toContain('财务科科长');
  // Taken back on the same day: it never was.
  await office('角色 财务科科长 增加 班子成员');
  await office('撤回');
  await office('角色 群众体育科科长 增加 班子成员');
  await at('2026-04-01', '08:00');
  await office('角色 财务科科长 增加 班子成员');
  await office('停用 群众体育科科长');
  expect(await membersOn('2026-03-29')).toEqual(before);
  expect(new Set(await membersOn('2026-03-31'))).toEqual(new Set([...before, '群众体育科科长']));
  expect(new Set(await membersOn('2026-04-01'))).toEqual(new Set([...before, '财务科科长']));
  await at('2026-04-02', '08:00');
  await office('启用 群众体育科科长');
  expect(await membersOn('2026-04-01')).not.toContain('群众体育科科长');
  expect(await membersOn('2026-04-02')).toContain('群众体育科科长');
  await living.close();
});

test('a quarter is compared with the one before it, and with no earlier one where that has no bulletin', async () => {
  const living = await openLivingHouse(await openPostgres(), '2026-03-30', '10:00');
  await living.at('2026-04-01', '09:12');
  const [plan] = await plansOf(living.store.db);
  if (!plan) throw new Error('there is no plan');
  const beforeOf = async (period: string, today: string) => {
    const at = { now: living.clock.now(), today };
    return (await readQuarter(living.store.db, plan, period, at)).figures.whole.before;
  };
  expect(await beforeOf('2026-Q2', '2026-07-01')).toMatchObject({ all: 42 });
  expect(await beforeOf('2026-Q3', '2026-10-08')).toBeNull();
  await living.close();
});
