import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { dueFollowUps, openFollowUps } from '../../src/ledger/acts/followUps.ts';
import { verify } from '../../src/ledger/entries/audit.ts';
import { plansOf } from '../../src/ledger/plan.ts';
import { accounts, people, plans } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

const notYours = '该事项由责任科室或整改办办理,请与整改办联系;可查询内容请发「帮助」。';

describe.each(stores.slice(0, 1))('what a meeting decides or a leader orders ($kind)', ({ open }) => {
  let living: LivingHouse;
  beforeAll(async () => {
    living = await openLivingHouse(await open(), '2026-04-24', '16:40');
  });
  afterEach(async () => {
    expect(await verify(living.store.db)).toMatchObject({ sound: true });
  });
  afterAll(() => living.close());

  const office = (text: string) => living.say('office', 'off_zhuren', text);
  const chief = (text: string) => living.say('anquan', 'dt-anquan', text);
  const waiting = async () => {
    const [plan] = await plansOf(living.store.db);
    if (!plan) throw new Error('no plan');
    return {
      open: await openFollowUps(living.store.db, plan),
      due: await dueFollowUps(living.store.db, plan, '2026-05-20'),
    };
  };

  test('has an owner and a day, the lead section’s chief unless somebody is named', async () => {
    expect(await office('议定 4.3.2 隐患逐校过一遍 6月10日前')).toContain(
      '议定:「隐患逐校过一遍」。责任:安全管理科科长,期限6月10日。',
    );
    expect(await office('议定 4.3.2 由体卫艺科补报运动场地名单 5月15日前')).toContain(
      '责任:体育卫生与艺术教育科科长,期限5月15日',
    );
    expect(await living.say('leaders', 'ldr_anquan', '4.2.2 下周三前报我')).toContain(
      '交办:「下周三前报我」。责任:发展规划科科长,期限4月29日。',
    );
    const { open: all, due } = await waiting();
    expect(all.map(({ task, due: day }) => [task.code, day])).toEqual([
      ['4.2.2', '2026-04-29'],
      ['4.3.2', '2026-05-15'],
      ['4.3.2', '2026-06-10'],
    ]);
    expect(due.map(({ task }) => task.code)).toEqual(['4.2.2', '4.3.2']);
  });

  test('is decided by the office, the secretary and the task’s leader, by nobody else', async () => {
    for (const [user, answer] of [
      ['sec_anquan', '议定事项由整改办登记'],
      ['clk_anquan', '议定事项由整改办登记'],
      ['sec_caiwu', notYours],
      ['ldr_tiyu', '该事项按程序由整改办办理,请转整改办。'],
      ['sec_paizhu', notYours],
    ] as const) {
      expect(await living.say('wecom', user, '议定 4.3.2 再排查一遍 6月10日前'), user).toContain(answer);
    }
    expect(await office('议定 4.3.2 4月1日前')).toContain('请写明事项');
    expect((await waiting()).open).toHaveLength(3);
  });

  test('stands with its task and on the next agenda, with what became of it', async () => {
    expect(await chief('查 4.3.2')).toContain(
      '议定【4.3.2】第1条「隐患逐校过一遍」(安全管理科,6月10日前):办理中',
    );
    await living.at('2026-05-18', '10:00');
    const agenda = await office('议程');
    expect(agenda).toContain('上次议定事项2件,已办结0件:');
    expect(agenda).toContain('(体育卫生与艺术教育科,5月15日前):未办结,已过期限');
  });

  test('is done by the word of its owner, of who ordered it or of the office, each by its number', async () => {
    expect(await chief('议定 4.3.2 已办结')).toContain('有2条待办,请写明哪一条');
    expect(await chief('议定 4.3.2 第2条已办结')).toContain('请体育卫生与艺术教育科科长或整改办回复办结');
    expect(await chief('议定 4.3.2 第3条已办结')).toContain('没有第3条待办事项');
    expect(await chief('议定 4.3.2 第1条已办结')).toContain('「隐患逐校过一遍」:已办结');
    expect(await chief('撤回')).toContain('已撤回【4.3.2】办结');
    expect((await waiting()).open).toHaveLength(3);
    expect(await chief('议定 4.3.2 第1条已办结')).toContain('已办结');
    expect(
      await living.say('wecom', 'sec_tiwei', '已办结', { quote: '【议定·5月15日】【4.3.2】补报名单' }),
    ).toContain('已办结');
    expect(await living.say('leaders', 'ldr_anquan', '议定 4.2.2 已办结')).toContain('已办结');
    expect((await waiting()).open).toEqual([]);
    expect(await chief('议定 4.3.2 已办结')).toContain('没有待办的议定或交办事项');
    expect(await office('议程')).toContain('上次议定事项2件,已办结2件:');
  });

  test('is taken back while nobody has done it', async () => {
    await office('议定 4.3.2 预案再核一遍 6月20日前');
    expect(await office('撤回')).toContain('已撤回【4.3.2】议定或交办');
    await office('议定 4.3.2 预案再核一遍 6月20日前');
    await chief('议定 4.3.2 已办结');
    expect(await office('撤回')).toContain('已经批复或办结,不能撤回');
  });

  test('of a restricted task is told nowhere that the task isn’t', async () => {
    await office('议定 5.1.2 材料补齐 6月20日前');
    expect(await living.say('leaders', 'ldr_shuji', '议程')).not.toContain('5.1.2');
    expect(await living.say('leaders', 'ldr_shuji', '议程')).toContain('另有1件由整改办单独报告');
    expect(await living.say('wecom', 'ldr_shuji', '议程')).toContain('【5.1.2】');
    expect(await office('议定 5.1.2 请财务科配合 6月20日前')).toContain('请改由承办科室负责');
  });
});

