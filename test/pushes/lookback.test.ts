import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { tasks } from '../../src/ledger/schema.ts';
import { openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';

test('what was closed before December is looked back at then, once, also where nobody looked on the first', async () => {
  const living = await openLivingHouse(await openPostgres(), '2026-11-30', '10:00');
  const close = (code: string, closedOn: string) =>
    living.store.db.update(tasks).set({ state: 'closed', closedOn }).where(eq(tasks.code, code));
  const told = async (day: string) => {
    await living.at(day, '09:12');
    return living.pushes().flatMap(({ text }) => (text.includes('回头看】') ? [text] : []));
  };
  await close('6.1.1', '2026-11-20');
  await close('1.1.2', '2026-10-12');
  const [year, ...more] = await told('2026-12-02');
  expect(more).toEqual([]);
  expect(year).toContain('【收官回头看】');
  for (const code of ['6.1.1', '1.1.2']) expect(year).toContain(`【${code}】`);
  await close('5.1.1', '2026-12-02');
  expect(await told('2026-12-03')).toEqual([]);
  const [sixty] = await told('2026-12-11');
  expect(sixty).toContain('【回头看】销号满60天');
  expect(sixty).toContain('【1.1.2】');
  expect(sixty).not.toContain('【6.1.1】');
  expect(await told('2026-12-14')).toEqual([]);
  await living.close();
});
