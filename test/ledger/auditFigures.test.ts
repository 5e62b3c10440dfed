import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verify } from '../../src/ledger/entries/audit.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

describe.each(stores)('the audit holds figures against the history ($kind)', ({ open }) => {
  let living: LivingHouse;
  const run = (text: string) => living.store.db.execute(sql.raw(text));
  const fault = () => verify(living.store.db);

  beforeEach(async () => {
    living = await openLivingHouse(await open(), '2026-04-09', '10:00');
    const { say } = living;
    await say('anquan', 'dt-clk-anquan', '4.3.2 演练+2');
    await say('dingtalk', 'dt-anquan', '4.3.2 督查+1');
    await say('dingtalk', 'dt-anquan', '确认 4.3.2');
    await say('dingtalk', 'dt-anquan', '4.2.2 学位+5');
    await say('wecom', 'sec_guihua', '4.2.2 学位累计1200个');
    await say('wecom', 'sec_guihua', '更正 4.2.2 学位 累计1300');
    await say('wecom', 'sec_bangongshi', '5.2.1 文件 17/20');
    await say('wecom', 'ldr_shuji', '2.1.3 党课1次');
    await say('wecom', 'sec_caiwu', '6.3.2 检查+1');
    await say('wecom', 'sec_caiwu', '撤回');
    await say('anquan', 'dt-clk-anquan', '4.3.1 4月排查1次');
  });
  afterEach(() => living.close());

  test('and is content with everything that was said, corrected, confirmed and taken back in chat', async () => {
    expect(await fault()).toMatchObject({ sound: true });
  });

  test.each([
    ['a figure made larger', `update postings set value = value + 1 where op = 'add'`, '登记的数与记录不符'],
    [
      'a figure moved to another period',
      `update postings set period = '2026-05' where period = '2026-04'`,
      '登记的数与记录不符',
    ],
    ['an increment made a total', `update postings set op = 'set' where op = 'add'`, '登记的数与记录不符'],
    [
      'a figure removed',
      `delete from postings where id = (select max(id) from postings)`,
      '登记的数与记录条数不符',
    ],
    [
      'a figure doubled',
      `insert into postings (entry_id, indicator_id, person_id, period, happened_on, op, value, part, facet, confirmed)
        select entry_id, indicator_id, person_id, period, happened_on, op, value, part, facet, confirmed
        from postings order by id limit 1`,
      '登记的数与记录条数不符',
    ],
    ["a clerk's figure let count", `update postings set confirmed = true`, '登记的数未经确认却已计入'],
    ['a figure that was taken back', `update postings set withdrawn_by = null`, '登记的数已撤回却仍计入'],
  ])('and finds %s by SQL', async (_, statement, why) => {
    await run(statement);
    expect(await fault()).toEqual({
      ...{ sound: false, why },
      task: expect.stringMatching(/^\d\.\d\.\d$/),
      entry: expect.any(Number),
    });
  });
});
