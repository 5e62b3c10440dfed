import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';

let living: LivingHouse;
beforeEach(async () => {
  living = await openLivingHouse(await openPostgres(), '2026-04-09', '10:00');
});
afterEach(() => living.close());

const office = (text: string) => living.say('wecom', 'off_zhuren', text);
const chief = (text: string) => living.say('dingtalk', 'dt-anquan', text);
const clerk = (text: string) => living.say('dingtalk', 'dt-clk-anquan', text);

describe('a deputy', () => {
  test('reports and confirms in the chief’s stead through his last day, and then no more', async () => {
    expect(await clerk('4.3.2 演练+1')).toContain('待科长确认');
    expect(await chief('代办 安全管理科内勤 至4月10日')).toContain('代安全管理科科长登记和确认,至4月10日止');
    expect(await clerk('4.3.2 演练+1')).not.toContain('待科长确认');
    expect(await clerk('确认')).toContain('【4.3.2】演练:1次→2次');
    for (const text of ['申请销号 4.3.2', '延期 4.3.2 至 12月30日 演练场地未定']) {
      expect(await clerk(text), text).toMatch(/请科长/);
    }
    expect(await chief('记录 4.3.2')).toContain('演练+1');
    await living.at('2026-04-11', '00:01');
    expect(await clerk('4.3.2 演练+1')).toContain('待科长确认');
    expect(await clerk('确认')).toContain('请与整改办联系');
  });

  test('is one at a time, ends at the chief’s word, and a second thought brings the first back', async () => {
    await office('新增 王强 安全管理科 副科长');
    await chief('代办 安全管理科内勤 至4月30日');
    await chief('代办 王强 至4月30日');
    expect(await clerk('4.3.2 演练+1')).toContain('待科长确认');
    expect(await chief('撤回')).toContain('已撤回代办');
    expect(await clerk('4.3.2 演练+1')).not.toContain('待科长确认');
    expect(await chief('结束代办')).toContain('即时结束');
    expect(await clerk('4.3.2 演练+1')).toContain('待科长确认');
    expect(await chief('结束代办')).toContain('没有委托代办');
  });

  test('may be named by the office for a section, and by nobody for another’s', async () => {
    expect(await office('代办 机关党委内勤 至 4月30日')).toContain('代机关党委专职副书记');
    expect(await clerk('代办 机关党委内勤 至 4月30日')).toContain('请与整改办联系');
    expect(await office('代办 机关纪委书记 至 4月30日')).toContain('不能代办');
    expect(await chief('代办 安全管理科科长 至 4月30日')).toContain('不能是本人');
    expect(await chief('代办 安全管理科内勤 至 4月1日')).toContain('代办日期应在');
    expect(await chief('代办 安全管理科内勤')).toContain('到哪一天');
  });

  test('who comes to verify reports in nobody’s stead as long as he does', async () => {
    await chief('代办 安全管理科内勤 至4月30日');
    expect(await office('角色 安全管理科内勤 增加 整改办')).toContain('其代办随之中止');
    expect(await clerk('4.3.2 演练+1')).toContain('待科长确认');
    expect(await clerk('确认 4.3.2')).not.toContain('1次→2次');
    expect(await office('角色 安全管理科内勤 取消 整改办')).not.toContain('代办');
    expect(await clerk('4.3.2 演练+1')).not.toContain('待科长确认');
  });
});
