import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { groups, indicators, people } from '../../src/ledger/schema.ts';
import { createLinks } from '../../src/web/links.ts';
import { openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';
import { PUBLIC } from './may.ts';

test('the board holds today against the last quarter by what its reader may know, in both', async () => {
  const settings = { PUBLIC_URL: PUBLIC };
  const living = await openLivingHouse(await openPostgres(), '2026-06-24', '10:00', { settings });
  const { db } = living.store;
  await db.update(indicators).set({ level: 'office' }).where(eq(indicators.code, '4.3.2/1'));
  expect(await living.say('dingtalk', 'dt-anquan', '4.3.2 预案+8')).toContain('已记录');
  for (const [day, time] of [
    ['2026-07-01', '10:00'],
    ['2026-07-01', '15:00'],
    ['2026-07-02', '09:12'],
    ['2026-07-02', '15:30'],
  ] as const) {
    await living.at(day, time);
  }
  expect(living.pushes().some(({ text }) => text.includes('【季度通报】'))).toBe(true);
  const links = createLinks('a key that only tests use', PUBLIC);
  const board = async (whom: { personId: number } | { groupId: number }) => {
    const link = links.to('board', whom, living.clock.now()) ?? '';
    return (await fetch(link.replace(PUBLIC, living.house.address))).text();
  };
  const ids = new Map((await db.select().from(people)).map(({ name, id }) => [name, id]));
  const [system] = await db.select().from(groups).where(eq(groups.code, 'system'));
  const readers = [
    ...['机关纪委书记', '安全管理科科长', '整改办主任', '宣传科科长'].map((name) => ({
      personId: ids.get(name) ?? 0,
    })),
    { groupId: system?.id ?? 0 },
  ];
  for (const whom of readers) {
    const row = /担当作为<\/span>.*?<\/li>/s.exec(await board(whom))?.[0];
    expect(row).toContain('与上季持平');
  }
  await living.close();
}, 120_000);
