import { expect, test } from 'vitest';
import { bulletins, papers } from '../../src/ledger/schema.ts';
import { openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';
import { authorise, deskAt, open, type TestDesk } from '../workbook/desk.ts';

const brought = async (
  desk: TestDesk,
  cells: [title: string, key: string, header: string, value: string][],
) => {
  const book = await open(await desk.export());
  for (const cell of cells) book.set(...cell);
  authorise(book);
  expect(await desk.import(await book.save())).toMatchObject({ code: 0 });
};

const ownPlan = [
  ['方案', '方案代码', '内容', 'city-2026'],
  ['方案', '试运行至', '内容', '不试运行'],
] satisfies Parameters<typeof brought>[1];

test('what was restricted after the draft was frozen is named in the bulletin to nobody who may not know of it', async () => {
  const living = await openLivingHouse(await openPostgres(), '2026-03-02', '10:00');
  const desk = deskAt(living.store, {}, living.clock);
  await brought(desk, ownPlan);
  await living.say('dingtalk', 'dt-anquan', '4.3.2 演练+1');
  await living.at('2026-04-01', '09:12');
  expect(living.pushes().find(({ text }) => text.includes('【通报稿】'))?.text).toContain('【4.3.2】演练1次');
  const drawn = await living.store.db.$count(papers);
  await brought(desk, [
    ['任务', '1.1.1', '知悉范围', '限知'],
    ['任务', '4.3.2', '知悉范围', '限知'],
  ]);
  await living.at('2026-04-02', '09:12');
  const posts = living.pushes().filter(({ text }) => text.includes('【季度通报】'));
  expect(new Set(posts.map(({ chat }) => chat))).toEqual(new Set(['leaders', 'system']));
  for (const { text } of posts) expect(text).not.toMatch(/1\.1\.1|4\.3\.2/);
  // The picture too, which had been drawn with the draft.
  expect(await living.store.db.$count(papers)).toBe(drawn + 2);
  const [frozen] = await living.store.db.select().from(bulletins);
  expect(JSON.stringify(frozen?.figures)).toContain('4.3.2');
  expect(await living.say('leaders', 'ldr_anquan', '通报')).not.toMatch(/1\.1\.1|4\.3\.2/);
  await living.close();
});

test('a bulletin that its platforms didn’t take goes no more once something in it has been restricted', async () => {
  const living = await openLivingHouse(await openPostgres(), '2026-03-02', '10:00');
  const desk = deskAt(living.store, {}, living.clock);
  await brought(desk, ownPlan);
  await living.say('dingtalk', 'dt-anquan', '4.3.2 演练+1');
  await living.at('2026-04-01', '09:12');
  for (const double of [living.wecom, living.dingtalk]) await double.fail('errcode', { code: 40058 });
  await living.at('2026-04-02', '09:12');
  for (const double of [living.wecom, living.dingtalk]) await double.heal();
  living.pushes();
  await brought(desk, [['任务', '4.3.2', '知悉范围', '限知']]);
  expect(await living.say('office', 'off_zhuren', '补发通报')).toContain('不再补发');
  for (let minute = 0; minute < 3; minute += 1) {
    living.clock.move(60_000);
    await living.look();
  }
  expect(living.pushes().filter(({ text }) => text.includes('【季度通报】'))).toEqual([]);
  await living.close();
});
