import { like } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { textOf } from '../../src/chat/reply.ts';
import { letters } from '../../src/ledger/schema.ts';
import { openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';
import { deskAt, open, ownPlan } from './desk.ts';

test('a meeting whose day a workbook declares off is told of as 日历 tells it, and to who brought the workbook in', async () => {
  const living = await openLivingHouse(await openPostgres(), '2026-04-22', '16:00');
  const { store, clock } = living;
  await ownPlan(store);
  const desk = deskAt(store, {}, clock);
  const bring = async (day: string) => {
    const book = await open(await desk.export());
    book.sheet('日历').rows.push([day, '休', '市政府办通知']);
    return (await desk.import(await book.save())).out;
  };
  expect(await bring('2026-04-24')).toMatch(/4月调度会随之由4月24日改为4月23日15:00。变更通知发领导小组群/);
  const told = await store.db.select().from(letters).where(like(letters.key, 'meeting:moved:%'));
  expect(told).toHaveLength(2);
  for (const { reply } of told) {
    expect(textOf(reply)).toContain('原定4月24日15:00,现定4月23日(周四)15:00 地点:局三楼会议室');
  }
  expect(await bring('2026-05-01')).not.toContain('调度会');
  await living.close();
});
