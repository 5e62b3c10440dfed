import { eq, inArray } from 'drizzle-orm';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type House, openHouse } from '../../src/house.ts';
import { plansOf } from '../../src/ledger/plan.ts';
import { accounts, groups, letters, people, plans, tasks } from '../../src/ledger/schema.ts';
import type { PlanSettings } from '../../src/ledger/terms.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';

/** On 31 March 5.1.1 (机关党委) is due and nothing of it recorded; the ledger begins in January. */
describe('a push finds its way', () => {
  let living: LivingHouse;
  beforeEach(async () => {
    living = await openLivingHouse(await openPostgres(), '2026-01-05', '08:00');
  });
  afterEach(() => living.close());

  const chats = () => living.pushes().map(({ chat }) => chat);
  const change = async (settings: Partial<PlanSettings>) => {
    const [plan] = await plansOf(living.store.db);
    if (!plan) throw new Error('there is no plan');
    await living.store.db.update(plans).set({ settings: { ...plan.settings, ...settings } });
  };
  const forget = async (name: string) => {
    const [person] = await living.store.db.select().from(people).where(eq(people.name, name));
    await living.store.db.delete(accounts).where(eq(accounts.personId, person?.id ?? 0));
  };

  const gone = (code: string) =>
    living.store.db.update(groups).set({ gone: '群已解散' }).where(eq(groups.code, code));

  test('to a person one to one, in WeCom', async () => {
    await living.at('2026-04-01', '08:42');
    expect(chats()).toContain('sec_dangwei');
  });

  test('to a person where they last spoke', async () => {
    await living.say('dingtalk', 'dt-dangwei', '我的');
    await living.at('2026-04-01', '08:42');
    const found = chats();
    expect(found).toContain('dt-dangwei');
    expect(found).not.toContain('sec_dangwei');
  });

  test('to the other account where the one used last is of a platform that cannot write', async () => {
    await living.say('dingtalk', 'dt-dangwei', '我的');
    const house = await without('DINGTALK_APP_SECRET');
    living.clock.move(Date.parse('2026-04-01T08:42:00+08:00') - living.clock.now().getTime());
    await house.beat.look();
    await house.close();
    expect(chats()).toContain('sec_dangwei');
  });

  test("to the section's group with the chief called once, where nobody can be written to one to one", async () => {
    const house = await without('WECOM_APP_SECRET', 'DINGTALK_APP_SECRET');
    const lookAt = async (day: string) => {
      living.clock.move(Date.parse(`${day}T08:42:00+08:00`) - living.clock.now().getTime());
      await house.beat.look();
      return living.pushes();
    };
    const first = await lookAt('2026-04-01');
    const [post, ...more] = first.filter(({ chat }) => chat === 'dangwei');
    expect(more).toEqual([]);
    expect(post?.text).toContain('【红·逾期1个工作日】【5.1.1】');
    expect(post?.text.match(/<@sec_dangwei>/g)).toHaveLength(1);
    expect(post?.text.split('\n').length).toBeLessThanOrEqual(8);
    expect(first.map(({ chat }) => chat)).not.toContain('sec_dangwei');
    // The quarter's draft has the office's group on the first day.
    living.clock.move(30 * 60_000);
    await house.beat.look();
    living.pushes();
    const second = await lookAt('2026-04-02');
    expect(new Set(second.map(({ chat }) => chat))).toEqual(new Set(['office']));
    expect(second.map(({ text }) => text).join('\n')).toMatch(/未能送达:.*党组书记/);
    const third = await lookAt('2026-04-03');
    expect(third.map(({ text }) => text).join()).not.toContain('未能送达');
    await house.close();
  });

  test("to the section's group what calls for monthly figures, where that rests on an authorisation", async () => {
    const house = await without('WECOM_APP_SECRET', 'DINGTALK_APP_SECRET');
    const callOf = async (day: string) => {
      living.clock.move(Date.parse(`${day}T08:42:00+08:00`) - living.clock.now().getTime());
      await house.beat.look();
      return living.pushes().filter(({ text }) => text.includes('登记提示】'));
    };
    expect((await callOf('2026-02-25')).map(({ chat, text }) => [chat, text.slice(0, 3)])).toEqual(
      expect.arrayContaining([['office', '【待发']]),
    );
    const [plan] = await plansOf(living.store.db);
    const authorisation = plan?.settings.authorisation;
    if (!authorisation) throw new Error('there is no authorisation');
    await change({ authorisation: { ...authorisation, scope: [...authorisation.scope, 'monthly-call'] } });
    const calls = await callOf('2026-03-25');
    await house.close();
    const post = calls.find(({ chat }) => chat === 'dangwei');
    expect(post?.text).toContain('【1.1.1】');
    expect(post?.text.match(/<@sec_dangwei>/g)).toHaveLength(1);
    expect(post?.text.split('\n').length).toBeLessThanOrEqual(8);
    const lost = await living.store.db.select().from(letters).where(eq(letters.state, 'dead'));
    expect(lost.some(({ push, why }) => push === 'monthly-call' && why === '没有可用的会话')).toBe(true);
  });

  test("nowhere, and the office's digest says so once", async () => {
    await forget('机关纪委书记');
    // The first day of a quarter is the draft's at the office; its digest comes on the next.
    await living.at('2026-07-01', '08:42');
    await living.at('2026-07-01', '09:12');
    await living.at('2026-07-02', '08:42');
    const heard = () =>
      living
        .pushes()
        .filter(({ chat }) => chat === 'office')
        .map(({ text }) => text)
        .join('\n');
    expect(heard()).toContain('未能送达:机关纪委书记');
    await living.at('2026-07-03', '08:42');
    await living.at('2026-07-06', '08:42');
    expect(heard()).not.toContain('未能送达:机关纪委书记');
  });

  test('to the office alone while the plan is on trial, which says whom it would be for', async () => {
    await change({ trial_until: '2026-04-10' });
    await living.store.db.update(tasks).set({ deadline: '2026-03-31' }).where(eq(tasks.code, '2.1.2'));
    await living.at('2026-04-01', '08:42');
    await living.at('2026-04-07', '08:42');
    const said = living.pushes();
    expect(new Set(said.map(({ chat }) => chat))).toEqual(new Set(['office']));
    const titles = said.map(({ text }) => text.split('\n')[0] ?? '');
    expect(titles.some((title) => title.startsWith('【试运行·发机关党委专职副书记】'))).toBe(true);
    expect(titles.some((title) => title.startsWith('【试运行·发领导小组群】'))).toBe(true);
    expect(said.map(({ text }) => text).join()).not.toContain('2.1.2');
    // What somebody has asked for is no push.
    expect(await living.say('wecom', 'off_zhuren', '导出 台账')).toContain('随后发出');
    await living.look();
    expect(living.pushes().map(({ chat }) => chat)).toEqual(expect.arrayContaining(['off_zhuren']));
    expect(await living.say('leaders', 'ldr_jijian', '查 1.2.2')).toContain('已私信您');
    await living.look();
    expect(chats()).toEqual(['ldr_jijian']);
    // From then on each is told what is theirs as if it were the first time: the person before the group.
    await living.at('2026-04-13', '08:42');
    const after = living.pushes();
    const red = (chat: string) =>
      after.filter((post) => post.chat === chat && /^【红·.*【5\.1\.1】/mu.test(post.text)).length;
    expect([red('sec_dangwei'), red('leaders')]).toEqual([1, 0]);
    expect(after.map(({ chat }) => chat)).toContain('leaders');
  });

  test('to the office as a draft where no authorisation is recorded', async () => {
    await change({ authorisation: null });
    await living.at('2026-04-07', '08:42');
    const said = living.pushes();
    expect(said.map(({ chat }) => chat)).not.toContain('leaders');
    const drafts = said.filter(({ text }) => text.startsWith('【待发·领导小组群】'));
    expect(drafts).toHaveLength(1);
    expect(drafts[0]?.text).toContain('【发出请回复「同意发出 领导小组群整改进展」');
    expect(drafts[0]?.text.split('\n').length).toBeLessThanOrEqual(8);
    expect(said.map(({ chat }) => chat)).toContain('sec_dangwei');
  });

  test('out of that draft at the office’s word, once, and not at all at another; what nobody releases lapses', async () => {
    await change({ authorisation: null });
    const office = (text: string) => living.say('office', 'off_zhuren', text);
    const leaders = async (time: string) => {
      await living.at('2026-04-07', time);
      return living.pushes().filter(({ chat }) => chat === 'leaders');
    };
    expect(await leaders('08:42')).toEqual([]);
    expect(await office('同意发出')).toMatch(/待发:.*领导小组群整改进展.*请写明/);
    expect(await living.say('dangwei', 'sec_dangwei', '同意发出 领导小组群整改进展')).not.toContain('已记录');
    expect(await office('同意发出 领导小组群整改进展')).toContain('已记录,领导小组群整改进展随即发出');
    const [post, ...more] = await leaders('08:44');
    expect(post?.text).toMatch(/^【整改进展】4月7日/);
    expect(more).toEqual([]);
    expect(await office('同意发出 领导小组群整改进展')).not.toContain('已记录');
    expect(await office('不予发出 机关党委群整改进展')).toContain('机关党委群整改进展不发');
    expect(await leaders('08:46')).toEqual([]);
    await leaders('17:31');
    expect(await office('同意发出 安全管理科群整改进展')).toContain('没有待发的群消息');
    expect(await office('运行状态')).toMatch(/整改进展 (待发期间无人同意发出|不予发出)/);
  });

  test('to the office where the text holds a word that no group may read', async () => {
    await living.store.db.update(tasks).set({ title: '一岗双责与问责' }).where(eq(tasks.code, '1.1.1'));
    await living.at('2026-04-07', '08:42');
    const said = living.pushes();
    expect(said.map(({ chat }) => chat)).not.toContain('leaders');
    expect(said.some(({ chat, text }) => chat === 'office' && text.startsWith('【未发·领导小组群】'))).toBe(
      true,
    );
    const inGroups = said.filter(({ chat }) => chat !== 'office' && !chat.startsWith('sec_'));
    expect(inGroups.map(({ text }) => text).join()).not.toContain('问责');
  });

  test('past a group that is paused, until it is resumed', async () => {
    const { db } = living.store;
    await db
      .update(groups)
      .set({ pausedAt: living.clock.now() })
      .where(inArray(groups.code, ['leaders', 'anquan']));
    await living.at('2026-04-07', '08:42');
    const said = chats();
    expect(said).toContain('office');
    expect(said).not.toContain('leaders');
    await db.update(groups).set({ pausedAt: null });
    await living.at('2026-04-07', '10:00');
    expect(new Set(chats())).toEqual(new Set(['anquan', 'leaders']));
  });

  test('past a group that is gone, without a word on it each week', async () => {
    await gone('leaders');
    await living.at('2026-04-07', '08:42');
    await living.at('2026-04-13', '08:42');
    const said = living.pushes();
    expect(said.map(({ chat }) => chat)).not.toContain('leaders');
    expect(said.map(({ text }) => text).join()).not.toContain('未能送达');
  });

  test("nowhere, where the section's group is gone as well", async () => {
    await gone('dangwei');
    const house = await without('WECOM_APP_SECRET', 'DINGTALK_APP_SECRET');
    // The quarter's draft has the office's group on the first of these days.
    for (const time of ['2026-04-01T08:42', '2026-04-01T09:12', '2026-04-02T08:42']) {
      living.clock.move(Date.parse(`${time}:00+08:00`) - living.clock.now().getTime());
      await house.beat.look();
    }
    await house.close();
    expect(
      living
        .pushes()
        .map(({ text }) => text)
        .join('\n'),
    ).toMatch(/未能送达:.*机关党委专职副书记/);
  });

  /** Another process of the product's, on the same platforms, that lacks these settings. */
  async function without(...names: ('WECOM_APP_SECRET' | 'DINGTALK_APP_SECRET')[]): Promise<House> {
    const { clock, store } = living;
    const { config } = living;
    const poorer = { ...config, ...Object.fromEntries(names.map((name) => [name, undefined])) };
    return openHouse({
      config: { ...poorer, sandbox: false },
      store,
      clock,
      log: pino({ level: 'silent' }),
    });
  }
});
