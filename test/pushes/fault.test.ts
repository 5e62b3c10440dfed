import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

const [store] = stores;

test('a push that ends in a fault holds up no other, and is made up for once it can be', async () => {
  if (!store) throw new Error('there is no store');
  const living = await openLivingHouse(await store.open(), '2026-01-05', '08:00');
  const { db } = living.store;
  const toldOn = async (day: string, time: string) => {
    await living.at(day, time);
    return living.pushes().map(({ chat }) => chat);
  };
  await living.at('2026-03-31', '18:00');
  living.pushes();
  // What the morning's look keeps of the lights has no place: the reminders are rolled back with it.
  await db.execute(sql`alter table lights rename to lights_away`);
  expect(await toldOn('2026-04-01', '08:42')).toEqual(expect.arrayContaining(['anquan', 'dangwei']));
  await db.execute(sql`alter table lights_away rename to lights`);
  expect(await toldOn('2026-04-01', '08:43')).toEqual(
    expect.arrayContaining(['sec_bangongshi', 'sec_dangwei', 'sec_jiwei']),
  );
  expect(await toldOn('2026-04-01', '08:44')).toEqual([]);
  await living.close();
});
