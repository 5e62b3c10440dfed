import { eq, sql } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { verify } from '../../src/ledger/entries/audit.ts';
import { people, plans, tasks } from '../../src/ledger/schema.ts';
import type { Role } from '../../src/ledger/terms.ts';
import { type LivingHouse, openLivingHouse } from '../setup/house.ts';
import { stores } from '../setup/stores.ts';

const notYours = '该事项由责任科室或整改办办理,请与整改办联系;可查询内容请发「帮助」。';
const others = ['ldr_anquan', 'sec_dangwei', 'clk_dangwei', 'sec_jiwei', 'adm_xinxi', 'sec_anquan'];

describe.each(stores)('a listing and an extension through the real webhooks ($kind)', ({ open }) => {
  let living: LivingHouse;
  const enter = async () => {
    living = await openLivingHouse(await open(), '2026-04-13', '10:00');
    await living.say('wecom', 'sec_dangwei', '帮助');
  };
  afterEach(() => living.close());

  const office = (text: string) => living.say('office', 'off_zhuren', text);
  const secretary = (text: string) => living.say('leaders', 'ldr_shuji', text);
  const chief = (text: string) => living.say('dangwei', 'sec_dangwei', text);
  const leader = (text: string) => living.say('leaders', 'ldr_dangjian', text);

  test('is proposed by the office with its reason, and in force when the secretary agrees', async () => {
    await enter();
    expect(await office('挂牌 5.1.1')).toContain('请写明理由');
    for (const user of others)
      expect(await living.say('wecom', user, '挂牌 5.1.1 拖延')).not.toContain('拟挂牌');
    expect(await secretary('同意挂牌 5.1.1')).toContain('请由整改办先提请');
    expect(await office('挂牌 5.1.1 责任书三家未签 至5月29日')).toContain('拟挂牌督办,办结时限5月29日');
    expect(await office('挂牌 5.1.1 再提一次')).toContain('现待组长批准');
    expect(await chief('查 5.1.1')).not.toContain('挂牌督办');
    for (const user of [...others, 'off_zhuren']) {
      expect(await living.say('wecom', user, '同意挂牌 5.1.1')).not.toContain('列为挂牌');
    }
    expect(await secretary('同意挂牌 5.1.1')).toContain('列为挂牌督办事项,办结时限5月29日,今日起生效');
    expect(await chief('查 5.1.1')).toContain('挂牌督办:4月13日起,办结时限5月29日');
    for (const list of ['清单 挂牌', '我的'])
      expect(await chief(list)).toMatch(/【5\.1\.1】.*挂牌督办,办结时限5月29日/);
    const overview = await leader('总览');
    expect(overview).toContain('挂牌督办1项');
    expect(overview).toContain('截至4月13日,42项:');
    expect(overview).toMatch(/^1 政治忠诚7项:(?!.*[::、,]\S{0,6}0项)/m);
  });

  test('is ordered by nobody who proposed it, whatever roles he has had in between', async () => {
    await enter();
    const { db } = living.store;
    const roles = async (...of: Role[]) => {
      await db.update(people).set({ roles: of }).where(eq(people.name, '党组书记'));
      await db.update(plans).set({ version: sql`${plans.version} + 1` });
    };
    await office('挂牌 5.1.1 责任书三家未签 至5月29日');
    await roles('secretary', 'office');
    const both = (text: string) => living.say('wecom', 'ldr_shuji', text);
    expect(await both('挂牌 1.1.2 进展慢 至5月29日')).toContain('拟挂牌督办');
    expect(await both('同意挂牌 1.1.2')).toContain('现待组长批准');
    expect(await both('同意挂牌 5.1.1')).toContain('列为挂牌督办事项');
    await roles('secretary');
    expect(await both('同意挂牌 1.1.2')).toContain('由本人提请的,不能由本人批准');
    await office('摘牌 5.1.1 已签齐');
    expect(await office('运行状态')).not.toContain('所请事项已办理或收回');
    expect(await office('运行状态')).toContain('不必再发');
    await roles('secretary', 'office');
    expect(await both('同意摘牌 5.1.1')).toContain('解除挂牌督办');
  });

  test('shows its reason to nobody in a group', async () => {
    await enter();
    await office('挂牌 5.1.1 三家学校推诿 至5月29日');
    await secretary('同意挂牌 5.1.1');
    for (const chat of ['dangwei', 'leaders'] as const) {
      expect(
        await living.say(chat, chat === 'leaders' ? 'ldr_shuji' : 'sec_dangwei', '查 5.1.1'),
      ).not.toContain('推诿');
      expect(
        await living.say(chat, chat === 'leaders' ? 'ldr_shuji' : 'sec_dangwei', '记录 5.1.1'),
      ).not.toContain('推诿');
    }
  });

  test('is told to the leaders’ group on the day it is ordered, once, by section and term', async () => {
    await enter();
    await office('挂牌 5.1.1 责任书三家未签 至5月29日');
    await living.at('2026-04-13', '15:12');
    expect(
      living
        .pushes()
        .map(({ text }) => text)
        .join(),
    ).not.toContain('经批准');
    await secretary('同意挂牌 5.1.1');
    await living.at('2026-04-13', '16:42');
    const told = () =>
      living.pushes().filter(({ chat, text }) => chat === 'leaders' && text.includes('经批准'));
    const [post, ...more] = told();
    expect(more).toEqual([]);
    expect(post?.chat).toBe('leaders');
    expect(post?.text).toContain('【5.1.1】(机关党委)经批准列为挂牌督办事项,办结时限5月29日。');
    await living.at('2026-04-14', '16:42');
    expect(told()).toEqual([]);
  });

  test('whose term is over is told once to the chief, the leader, the secretary and the office', async () => {
    await enter();
    await office('挂牌 5.1.1 责任书三家未签 至5月29日');
    await secretary('同意挂牌 5.1.1');
    await living.at('2026-05-29', '08:42');
    const over = async (day: string, time: string) => {
      living.pushes();
      await living.at(day, time);
      return living.pushes().filter(({ text }) => text.includes('已到'));
    };
    const told = [...(await over('2026-06-01', '08:42')), ...(await over('2026-06-05', '16:12'))];
    const office529 = told.find(({ chat }) => chat === 'office');
    expect(office529?.text).toContain('挂牌办结时限已到:【5.1.1】5月29日,请核验后提请摘牌');
    const person = (chat: string) => told.filter((each) => each.chat === chat).map(({ text }) => text);
    for (const chat of ['sec_dangwei', 'ldr_shuji']) {
      expect(person(chat), chat).toHaveLength(1);
      expect(person(chat)[0], chat).toContain('挂牌办结时限5月29日已到');
    }
    expect(person('sec_dangwei')[0]).toContain('挂牌事项请按督办单书面反馈');
    expect(await over('2026-06-08', '08:42')).toEqual([]);
  });

  test('is told in one post with the others of its day', async () => {
    await enter();
    for (const code of ['5.1.1', '4.3.2', '3.1.2']) {
      await office(`挂牌 ${code} 进度滞后 至5月29日`);
      await secretary(`同意挂牌 ${code}`);
    }
    await living.at('2026-04-13', '16:42');
    const posts = living.pushes().filter(({ chat, text }) => chat === 'leaders' && text.includes('经批准'));
    expect(posts.map(({ text }) => text.match(/【\d\.\d\.\d】/g))).toEqual([
      expect.arrayContaining(['【3.1.2】', '【4.3.2】', '【5.1.1】']),
    ]);
    await office('挂牌 2.1.1 进度滞后');
    await secretary('同意挂牌 2.1.1');
    await living.at('2026-04-14', '16:42');
    const [next] = living.pushes().filter(({ chat, text }) => chat === 'leaders' && text.includes('经批准'));
    expect(next?.text.match(/【\d\.\d\.\d】/g)).toEqual(['【2.1.1】']);
  });

  test('is lifted the same way, and may be declined', async () => {
    await enter();
    await office('挂牌 5.1.1 责任书三家未签');
    expect(await secretary('不同意挂牌 5.1.1')).toContain('不同意挂牌');
    await office('挂牌 5.1.1 责任书仍未签齐');
    await secretary('同意挂牌 5.1.1');
    expect(await secretary('同意摘牌 5.1.1')).toContain('没有待批准的摘牌');
    expect(await office('摘牌 5.1.1 责任书已签齐')).toContain('拟摘牌');
    expect(await secretary('不同意摘牌 5.1.1')).toContain('继续挂牌督办');
    await office('摘牌 5.1.1 已补齐');
    expect(await secretary('同意摘牌 5.1.1')).toContain('解除挂牌督办');
    expect(await chief('查 5.1.1')).not.toContain('挂牌督办:');
    expect(await verify(living.store.db)).toMatchObject({ sound: true });
  });

  test('is taken back by who proposed it, until it is decided', async () => {
    await enter();
    await office('挂牌 5.1.1 责任书三家未签');
    expect(await office('撤回')).toContain('撤回');
    expect(await secretary('同意挂牌 5.1.1')).toContain('没有待批准的挂牌');
    await office('挂牌 5.1.1 责任书三家未签');
    await secretary('同意挂牌 5.1.1');
    expect(await office('撤回')).toContain('已经批复或办结,不能撤回');
    expect(await chief('查 5.1.1')).toContain('挂牌督办:');
  });

  test('moves a deadline only when it is granted, marked late when asked for after it', async () => {
    await enter();
    expect(await living.say('dangwei', 'clk_dangwei', '延期 5.1.1 至 4月30日 余3家正在签订')).toContain(
      '延期请科长或分管领导本人申请',
    );
    expect(await living.say('anquan', 'dt-anquan', '延期 5.1.1 至 4月30日 余3家')).toBe(notYours);
    expect(await chief('延期 5.1.1 至 4月30日')).toContain('请写明原因');
    expect(await chief('延期 5.1.1 至 4月30日 余3家正在签订')).toContain('3月31日→4月30日(逾期后申请)');
    expect(await chief('查 5.1.1')).toContain('完成时限:3月31日');
    expect(await chief('同意延期 5.1.1')).toBe(notYours);
    expect(await office('不同意延期 5.1.1 请按原时限')).toContain('仍按3月31日完成');
    await chief('延期 5.1.1 至 5月15日 上级文件未到');
    expect(await leader('同意延期 5.1.1')).toBe('该事项按程序由整改办办理,请转整改办。');
    expect(await secretary('同意延期 5.1.1')).toContain('完成时限3月31日→5月15日');
    const shown = await chief('查 5.1.1');
    expect(shown).toContain('完成时限:5月15日');
    expect(shown).toContain('3月31日→4月30日(逾期后申请,未同意);3月31日→5月15日(逾期后申请,已同意)');
    expect(await verify(living.store.db)).toMatchObject({ sound: true });
  });

  test('is decided by somebody else than who asked for it', async () => {
    await enter();
    await leader('延期 1.1.2 至 12月20日 上级文件未到');
    expect(await leader('延期 1.1.2 至 12月20日 上级文件未到')).toContain('现待批复');
    expect(await leader('同意延期 1.1.2')).toContain('请整改办批复');
    expect(await office('同意延期 1.1.2')).toContain('→12月20日,原时限记入台账');
  });

  test('of a task that the office leads is decided by discipline, also where its leader has asked', async () => {
    await enter();
    await living.store.db.update(tasks).set({ deadline: '2026-11-30' }).where(eq(tasks.code, '1.1.3'));
    const other = await living.say('wecom', 'sec_jiwei', '同意延期 1.1.2');
    expect(await living.say('wecom', 'ldr_renshi', '延期 1.1.3 至 12月30日 上级文件未到')).toContain(
      '下一步:机关纪委或分管领导批复。',
    );
    expect(await living.say('wecom', 'ldr_renshi', '同意延期 1.1.3')).toContain('请机关纪委批复');
    expect(other).toBe(notYours);
    expect(await office('同意延期 1.1.3')).not.toContain('已记录');
    expect(await living.say('wecom', 'sec_jiwei', '同意延期 1.1.3')).toContain('→12月30日,原时限记入台账');
  });

  test('never pulls a deadline back that has moved on since it was asked for', async () => {
    await enter();
    const { db } = living.store;
    await chief('延期 5.1.1 至 5月15日 余3家正在签订');
    await db.update(tasks).set({ deadline: '2026-06-30' }).where(eq(tasks.code, '5.1.1'));
    expect(await office('同意延期 5.1.1')).toContain('现时限6月30日,批复日期应在其后');
    expect(await chief('查 5.1.1')).toContain('完成时限:6月30日');
    expect(await office('同意延期 5.1.1 至 7月31日')).toContain('完成时限6月30日→7月31日');
    const shown = await chief('查 5.1.1');
    expect(shown).toContain('完成时限:7月31日');
    expect(shown).toContain('6月30日→7月31日(逾期后申请,已同意)');
    await chief('延期 5.1.1 至 9月30日 余3家正在签订');
    await db.update(tasks).set({ deadline: '2026-08-31' }).where(eq(tasks.code, '5.1.1'));
    expect(await office('不同意延期 5.1.1 请按原时限')).toContain('仍按8月31日完成');
  });
});
