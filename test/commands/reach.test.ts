import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';

/** What may be asked of what, and where: one house, a Monday in April. */
let living: LivingHouse;
beforeAll(async () => {
  living = await openLivingHouse(await openPostgres(), '2026-04-13', '10:00');
});
afterAll(() => living.close());

describe('a measure', () => {
  const office = (text: string) => living.say('office', 'off_zhuren', text);

  test('is one of its tasks by the answer, which stands where the measure stood', async () => {
    expect(await office('查 3.1')).toMatch(/^“查”对应3项,请回复序号:/u);
    const shown = await office('2');
    expect(shown).toMatch(/^【3\.1\.2】/u);
    expect(shown).not.toContain('请回复序号');
    expect(await office('挂牌 3.1 没有进展 至5月29日')).toContain('尚未记录');
    expect(await office('3')).toContain('拟挂牌督办,办结时限5月29日');
    expect(await office('3.1 已开展入户')).toContain('对应3项');
    const noted = await office('2');
    expect(noted).toContain('已记录【3.1.2】');
    expect(noted).not.toContain('【3.1.1】');
  });

  test('of which one task may be read here is looked up without a question', async () => {
    expect(await living.say('leaders', 'ldr_shuji', '查 3.3')).toMatch(/^【3\.3\.1】/u);
    expect(await living.say('leaders', 'ldr_shuji', '申请销号 3.3')).toContain('是指【3.3.1】');
  });
});

describe('a quarter before the ledger’s first day', () => {
  test('has no paper, and the secretary’s report is of the running one', async () => {
    const none = await living.say('wecom', 'off_zhuren', '导出 一季度通报');
    expect(none).toContain('台账自4月13日起登记,没有这一季度的数据');
    expect(await living.say('wecom', 'off_zhuren', '导出 汇报')).toContain('2026年二季度整改情况汇报');
  });
});

describe('暂停推送', () => {
  const office = (text: string) => living.say('office', 'off_zhuren', text);

  test('of a group that is named stops that one, and the group itself only where none is', async () => {
    expect(await office('暂停推送 领导小组群')).toContain('已记录,领导小组群推送即时暂停');
    expect(await office('暂停推送 体育科群')).toContain('没有这个群,请写群名称');
    expect(await office('恢复推送 机关党委群')).toContain('机关党委群推送没有暂停');
    expect(await office('恢复推送 领导小组群')).toBe('已记录,恢复推送:领导小组群。');
    const elsewhere = await living.say('dangwei', 'ldr_dangjian', '暂停推送 领导小组群');
    expect(elsewhere).toContain('请在要停的群里发「暂停推送」');
    expect(await office('恢复推送')).toBe('没有暂停推送的群。');
  });

  test('for a time that is still to come stops nothing', async () => {
    for (const text of [
      '国庆期间不要往群里推送',
      '下周先别推送',
      '这周末别推送',
      '明天的推送停一下',
      '暂停推送 领导小组群 4月20日',
    ])
      expect(await office(text), text).toContain('推送未暂停');
    expect(await office('恢复推送')).toBe('没有暂停推送的群。');
    for (const text of ['这两天别推送', '暂停推送到4月20日']) {
      expect(await office(text), text).toContain('本群推送即时暂停');
      expect(await office('恢复推送'), text).toContain('已记录,恢复推送');
    }
  });
});

describe('a task that may not be known of here', () => {
  test('is answered as one that isn’t there, also where something is missing', async () => {
    const none = await living.say('anquan', 'dt-anquan', '查 9.9.9');
    for (const text of ['延期 5.1.2', '第30项 延期', '不是12是10 5.1.2', '回头看 5.1.2', '佐证 5.1.2'])
      expect(await living.say('anquan', 'dt-anquan', text), text).toBe(none);
    expect(await living.say('wecom', 'sec_jiwei', '延期 5.1.2')).toContain('请写明日期');
    expect(await living.say('leaders', 'sec_jiwei', '延期 5.1.2')).toContain('单聊');
  });
});

describe('a deputy', () => {
  const deputy = (text: string) => living.say('wecom', 'clk_bangongshi', text);

  test('is asked about a hidden task of whom he stands in for, in the place where he may report on it', async () => {
    const none = await deputy('查 9.9.9');
    expect(await deputy('5.3.1 谈心谈话')).toBe(none);
    await living.say('wecom', 'sec_renshi', '代办 局办公室内勤 至4月30日');
    expect(await deputy('5.3.1 谈心谈话+3')).toContain('谈心谈话:0人次→3人次');
    expect(await deputy('5.3.1 谈心谈话12人次')).toContain('1 新增12人次,还是 2 累计12人次');
    expect(await deputy('申请销号 5.3')).toContain('【5.3.1】');
    expect(await living.say('leaders', 'clk_bangongshi', '5.3.1 谈心谈话多少')).not.toContain('谈心谈话');
  });
});

describe('what each member owes of a hidden task', () => {
  test('is asked about with no word to who may not know of it', async () => {
    const none = await living.say('anquan', 'dt-anquan', '查 9.9.9');
    for (const text of ['2.1.2 小结已交', '6.2.3 报告1次', '3.1.1/1 5天'])
      expect(await living.say('anquan', 'dt-anquan', text)).toBe(none);
    expect(await living.say('wecom', 'sec_jiwei', '6.2.3 报告1次')).toContain('请写明是哪位');
    const reports = await living.say('anquan', 'dt-anquan', '举报数 受理52 办结52');
    expect(reports).not.toContain('3.3.2');
  });
});
