import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { nobody } from '../../src/ledger/entries.ts';
import { invite } from '../../src/ledger/people/invites.ts';
import { plansOf } from '../../src/ledger/plan.ts';
import { groups } from '../../src/ledger/schema.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { bothDoors, type Way } from '../setup/stores.ts';
import { passMinutes, rowsOf, write } from './letters.ts';

describe.each(bothDoors)('a group that the robot was removed from (by $door)', (way) => {
  let living: LivingHouse;
  afterEach(() => living.close());

  /** A Friday on which WeCom says of one post that there is no such robot or chat. */
  async function enter({ door, open }: Way, group: string): Promise<void> {
    living = await openLivingHouse(await open(), '2026-01-09', '07:00', { door });
    await living.at('2026-01-09', '09:00');
    await living.wecom.fail('errcode', { code: door === 'hook' ? 93_000 : 93_006, times: 1 });
    for (const text of ['一', '二']) await write(living, { group }, text);
    await living.look();
    await write(living, { group: group === 'office' ? 'leaders' : 'office' }, '三');
    await passMinutes(living, 1);
    living.pushes();
  }
  const groupOf = async (code: string) => {
    const [group] = await living.store.db.select().from(groups).where(eq(groups.code, code));
    if (!group) throw new Error('there is no such group');
    return group;
  };
  const toldOn = async (day: string) => {
    await living.at(day, '08:42');
    return living.pushes().filter(({ text }) => text.includes('停止推送'));
  };

  test('is written to no more, which ends what waits for it alone and is told to the office once', async () => {
    await enter(way, 'dangwei');
    expect((await rowsOf(living)).map(({ state }) => state)).toEqual(['dead', 'dead', 'sent']);
    const { name, gone } = await groupOf('dangwei');
    expect(gone).toMatch(/errcode 9300/);
    const [told, ...more] = await toldOn('2026-01-12');
    expect(told).toMatchObject({ chat: 'office', text: expect.stringContaining(`停止推送:${name};`) });
    expect(more).toEqual([]);
    expect(await toldOn('2026-01-13')).toEqual([]);
    expect(await living.say('office', 'off_zhuren', '运行状态')).toContain(`不推送的群:${name}`);
  });

  test('is answered in no more: nobody knows who is in it by now', async () => {
    await enter(way, 'office');
    expect(await living.say('office', 'off_zhuren', '查 3.3.2')).toMatch(/^本群已停用,这条消息未记录/);
    expect(await living.say('office', 'sec_dangwei', '登记本群')).toMatch(/^本群已停用/);
    expect(await living.say('office', 'off_zhuren', '登记本群')).toContain('恢复为');
    expect(await living.say('office', 'off_zhuren', '查 3.3.2')).toContain('3.3.2');
  });

  test('is written to again once it is registered anew, with a code or by the office', async () => {
    await enter(way, 'dangwei');
    const { sectionId, name } = await groupOf('dangwei');
    const [plan] = await plansOf(living.store.db);
    if (!plan) throw new Error('there is no plan');
    const code = await living.store.db.transaction((tx) =>
      invite(tx, plan, { audience: 'section', sectionId }, nobody(living.clock.now())),
    );
    expect(await living.say('dangwei', 'sec_dangwei', '登记本群 科室 23456789')).toContain('登记码无效');
    expect(await living.say('dangwei', 'sec_dangwei', `登记本群 科室 ${code}`)).toContain(
      `本群已登记为${name}`,
    );
    await write(living, { group: 'dangwei' }, '四');
    await passMinutes(living, 1);
    expect((await rowsOf(living)).at(-1)?.state).toBe('sent');
    await living.store.db.update(groups).set({ gone: 'errcode 93008' }).where(eq(groups.code, 'dangwei'));
    expect(await living.say('dangwei', 'off_zhuren', '登记本群')).toContain(`本群恢复为${name}`);
    expect((await groupOf('dangwei')).gone).toBeNull();
    expect(await living.say('dangwei', 'off_zhuren', '登记本群')).toContain('本群已登记为');
  });

  test('where it is the office’s own, is told to its people one to one', async () => {
    await enter(way, 'office');
    const told = await toldOn('2026-01-12');
    expect(told.map(({ chat }) => chat)).toContain('off_zhuren');
    expect(told.every(({ chat, text }) => chat.startsWith('off_') && text.includes('整改办'))).toBe(true);
    expect(await toldOn('2026-01-13')).toEqual([]);
  });
});
