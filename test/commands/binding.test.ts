import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verify } from '../../src/ledger/entries/audit.ts';
import { nobody } from '../../src/ledger/entries.ts';
import { type Invitation, invite } from '../../src/ledger/people/invites.ts';
import { plansOf } from '../../src/ledger/plan.ts';
import { people, sections } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

describe.each(stores)('codes for people and groups ($kind)', ({ open }) => {
  let living: LivingHouse;
  beforeEach(async () => {
    living = await openLivingHouse(await open(), '2026-04-09', '10:00');
  });
  afterEach(() => living.close());

  const codeFor = (to: Invitation) =>
    living.store.db.transaction(async (tx) => {
      const [plan] = await plansOf(tx);
      if (!plan) throw new Error('no plan');
      return invite(tx, plan, to, nobody(living.clock.now()));
    });
  const person = async (name: string) => {
    const [row] = await living.store.db.select().from(people).where(eq(people.name, name));
    return row?.id ?? 0;
  };

  test('a code binds an account to its person, once', async () => {
    const { say, store } = living;
    const code = await codeFor({ personId: await person('财务科科长') });
    expect(await say('wecom', 'new_account', `绑定 ${code}`)).toBe(
      '已绑定:财务科科长。发「帮助」查看可用的写法。',
    );
    expect(await say('wecom', 'new_account', '我的')).toContain('【6.3.2】');
    expect(await say('wecom', 'other_account', `绑定 ${code}`)).toContain('无效或已过期');
    expect(await verify(store.db)).toMatchObject({ sound: true, entries: 2 });
  });

  test('a code runs out after three days, and five vain tries make an account wait', async () => {
    const { say, clock } = living;
    const code = await codeFor({ personId: await person('财务科科长') });
    clock.move(3 * 24 * 60 * 60_000 + 1);
    expect(await say('wecom', 'late', `绑定 ${code}`)).toContain('无效或已过期');
    for (const guess of ['AAAAAAAA', 'BBBBBBBB', 'CCCCCCCC', 'DDDDDDDD'])
      await say('wecom', 'late', `绑定 ${guess}`);
    expect(await say('wecom', 'late', '绑定 EEEEEEEE')).toContain('一小时后再试');
    clock.move(60 * 60_000 + 1);
    expect(await say('wecom', 'late', '绑定 EEEEEEEE')).toContain('无效或已过期');
  });

  test('a group that is not registered gets one line, and its code makes it a group of its section', async () => {
    const { wecom, store } = living;
    const [unit] = await store.db.select().from(sections).where(eq(sections.name, '财务科'));
    const code = await codeFor({ audience: 'section', sectionId: unit?.id ?? null });
    const say = async (text: string) =>
      (await wecom.say({ chat: { group: 'wrNewGroup' }, user: 'sec_caiwu', text: `@督办 ${text}` })).answer;
    expect(await say('总览')).toBe('本群尚未登记。请向整改办或管理员领取登记码,按所附的一行在本群发送。');
    expect(await say(`登记本群 全系统 ${code}`)).toContain('用途不符');
    expect(await say(`登记本群 科室 ${code}`)).toContain('已登记为财务科群');
  });

  test('a long text in a group that is not registered keeps nobody waiting', async () => {
    const text = `@督办 ${'登记本群'.repeat(20_000)}`;
    const began = process.cpuUsage();
    const heard = await living.dingtalk.say({ chat: { group: 'cidNewGroup==' }, user: 'dt-anquan', text });
    const { user } = process.cpuUsage(began);
    expect(heard.answer).toContain('本群尚未登记');
    expect(user / 1_000).toBeLessThan(1_500);
  });

  test('the purpose that is typed has to be the one that the code was made for', async () => {
    const { wecom } = living;
    const code = await codeFor({ audience: 'leaders', sectionId: null });
    const say = async (text: string) =>
      (await wecom.say({ chat: { group: 'wrNewGroup' }, user: 'off_zhuren', text: `@督办 ${text}` })).answer;
    expect(await say(`登记本群 领导小组 ${code}`)).toBe('本群已登记为领导小组群。发「帮助」查看可用的写法。');
    expect(await say('总览')).toContain('42项');
  });
});
