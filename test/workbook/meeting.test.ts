import { like } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { textOf } from '../../src/chat/reply.ts';
import { letters } from '../../src/ledger/schema.ts';
import { openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';
import { deskAt, open, ownPlan, type Workbook } from './desk.ts';

/** A bureau's own plan two days before its notice's meeting, and a workbook that comes back with what `change` makes of it. */
async function enter() {
  const living = await openLivingHouse(await openPostgres(), '2026-04-22', '16:00');
  const { store, clock } = living;
  await ownPlan(store);
  const desk = deskAt(store, {}, clock);
  const bring = async (change: (book: Workbook) => void) => {
    const book = await open(await desk.export());
    change(book);
    return (await desk.import(await book.save())).out;
  };
  const told = async () => {
    const rows = await store.db.select().from(letters).where(like(letters.key, 'meeting:moved:%'));
    return rows.map(({ reply }) => textOf(reply));
  };
  return { bring, told, close: living.close };
}

const off = (day: string) => (book: Workbook) => {
  book.sheet('日历').rows.push([day, '休', '市政府办通知']);
};

test('a meeting whose day a workbook declares off is told of as 日历 tells it, and to who brought the workbook in', async () => {
  const { bring, told, close } = await enter();
  expect(await bring(off('2026-04-24'))).toMatch(
    /4月调度会随之由4月24日改为4月23日15:00。变更通知发领导小组群/,
  );
  const words = expect.stringContaining('原定4月24日15:00,现定4月23日(周四)15:00 地点:局三楼会议室');
  expect(await told()).toEqual([words, words]);
  expect(await bring(off('2026-05-01'))).not.toContain('调度会');
  await close();
});

test('a meeting that a workbook moves is told of by the hour and the place that stand in it', async () => {
  const { bring, told, close } = await enter();
  const move = (book: Workbook, time: string) => {
    book.set('方案', '会议时间', '', time);
    book.set('方案', '会议地点', '', '局二楼会议室');
  };
  const out = await bring((book) => {
    off('2026-04-24')(book);
    move(book, '16:00');
  });
  expect(out).toContain('4月调度会随之由4月24日改为4月23日16:00 局二楼会议室。变更通知发');
  const words = expect.stringContaining('原定4月24日15:00,现定4月23日(周四)16:00 地点:局二楼会议室');
  expect(await told()).toEqual([words, words]);
  expect(await bring((book) => move(book, '09:30'))).toContain('4月调度会随之改为4月23日09:30。变更通知发');
  await close();
});

test('a meeting whose rule a workbook takes away is nobody told of as moved', async () => {
  const { bring, told, close } = await enter();
  const out = await bring((book) => {
    off('2026-04-24')(book);
    book.set('方案', '月调度会', '', '不定期');
  });
  expect(out).toContain('4月调度会原定4月24日15:00,请另定:「调度会 日期 时间 地点」。');
  expect(await told()).toEqual([]);
  await close();
});
