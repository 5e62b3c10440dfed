import { eq, isNull } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { verify } from '../../src/ledger/entries/audit.ts';
import { deputies, nodes, people } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

describe.each(stores.slice(0, 1))('what others have built on is not taken back ($kind)', ({ open }) => {
  let living: LivingHouse;
  const enter = async () => {
    living = await openLivingHouse(await open(), '2026-03-03', '10:00');
    return living;
  };
  afterEach(async () => {
    expect(await verify(living.store.db)).toMatchObject({ sound: true });
    await living.close();
  });

  test('a figure and its evidence stay under a close-out that somebody else has asked for or agreed to', async () => {
    const { say } = await enter();
    const chief = (text: string) => say('wecom', 'sec_dangwei', text);
    await chief('1.1.2 《政治理论学习考核办法》已印发 佐证:局发〔2026〕3号,3月2日,科内卷1');
    expect(await say('wecom', 'ldr_dangjian', '申请销号 1.1.2')).toContain('下一步:整改办核验');
    const stands = '【1.1.2】之后已有销号环节,不能撤回。';
    expect(await chief('撤回')).toContain(stands);
    await say('wecom', 'off_zhuren', '核验通过 1.1.2');
    await say('wecom', 'ldr_shuji', '批准销号 1.1.2');
    expect(await chief('撤回')).toContain(stands);
    await chief('佐证 1.1.2 学习考核通报 3月3日 科内卷2');
    expect(await chief('撤回')).toContain('已撤回【1.1.2】佐证');
    expect(await chief('查 1.1.2')).toContain('完成度100%');
  });

  test('a request that was sent back holds no figure fast', async () => {
    const { say } = await enter();
    const chief = (text: string) => say('wecom', 'sec_dangwei', text);
    await chief('1.1.2 《政治理论学习考核办法》已印发 佐证:局发〔2026〕3号,3月2日,科内卷1');
    await say('wecom', 'ldr_dangjian', '申请销号 1.1.2');
    await say('wecom', 'off_zhuren', '退回 1.1.2 文号有误');
    expect(await chief('撤回')).toContain('已撤回【1.1.2】');
  });

  test('the whole of a ratio stays under the part that somebody else has reported', async () => {
    const { say } = await enter();
    await say('wecom', 'sec_bangongshi', '2.2.1 急难愁盼实事累计10件');
    await say('wecom', 'ldr_renshi', '2.2.1 教育9件');
    expect(await say('wecom', 'sec_bangongshi', '撤回')).toContain('【2.2.1】之后已有他人登记,不能撤回。');
  });

  test('what somebody else has changed of a person’s roles since stays', async () => {
    const { say, store } = await enter();
    await say('wecom', 'off_gongzuo', '角色 安全管理科内勤 增加 班子成员');
    await say('wecom', 'off_zhuren', '角色 安全管理科内勤 增加 整改办');
    expect(await say('wecom', 'off_gongzuo', '撤回')).toBe('之后已有变动,不能撤回。需要调整请再发「角色」。');
    const [clerk] = await store.db.select().from(people).where(eq(people.name, '安全管理科内勤'));
    expect(clerk?.roles).toEqual(['staff', 'leader', 'office']);
    expect(await say('wecom', 'off_zhuren', '撤回')).toContain('已撤回角色');
    expect(await say('wecom', 'off_gongzuo', '撤回')).toContain('已撤回角色');
  });

  test('a person switched off by one and on and off again by another stays off', async () => {
    const { say } = await enter();
    await say('wecom', 'off_gongzuo', '停用 安全管理科内勤');
    await say('wecom', 'off_zhuren', '启用 安全管理科内勤');
    await say('wecom', 'off_zhuren', '停用 安全管理科内勤');
    expect(await say('wecom', 'off_gongzuo', '撤回')).toContain('之后已有变动,不能撤回');
    expect(await say('wecom', 'clk_anquan', '我的')).toContain('尚未绑定身份');
  });

  test('there is one deputy at a time, whoever takes an appointment or its end back', async () => {
    const { say, store } = await enter();
    const inForce = () => store.db.$count(deputies, isNull(deputies.endedEntryId));
    await say('wecom', 'off_gongzuo', '代办 人事科科长 至 6月30日 机关党委');
    await say('wecom', 'sec_dangwei', '代办 宣传科科长 至 6月30日');
    expect(await say('wecom', 'off_gongzuo', '撤回')).toContain('之后已有变动,不能撤回');
    expect(await inForce()).toBe(1);
    await say('wecom', 'sec_dangwei', '结束代办');
    await say('wecom', 'off_gongzuo', '代办 人事科科长 至 6月30日 机关党委');
    expect(await say('wecom', 'sec_dangwei', '撤回')).toContain('之后已有变动,不能撤回');
    expect(await inForce()).toBe(1);
  });

  test('a milestone that somebody else has set anew stays the only one of its day', async () => {
    const { say, store } = await enter();
    const values = async () => (await store.db.select().from(nodes)).map(({ value }) => value);
    await say('wecom', 'off_zhuren', '节点 4.3.2 预案 6月30日 3个');
    await say('wecom', 'off_gongzuo', '节点 4.3.2 预案 6月30日 4个');
    await say('wecom', 'off_zhuren', '节点 4.3.2 预案 6月30日 5个');
    expect(await say('wecom', 'off_gongzuo', '撤回')).toContain('【4.3.2】之后已有他人登记,不能撤回');
    expect(await values()).toEqual([5]);
    expect(await say('wecom', 'off_zhuren', '撤回')).toContain('已撤回【4.3.2】节点');
    expect(await values()).toEqual([4]);
    expect(await say('wecom', 'off_gongzuo', '撤回')).toContain('已撤回【4.3.2】节点');
    expect(await values()).toEqual([3]);
    expect(await say('wecom', 'off_zhuren', '节点 4.3.2 预案 9月30日 6个,9月30日 7个')).toContain(
      '同一日期写了两个节点数',
    );
  });

  test('in front of others nothing is taken back or refused by name that they may not read of', async () => {
    const { say, clock } = await enter();
    const elsewhere = '该事项请在与我的单聊中查询或办理。';
    await say('wecom', 'sec_jiwei', '3.3.2 专项监督+1;坚持申请 3.3.2 佐证随后补');
    expect(await say('leaders', 'sec_jiwei', '撤回')).toBe(elsewhere);
    expect(await say('leaders', 'sec_jiwei', '撤回 3.3.2')).toBe(elsewhere);
    await say('wecom', 'ldr_jijian', '同意销号 3.3.2');
    expect(await say('system', 'dt-ldr-jijian', '撤回')).toBe(elsewhere);
    expect(await say('leaders', 'sec_jiwei', '撤回')).toBe(elsewhere);
    expect(await say('wecom', 'ldr_jijian', '撤回')).toContain('【3.3.2】销号环节已办理,不能撤回');
    expect(await say('wecom', 'sec_jiwei', '撤回')).toContain('【3.3.2】销号申请已进入下一环节,不能撤回');
    expect(await say('wecom', 'ldr_anquan', '3.1.1 本月下基层2天')).toContain('已记录');
    expect(await say('leaders', 'ldr_anquan', '撤回')).toBe(elsewhere);
    expect(await say('wecom', 'ldr_anquan', '撤回')).toContain('已撤回【3.1.1】');
    clock.move(11 * 60_000);
    expect(await say('leaders', 'sec_jiwei', '撤回')).toBe(elsewhere);
  });

  test('what its own group may read is taken back there, and one to one whatever one did', async () => {
    const { say } = await enter();
    await say('wecom', 'off_zhuren', '挂牌 5.3.1 滞后 至6月30日');
    expect(await say('office', 'off_zhuren', '撤回')).toContain('已撤回【5.3.1】挂牌的提请');
    await say('wecom', 'sec_jiwei', '3.3.2 专项监督+1');
    await say('leaders', 'sec_jiwei', '撤回');
    expect(await say('wecom', 'sec_jiwei', '撤回')).toContain('已撤回【3.3.2】专项监督的登记');
  });
});
