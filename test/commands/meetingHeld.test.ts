import { eq } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { verify } from '../../src/ledger/entries/audit.ts';
import { indicators, plans, tasks } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';

let living: LivingHouse;
afterEach(() => living.close());

test('a meeting counts also where one task asks for it and for its length', async () => {
  living = await openLivingHouse(await openPostgres(), '2026-07-31', '17:05');
  const { db } = living.store;
  const [task] = await db.select().from(tasks).where(eq(tasks.code, '1.3.1'));
  await db
    .update(indicators)
    .set({ taskId: task?.id ?? 0, code: '1.3.1/9' })
    .where(eq(indicators.code, '5.2.1/2'));
  await db.update(plans).set({ version: 100 });
  const office = (text: string) => living.say('office', 'off_zhuren', text);
  expect(await office('已召开 参会26人 时长85分钟')).toContain('计入【1.3.1】【G1】');
  expect(await office('查 1.3.1')).toContain('月调度7月1次');
  expect(await office('撤回')).toContain('已撤回');
  expect(await office('查 1.3.1')).toContain('月调度7月0次');
  expect(await verify(db)).toMatchObject({ sound: true });
});
