import { expect, test } from 'vitest';
import { loadSample } from '../../src/ledger/plan/load.ts';
import { stores } from '../setup/stores.ts';
import { deskAt, open } from '../workbook/desk.ts';
import { leaks } from './traces.ts';

test.each(stores.slice(0, 1))('a secret is found however it is written', async ({ open: openStore }) => {
  const store = await openStore();
  await loadSample(store.db, new Date('2026-01-05T02:00:00Z'));
  const book = await open(await deskAt(store).export());
  await store.close();
  const core = 'k7RmWqVtZpLxNbHsDfGj';
  const secret = [{ name: 'it', core }];
  const inBase64 = ['', 'a', 'ab'].map((before) => Buffer.from(`${before}${core}zz`).toString('base64'));
  book.set('科室', 'anquan', '别名', core);
  const texts = [`?key=${core}&`, Buffer.from(core).toString('hex'), ...inBase64, await book.save()];
  for (const text of texts) expect(leaks(secret, [{ where: 'here', text }])).toEqual(['it in here']);
  expect(leaks(secret, [{ where: 'here', text: core.slice(1) }])).toEqual([]);
});
