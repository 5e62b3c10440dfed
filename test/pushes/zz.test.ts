import { test } from 'vitest';
import { openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';
import { addDays } from '../../src/ledger/days.ts';
test('look', async () => {
  const living = await openLivingHouse(await stores[1]!.open(), '2026-01-05', '08:00');
  let out='';
  const t=performance.now();
  for (let day='2026-03-02'; day<'2026-04-30'; day=addDays(day,1)) {
    await living.at(day,'08:42');
    for (const p of living.pushes()) out += `--- ${day} → ${p.chat}\n${p.text}\n`;
  }
  console.log(out, performance.now()-t);
  await living.close();
}, 300000);
