import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { verify } from '../../src/ledger/entries/audit.ts';
import { indicators, plans, postings, tasks } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

const notYours = '该事项由责任科室或整改办办理,请与整改办联系;可查询内容请发「帮助」。';

describe.each(stores.slice(0, 1))('the standing duties and their registers ($kind)', ({ open }) => {
  let living: LivingHouse;
  beforeAll(async () => {
    living = await openLivingHouse(await open(), '2026-04-13', '10:00');
  });
  afterEach(async () => {
    expect(await verify(living.store.db)).toMatchObject({ sound: true });
  });
  afterAll(() => living.close());

  const office = (text: string) => living.say('office', 'off_zhuren', text);

  test('what people asked for is counted when it is done, with the share of education', async () => {
    expect(await office('接单 教育类 上学路灯损坏 基教科 5月20日前')).toContain(
      '点单1:4月13日登记,5月20日前办结',
    );
    expect(await office('点单 体育场馆开放时间 群体科 5月20日前')).toContain('点单2');
    expect(await office('查 2.2.1')).toContain('实事0件');
    expect(await office('办结 点单1')).toContain('点单1:已办结');
    expect(await office('办结 点单1')).toContain('点单1已办结');
    expect(await office('办结 点单2')).toContain('点单2:已办结');
    expect(await office('办结 点单9')).toContain('没有点单9');
    expect(await office('查 2.2.1')).toContain('实事2件');
    expect(await office('查 2.2.1')).toContain('教育占比1/2(50%)');
    expect(await office('2.2.1 实事+1')).toContain('由点单登记簿自动计入');
    expect(await office('撤回')).toContain('已撤回【2.2.1】');
    expect(await office('查 2.2.1')).toContain('实事1件');
    expect(await office('清单 点单')).toContain(
      '点单2「体育场馆开放时间 群体科 5月20日前」(群众体育科,5月20日前):办理中',
    );
    expect(await office('清单 点单')).toContain('清单(点单)共2件,已办结1件');
  });

  test('coverage is how many of the sections have been visited', async () => {
    expect(await living.say('wecom', 'sec_jiwei', '实地登记 安全科、招考中心')).toContain('实地1、2');
    expect(await office('查 G5')).toContain('覆盖2/20(10%)');
    expect(await office('实地登记 安全科')).toContain('实地3');
    expect(await office('查 G5')).toContain('覆盖2/20(10%)');
    expect(await office('G5 覆盖 20/20')).toContain('由实地登记簿自动计入');
    expect(await office('实地登记 市里')).toContain('请写明到过的科室或单位');
    expect(await office('清单 实地')).toContain('实地1「安全科、招考中心」(安全管理科,4月13日)');
  });

  test('an inspection counts for its month, and a word about burdens is kept for the office', async () => {
    expect(await office('督查登记 抽查安全科三项 4月9日')).toContain('督查1:4月9日登记');
    expect(await office('查 G4')).toContain('专项督查4月1次');
    expect(await office('清单 督查')).toContain('清单(督查)共1件');
    expect(await living.say('wecom', 'sec_caiwu', '减负 意见 报表过多')).toContain('减负意见1');
    expect(await office('清单 减负意见')).toContain('减负意见1「报表过多」');
    expect(await office('记录 5.2.3')).not.toContain('报表过多');
    expect(await office('三重一大登记 大额资金安排 财务科 6月30日前')).toContain('三重一大1');
  });

  test('the office sees its duties as a list, and nobody else the registers', async () => {
    expect(await office('清单 常设')).toContain('【G5】四不两直实地督查全覆盖:覆盖2/20(10%)');
    expect(await office('我的')).toContain('【G4】');
    for (const words of ['清单 三重一大', '清单 减负意见', '清单 常设']) {
      expect(await living.say('wecom', 'sec_caiwu', words), words).toBe(notYours);
      expect(await living.say('leaders', 'ldr_shuji', words), words).toBe('已私信您。');
    }
    for (const words of ['接单 某事 基教科 5月20日前', '实地登记 安全科', '督查登记 某科', '办结 点单2']) {
      expect(await living.say('wecom', 'sec_caiwu', words), words).toBe(notYours);
    }
  });

  test('of a plan whose codes mean something else nothing is counted by them', async () => {
    const { db } = living.store;
    const figures = () => db.$count(postings);
    await db.update(tasks).set({ title: '工作' });
    await db.update(indicators).set({ label: sql`'工作' || ${indicators.id}` });
    await db.update(plans).set({ version: sql`${plans.version} + 1` });
    const before = await figures();
    for (const words of [
      '接单 某事 基教科 5月20日前',
      '督查登记 抽查安全科',
      '实地登记 财务科',
      '办结 点单2',
    ]) {
      expect(await office(words), words).toMatch(/本方案没有以(点单|督查|实地)为内容的任务,未记录/);
    }
    expect(await office('4月10日调度会已召开 参会26人 时长85分钟')).toContain(
      '本方案没有按月计的推进会或调度会指标',
    );
    expect(await figures()).toBe(before);
    expect(await office('G1 +1')).not.toContain('会后登记');
  });
});
