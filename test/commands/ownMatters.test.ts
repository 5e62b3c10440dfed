import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { words } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

describe.each(stores.slice(0, 1))('of a matter that is everyone’s own ($kind)', ({ open }) => {
  let living: LivingHouse;
  beforeAll(async () => {
    living = await openLivingHouse(await open(), '2026-05-13', '10:00');
  });
  afterAll(() => living.close());
  const leader = (text: string) => living.say('wecom', 'ldr_dangjian', text);
  const kept = async () => (await living.store.db.select().from(words)).map(({ text }) => text).join('\n');

  test('no words are stored, neither as a note nor beside a deed nor with another task’s', async () => {
    expect(await leader('2.1.2 我的主要问题是学习不深')).toContain(
      '【2.1.2】只记是否已交,内容请自行留存,未记录。写法:2.1.2 党性分析已交',
    );
    expect(await leader('2.1.2 党性分析已交,主要问题是学习不深')).toContain('2.1.2');
    await leader('2.1.1 红色教育+1\n2.1.2 我的主要问题是学习不深');
    expect(await kept()).not.toContain('学习不深');
  });

  test('the record shows the reader’s own deeds alone, and the office how many are done', async () => {
    await living.say('wecom', 'ldr_anquan', '2.1.2 党性分析已交');
    expect(await leader('2.1.2 党性分析已交')).toContain('已记录');
    const own = await leader('记录 2.1.2');
    expect(own).toContain('党性分析');
    expect(own).not.toContain('安全');
    expect(await living.say('wecom', 'ldr_shuji', '记录 2.1.2')).toContain('还没有登记');
    expect(await living.say('wecom', 'off_zhuren', '记录 2.1.2')).toContain('查 2.1.2');
  });

  test('that is restricted each member reports and sees alone, one to one', async () => {
    const { say } = living;
    expect(await say('leaders', 'ldr_anquan', '3.1.1 本月下基层2天')).toContain('单聊');
    expect(await say('wecom', 'ldr_anquan', '3.1.1 本月下基层2天')).toContain('调研:0天→2天');
    expect(await say('wecom', 'ldr_anquan', '查 3.1.1')).toContain('分管安全规划副局长2');
    expect(await say('wecom', 'ldr_tiyu', '查 3.1.1')).not.toContain('分管安全规划副局长');
  });

  test('and what was refused of a message, or asked about, stands nowhere: each entry keeps its own part alone', async () => {
    const { say, store } = living;
    const said = await say('anquan', 'dt-anquan', '4.3.2 督查+1,通报已印。5.2.2 甲某的事移交纪委');
    expect(said).toContain('督查:0次→1次');
    expect(said).toContain('请与整改办联系');
    expect(await say('anquan', 'dt-anquan', '记录 4.3.2')).toContain('4.3.2 督查+1,通报已印');
    const bureau = await say('wecom', 'sec_bangongshi', '3.1.1 意见+3,下基层乙某5天');
    expect(bureau).toContain('意见:0条→3条');
    await say('wecom', 'sec_bangongshi', '3.1.1、5.2.2 丙某反映的情况正在核实');
    const texts = (await store.db.select().from(words)).map(({ text }) => text);
    expect(texts).toContain('3.1.1 意见+3');
    expect(texts.join()).not.toMatch(/甲某|乙某/);
    expect(texts.filter((text) => text.includes('丙某')).map((text) => text.slice(0, 5))).toEqual([
      '3.1.1',
      '5.2.2',
    ]);
  });

  test('where a leader goes no group reads of, whoever tells it', async () => {
    const { say } = living;
    await say('leaders', 'ldr_anquan', '3.1.1 5月15日去三中调研');
    await say('anquan', 'dt-anquan', '4.3.2 陪分管局长5月15日到三中督查后再报');
    for (const [code, who] of [
      ['3.1.1', '分管安全规划副局长'],
      ['4.3.2', '安全管理科科长'],
    ] as const) {
      const told = await say('leaders', 'ldr_anquan', `记录 ${code}`);
      expect(told).toContain(`进展说明 ${who}`);
      expect(told).not.toContain('三中');
      expect(await say('wecom', 'ldr_anquan', `记录 ${code}`)).toContain('三中');
    }
  });

  test('of a report against somebody only the two counts are kept, from whomever and under whichever task', async () => {
    const { say, store } = living;
    for (const [who, text] of [
      ['sec_paizhu', '3.3.2 今年收到举报,反映丁某收礼,已转办'],
      ['sec_paizhu', '3.3.2 反映丁某的信已转办'],
      ['sec_jiwei', '5.1.2 对丁某的举报正在核实'],
      ['sec_anquan', '4.3.2 有家长举报丁某,演练推迟'],
    ] as const)
      expect(await say('wecom', who, text), text).toContain('请按保密规定线下办理');
    expect(await say('wecom', 'sec_paizhu', '3.3.2 累计受理3件,反映丁某的1件')).toContain('受理:0件→3件');
    expect(await say('wecom', 'sec_anquan', '4.3.2 演练+1,有家长举报丁某')).toContain('演练:0次→1次');
    expect(await say('wecom', 'sec_jiwei', '3.3.2 举报电话已公布')).toContain('记为进展说明');
    expect(await say('wecom', 'off_zhuren', '记录 3.3.2')).not.toContain('丁某');
    expect((await store.db.select().from(words)).map(({ text }) => text).join()).not.toContain('丁某');
  });
});
