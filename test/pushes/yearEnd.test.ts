import { expect, test } from 'vitest';
import { formal } from '../../src/reports/word/marks.ts';
import { openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';
import { wordsIn } from '../setup/zip.ts';

test('what was closed after the freeze is not carried over, what was reopened is, and the office hears how much that is', async () => {
  const living = await openLivingHouse(await openPostgres(), '2026-12-30', '10:00');
  const { say, at } = living;
  await say('wecom', 'sec_dangwei', '坚持申请 1.1.2 佐证随后补');
  await say('wecom', 'ldr_dangjian', '同意销号 1.1.2');
  await say('wecom', 'sec_anquan', '坚持申请 4.3.2 佐证随后补');
  for (const user of ['ldr_anquan', 'off_zhuren', 'ldr_shuji']) await say('wecom', user, '同意销号 4.3.2');
  await at('2027-01-05', '10:00');
  await say('wecom', 'off_zhuren', '回头看 4.3.2 反弹 两家学校复查不合格');
  await say('wecom', 'off_zhuren', '同意销号 1.1.2');
  expect(await say('wecom', 'ldr_shuji', '同意销号 1.1.2')).toContain('销号。');
  living.pushes();
  await at('2027-01-13', '09:12');
  const account = living.pushes().find(({ text }) => text.includes('年度台账结账'))?.text ?? '';
  expect(account).toContain('已销号1项');
  expect(account).toContain('结转下一年度41项');
  expect(account).toContain('冻结后销号1项,不结转。冻结后重新推进1项,一并结转。');
  expect(account).not.toContain('【1.1.2】');
  await say('wecom', 'off_zhuren', '导出 结转清单');
  // The quarter's and the year's papers leave before it, so many a minute.
  for (let minutes = 0; minutes < 5; minutes++) {
    living.clock.move(60_000);
    await living.look();
  }
  const files = living.wecom.lines().flatMap(({ enclosed }) => enclosed ?? []);
  const sheet = files.find(({ name }) => name.startsWith('结转清单'));
  const words = sheet ? wordsIn(sheet.bytes) : '';
  expect(words).toContain(formal('共41项,其后销号1项不在其内;编号'));
  expect(words).toMatch(/研讨：0次，标准每月1次，.*1月至12月未达到/);
  expect(words).not.toContain('1.1.2');
  await living.close();
});
