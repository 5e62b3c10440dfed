import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { conversations, letters, people } from '../../src/ledger/schema.ts';
import { write } from '../delivery/letters.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

const [postgres] = stores;
if (!postgres) throw new Error('no store');

let living: LivingHouse;
beforeEach(async () => {
  living = await openLivingHouse(await postgres.open(), '2026-04-09', '10:00');
});
afterEach(() => living.close());

const office = (text: string) => living.say('wecom', 'off_zhuren', text);
const chief = (text: string) => living.say('dingtalk', 'dt-anquan', text);

describe('somebody who is disabled', () => {
  test('is at once nobody, and nothing is posted or sent for it', async () => {
    const { store, say } = living;
    await living.at('2026-04-13', '08:00');
    await say('wecom', 'sec_dangwei', '5.1.1 演练方案');
    await living.at('2026-04-13', '08:43');
    living.pushes();
    await say('wecom', 'sec_dangwei', '查 5.1');
    expect(await office('停用 机关党委专职副书记')).toContain('即时停用');
    expect(await say('wecom', 'sec_dangwei', '我的')).toContain('尚未绑定身份');
    const [row] = await store.db.select().from(people).where(eq(people.name, '机关党委专职副书记'));
    const open = await store.db
      .select()
      .from(conversations)
      .where(eq(conversations.personId, row?.id ?? 0));
    expect(open).toEqual([]);
    for (const day of ['2026-04-14', '2026-04-20']) await living.at(day, '08:43');
    const said = living.pushes();
    expect(said.filter(({ chat }) => chat === 'sec_dangwei')).toEqual([]);
    expect(said.filter(({ text }) => text.includes('停用'))).toEqual([]);
    const unsent = await store.db
      .select()
      .from(letters)
      .where(eq(letters.personId, row?.id ?? 0));
    expect(unsent.filter(({ endedAt }) => endedAt === null)).toEqual([]);
    expect(await office('启用 机关党委专职副书记')).toContain('恢复使用');
    expect(await say('wecom', 'sec_dangwei', '我的')).toContain('【5.1.1】');
    expect(await office('停用 整改办主任')).toContain('不能停用本人');
    expect(await chief('停用 安全管理科内勤')).toContain('请与整改办联系');
  });

  test('leaves the tasks that they led without a leader, which the office is told at once and each week', async () => {
    const told = (await office('停用 分管安全规划副局长')) ?? '';
    expect(told).toMatch(/【4\.3\.2】.*责任领导自此待明确/);
    await living.at('2026-04-24', '16:12');
    const weekly = living.pushes().find(({ chat, text }) => chat === 'office' && text.includes('待明确:'));
    expect(weekly?.text).toMatch(/缺责任人或时限\d*项?.*【4\.3\.2】/);
    expect(await chief('坚持申请 4.3.2 佐证随后补齐')).toContain('下一步:整改办核验');
    expect(await office('核验通过 4.3.2')).toContain('下一步:组长批准');
    expect(await office('启用 分管安全规划副局长')).toContain('恢复使用');
    expect(await living.say('wecom', 'ldr_shuji', '批准销号 4.3.2')).toContain('销号');
  });

  test('comes back by 撤回 within ten minutes', async () => {
    await office('停用 安全管理科科长');
    expect(await office('撤回')).toContain('已撤回停用');
    expect(await chief('我的')).toContain('【4.3.2】');
  });
});

describe('somebody whose role is taken', () => {
  const clerkId = async () => {
    const [row] = await living.store.db.select().from(people).where(eq(people.name, '安全管理科内勤'));
    return row?.id ?? 0;
  };
  const wait = async (key: string) => {
    await write(living, { dingtalk: 'dt-clk-anquan' }, key);
    await living.store.db
      .update(letters)
      .set({ personId: await clerkId() })
      .where(eq(letters.key, key));
  };
  const fates = async () => {
    const all = await living.store.db
      .select()
      .from(letters)
      .where(eq(letters.personId, await clerkId()))
      .orderBy(letters.id);
    return all.map(({ state }) => state);
  };

  test('is told nothing more of what still waits, also where it was given and that taken back', async () => {
    await living.at('2026-04-09', '20:00');
    await office('角色 安全管理科内勤 增加 整改办');
    await wait('甲');
    expect(await office('撤回')).toContain('已撤回');
    expect(await fates()).toEqual(['expired']);
    await office('角色 安全管理科内勤 增加 整改办');
    await wait('乙');
    expect(await office('角色 安全管理科内勤 增加 机关纪委')).toContain('增加角色');
    expect(await fates()).toEqual(['expired', 'pending']);
    expect(await office('角色 安全管理科内勤 取消 整改办')).toContain('取消角色');
    expect(await fates()).toEqual(['expired', 'expired']);
  });
});
