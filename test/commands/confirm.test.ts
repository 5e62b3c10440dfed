import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { verify } from '../../src/ledger/entries/audit.ts';
import { people, sections } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

describe.each(stores.slice(0, 1))('a clerk’s figures ($kind)', ({ open }) => {
  let living: LivingHouse;
  const enter = async () => {
    living = await openLivingHouse(await open(), '2026-04-13', '09:20');
    return living;
  };
  afterEach(async () => {
    expect(await verify(living.store.db)).toMatchObject({ sound: true });
    await living.close();
  });

  test('are confirmed for all tasks at once, or for one', async () => {
    const { say } = await enter();
    await say('wecom', 'clk_anquan', '4.3.1 排查+1');
    await say('wecom', 'clk_anquan', '4.3.2 演练+1');
    await say('wecom', 'clk_anquan', '4.3.2 督查+2');
    const one = await say('wecom', 'sec_anquan', '确认 4.3.1');
    expect(one).toContain('【4.3.1】排查:0次→1次,计入4月');
    expect(one).not.toContain('4.3.2');
    expect(await say('wecom', 'sec_anquan', '确认')).toContain(
      '【4.3.2】演练:0次→1次,计入2026年;督查:0次→2次,计入2026年',
    );
    expect(await say('wecom', 'sec_anquan', '记录 4.3.2')).toContain('确认代填2笔');
  });

  test('are confirmed, and taken back, for each task that is named', async () => {
    const { say } = await enter();
    await say('wecom', 'clk_anquan', '4.3.1 排查+1');
    await say('wecom', 'clk_anquan', '4.3.2 演练+1');
    const both = await say('wecom', 'sec_anquan', '确认4.3.1、4.3.2');
    expect(both).toContain('【4.3.1】排查:0次→1次,计入4月');
    expect(both).toContain('【4.3.2】演练:0次→1次,计入2026年');
    await say('wecom', 'sec_anquan', '4.3.1 排查+1,4.3.2 督查+1');
    const back = await say('wecom', 'sec_anquan', '撤回4.3.1、4.3.2');
    expect(back).toContain('已撤回【4.3.1】排查的登记');
    expect(back).toContain('已撤回【4.3.2】督查的登记');
  });

  test('count in no meeting’s agenda before', async () => {
    const { say, at } = await enter();
    expect(await say('office', 'off_zhuren', '节点 4.3.2 演练 4月14日2次')).toContain('已记录');
    await say('wecom', 'clk_anquan', '4.3.2 演练+2');
    await at('2026-04-15', '10:00');
    expect(await say('office', 'off_zhuren', '议程')).toContain('【4.3.2】安全管理科');
    await say('wecom', 'sec_anquan', '确认');
    expect(await say('office', 'off_zhuren', '议程')).not.toContain('【4.3.2】');
  });

  test('wait for the chief of the clerk’s own section and for nobody else', async () => {
    const { say } = await enter();
    await say('wecom', 'clk_bangongshi', '3.2.2 检查+1');
    for (const user of ['sec_jiwei', 'sec_anquan', 'sec_caiwu']) {
      expect(await say('wecom', user, '确认')).toBe('没有待确认的数。');
    }
    for (const user of ['clk_bangongshi', 'off_zhuren', 'ldr_jijian', 'ldr_shuji']) {
      expect(await say('wecom', user, '确认 3.2.2')).toMatch(
        /请与整改办联系|请转整改办|不由整改办登记或办理/,
      );
    }
    expect(await say('wecom', 'sec_anquan', '确认 局办公室')).toContain('请与整改办联系');
    expect(await say('wecom', 'sec_bangongshi', '确认')).toContain('【3.2.2】检查:0次→1次');
  });

  test('of two sections on one task are each confirmed by their own chief', async () => {
    const { say, store } = await enter();
    const [jiwei] = await store.db.select().from(sections).where(eq(sections.code, 'jiwei'));
    await store.db.update(people).set({ sectionId: jiwei?.id }).where(eq(people.name, '机关党委内勤'));
    await say('wecom', 'clk_bangongshi', '3.2.2 检查+1');
    await say('wecom', 'clk_dangwei', '3.2.2 检查+3');
    expect(await say('wecom', 'sec_bangongshi', '确认')).toContain('检查:0次→1次');
    expect(await say('wecom', 'sec_jiwei', '确认')).toContain('检查:1次→4次');
  });

  test('that may not be shown in a group are confirmed one to one only', async () => {
    const { say } = await enter();
    await say('wecom', 'clk_bangongshi', '5.2.2 分管体育副局长调研占比 3/10');
    expect(await say('leaders', 'sec_bangongshi', '确认')).toBe('该事项请在与我的单聊中查询或办理。');
    await say('wecom', 'clk_bangongshi', '3.2.2 检查+1');
    const here = await say('leaders', 'sec_bangongshi', '确认');
    expect(here).toContain('【3.2.2】');
    expect(here).not.toContain('5.2.2');
    expect(here).toContain('另有事项请在与我的单聊中确认。');
    expect(await say('wecom', 'sec_bangongshi', '确认')).toContain('【5.2.2】调研占比:已计入2026年');
  });
});