describe.each(stores.slice(0, 1))('a follow-up of somebody who is no longer here ($kind)', ({ open }) => {
  test('is called to mind to the chief of its section, and to the office where there is none', async () => {
    const living = await openLivingHouse(await open(), '2026-04-24', '16:40');
    const office = (text: string) => living.say('wecom', 'off_zhuren', text);
    const remindedOn = async (day: string) => {
      await living.at(day, '09:12');
      return living
        .pushes()
        .filter(({ text }) => text.includes('议定事项提示'))
        .map(({ chat }) => chat);
    };
    await office('议定 4.3.2 由安全管理科内勤报名单 5月15日前');
    await office('停用 安全管理科内勤');
    expect(await remindedOn('2026-05-13')).toEqual(['sec_anquan']);
    await office('停用 安全管理科科长');
    const told = await remindedOn('2026-05-25');
    expect(told).toContain('off_zhuren');
    expect(told.every((chat) => chat.startsWith('off_'))).toBe(true);
    await living.close();
  });
});

describe.each(stores.slice(0, 1))('a follow-up of whom only a group reaches ($kind)', ({ open }) => {
  let living: LivingHouse;
  const enter = async (...also: string[]) => {
    living = await openLivingHouse(await open(), '2026-04-24', '16:40');
    const { db } = living.store;
    const [chief] = await db.select().from(people).where(eq(people.name, '机关党委专职副书记'));
    await db.delete(accounts).where(eq(accounts.personId, chief?.id ?? 0));
    await living.say('office', 'off_zhuren', '议定 5.1.1 余3家逐家签订 5月15日前');
    for (const words of also) await living.say('office', 'off_zhuren', words);
    await living.at('2026-05-12', '17:31');
    living.pushes();
    return db;
  };
  afterEach(() => living.close());

  /** The days on which this chat reads such a line, of these days of May. */
  async function daysOf(chat: string, mark: RegExp, days: number[]): Promise<number[]> {
    const found: number[] = [];
    for (const day of days) {
      for (const time of ['08:42', '09:12', '17:31']) await living.at(`2026-05-${day}`, time);
      if (living.pushes().some((post) => post.chat === chat && mark.test(post.text))) found.push(day);
    }
    return found;
  }

  test('is proposed to the office as often as it would be called to mind, not each day on which nobody lets it go', async () => {
    await enter();
    const asked = await daysOf(
      'office',
      /【待发·机关党委群】.*议定事项提示/s,
      [13, 14, 15, 18, 19, 20, 25, 26, 27, 28],
    );
    // Not on a day on which the group has another post: from the 25th on the call and the digest.
    expect(asked).toEqual([14, 19, 28]);
  });

  test('stands there in time, and on a day on which nothing else does', async () => {
    const db = await enter('议定 5.1.1 材料补齐 5月20日前');
    const [plan] = await db.select().from(plans);
    const { authorisation } = plan?.settings ?? {};
    if (!plan || !authorisation) throw new Error('there is no authorisation');
    const scope = [...authorisation.scope, 'follow-up', 'monthly-call'];
    const settings = { ...plan.settings, authorisation: { ...authorisation, scope } };
    await db.update(plans).set({ settings });
    const posts: [number, boolean][] = [];
    for (const day of [13, 14, 15, 18, 19, 20]) {
      for (const time of ['08:42', '09:12', '17:31']) await living.at(`2026-05-${day}`, time);
      const here = living.pushes().filter(({ chat }) => chat === 'dangwei');
      posts.push(...here.map(({ text }): [number, boolean] => [day, text.includes('议定事项提示')]));
    }
    const days = posts.map(([day]) => day);
    expect(new Set(days).size).toBe(days.length);
    const reminded = posts.filter(([, isFollowUp]) => isFollowUp).map(([day]) => day);
    expect(reminded.some((day) => day <= 15)).toBe(true);
    expect(reminded.some((day) => day >= 18)).toBe(true);
  });
});
